using System.Globalization;
using ParticleImages;
using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Simulation;
using ParticleImages.Voxelization;

namespace FluctuationStudy;

/// <summary>Trains both recipes with every seed and compares their curves.</summary>
internal static class Study
{
    // 2000 events are trained on; what they are judged by is as many again, so that the judge's own scatter stays small.
    private const int TrainPerClass = 1000;
    private const int ValidationPerClass = 1000;
    private const int TestPerClass = 2000;

    private static readonly Recipe[] Recipes = [Recipe.Notebook, Recipe.Stable];

    public static void Run(int seeds, int epochs, string folder, CancellationToken cancellation)
    {
        const int perClass = TrainPerClass + ValidationPerClass + TestPerClass;
        using EventSource events = ToyShowers.With(photons: perClass, electrons: perClass, seed: 1).Build();
        EventSplit split = events.SplitPerClass(TrainPerClass, ValidationPerClass, TestPerClass);
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.0099)).KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative().Crop(16);
        SparseVoxels train = voxelizer.BinSparse(split.Train, cancellation);
        SparseVoxels validation = voxelizer.BinSparse(split.Validation, cancellation);
        SparseVoxels test = voxelizer.BinSparse(split.Test, cancellation);

        var outcomes = new List<Outcome>();
        for (int seed = 1; seed <= seeds; seed++)
        {
            foreach (Recipe recipe in Recipes)
            {
                using VoxelNetwork network = recipe.Network(train.Shape).Build(seed);
                string own = Path.Combine(folder, $"{recipe.Name}-{seed}");
                TrainingHistory history = recipe.Trainer(network).Epochs(epochs).BatchSize(100).Seed(seed).CheckpointIn(own).Fit(train, validation, cancellation: cancellation);
                EvaluationResult result = network.Evaluate(test, cancellation);
                history.SaveCsv(Path.Combine(own, "history.csv"));
                var outcome = new Outcome(recipe.Name, seed, history, result);
                outcomes.Add(outcome);
                Console.WriteLine(outcome);
            }
        }

        foreach (Recipe recipe in Recipes)
        {
            Console.WriteLine(Summary(recipe.Name, [.. outcomes.Where(outcome => outcome.Recipe == recipe.Name)]));
        }

        CurvePicture.Save(Path.Combine(folder, "fluctuations.svg"), outcomes);
    }

    private static string Summary(string recipe, Outcome[] outcomes) => string.Create(
        CultureInfo.InvariantCulture,
        $"{recipe}: standard deviation of the validation loss in the last half {outcomes.Average(outcome => outcome.Deviation):F4}, "
        + $"from epoch to epoch {outcomes.Average(outcome => outcome.Jump):F4}; last validation loss {outcomes.Average(outcome => outcome.History[^1].ValidationLoss):F4}; "
        + $"AUC {outcomes.Average(outcome => outcome.Result.Roc.Area):F4} ± {outcomes.Average(outcome => outcome.Result.Roc.StandardError):F4} (of one training's test)");
}
