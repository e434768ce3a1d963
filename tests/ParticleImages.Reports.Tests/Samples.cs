using System.Text.Json;
using ParticleImages.Evaluation;
using ParticleImages.Formats;
using ParticleImages.Networks;
using ParticleImages.Search;
using ParticleImages.Search.Storage;
using ParticleImages.Simulation;
using ParticleImages.Voxelization;

namespace ParticleImages.Reports.Tests;

/// <summary>Trainings and scans to report on.</summary>
internal static class Samples
{
    /// <summary>What would run if it were taken for HTML, and what would turn or end what stands around it.</summary>
    public static IReadOnlyList<string> EvilNames { get; } =
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(2)>",
        "it's ]]> --> </table>",
        "\u202Etxet desrever\u202C \u05E9\u05DC\u05D5\u05DD",
        "&lt;b&gt; \u001B[31m 😀",
    ];

    public static TrainingHistory History(int epochs = 20) => Enumerable.Range(1, epochs).Aggregate(TrainingHistory.Empty, (history, epoch) => history.Append(new EpochRecord
    {
        Epoch = epoch,
        Loss = 0.62 + (0.08 * Math.Exp(-epoch / 4.0)),
        Accuracy = 0.66 - (0.15 * Math.Exp(-epoch / 4.0)),
        ValidationLoss = 0.64 + (0.06 * Math.Exp(-epoch / 4.0)) + (0.005 * Math.Sin(epoch * 1.7)),
        ValidationAccuracy = 0.64 - (0.13 * Math.Exp(-epoch / 4.0)),
        ValidationArea = 0.7 - (0.18 * Math.Exp(-epoch / 4.0)),
        LearningRate = 1e-3 * (1 + Math.Cos(Math.PI * epoch / epochs)) / 2,
        Seconds = 12.5 + (0.1 * (epoch % 3)),
    }));

    public static EvaluationResult Judgement(int events = 2000)
    {
        var random = new Random(1);
        int[] labels = [.. Enumerable.Range(0, events).Select(i => i % 2)];
        double[] logits = [.. labels.Select(label => (label == 1 ? 0.5 : -0.5) + Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
        return EvaluationResult.FromLogits(logits, labels);
    }

    /// <summary>What a training leaves: model, history, scores, summary and events.</summary>
    public static string Training(string folder)
    {
        Directory.CreateDirectory(folder);
        ToyShowers showers = ToyShowers.With(photons: 60, electrons: 60, seed: 5);
        using EventSource events = showers.Build();
        string data = Path.Combine(folder, "toy.npz");
        EventFile.Save(events, data, showers.Attributes);
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.0099)).KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative().Crop(16);
        using (var model = new TrainedModel(Cnn3d.Small(voxelizer.OutputShape(events.ImageShape)).Build(seed: 1), voxelizer, History()))
        {
            model.Save(Path.Combine(folder, "model"));
            model.History.SaveCsv(Path.Combine(folder, "history.csv"));
        }

        Judgement().SaveCsv(Path.Combine(folder, "scores.csv"));
        File.WriteAllText(Path.Combine(folder, "summary.json"), JsonSerializer.Serialize(new
        {
            inputs = new[] { data },
            events = new { train = 1200, validation = 400, test = 2000 },
            trainer = "20 epochs, batches of 100 events, Adam",
            aucStandardError = (double?)null,
            note = EvilNames[0],
        }));
        return folder;
    }

    /// <summary>A scan as one looks like after a night: most finished, some pruned, failed and refused, with names that would be HTML.</summary>
    public static Task<ScanResult> Scan(ITrialStore store, int trials, bool isEvil = false, CancellationToken cancellation = default)
    {
        Parameter<double> rate = Parameter.LogUniform("learning_rate", 1e-5, 1e-2);
        Parameter<int> filters = Parameter.OneOf("filters_1", 8, 16, 32, 64);
        Parameter<string> activation = isEvil ? Parameter.OneOf<string>(EvilNames[0], [.. EvilNames]) : Parameter.OneOf("activation", "relu", "elu", "gelu");
        Parameter<bool> wide = Parameter.Boolean(isEvil ? EvilNames[1] : "batch_norm");
        Parameter<double> step = Parameter.OneOf(isEvil ? EvilNames[3] : "t_step", 0.0049, 0.0099, 0.0249);
        Parameter<int> second = Parameter.OneOf("filters_2", 8, 16, 32);
        SearchSpace space = SearchSpace.Of(rate, filters, activation, wide, step, second).When(second, filters, 32, 64);
        string metric = isEvil ? EvilNames[2] : "val_loss";
        return ParticleImages.Search.Scan.Over(space)
            .With(SearchStrategy.Random(trials: trials, seed: 7).PruneBy(Pruner.Percentile(75, interval: 4)))
            .Minimize(metric)
            .Maximize("judged_auc")
            .CheckFirst(configuration => configuration.Get(filters) == 64 && configuration.Get(step) < 0.005 ? $"{EvilNames[0]}: too large for the memory" : null)
            .About(isEvil ? string.Join(' ', EvilNames) : "events 4f1c, 0.5 of the electrons kept")
            .StoreIn(store)
            .RunAsync(
                trial =>
                {
                    trial.Note("versions", "ParticleImages 0.1.0, TorchSharp 0.107.0");
                    trial.Note("engine", trial.Get(filters) > 16 ? "Sparse" : "Fused");
                    if (trial.Number % 17 == 5)
                    {
                        throw new InvalidOperationException(isEvil ? EvilNames[1] : "The loss is NaN in epoch 3. Use a smaller learning rate.");
                    }

                    double height = Math.Pow(Math.Log10(trial.Get(rate)) + 3, 2) / 20;
                    var random = new Random(trial.Seed);
                    double loss = 0;
                    for (int epoch = 1; epoch <= 8; epoch++)
                    {
                        loss = 0.6 + height + (0.1 / epoch) + (0.01 * random.NextDouble()) - (trial.Get(filters) / 4000.0);
                        trial.Report(epoch, (metric, loss), ("val_auc", 1.2 - loss));
                    }

                    return TrialMetrics.None.And(metric, loss, 0.004).And("judged_auc", 1.25 - loss, 0.01).And("val_auc", 1.2 - loss);
                },
                cancellation);
    }

    /// <summary>A scan in a file of its own.</summary>
    public static async Task<string> ScanFile(string folder, int trials, bool isEvil = false)
    {
        Directory.CreateDirectory(folder);
        using ITrialStore store = SqliteTrialStore.Open(Path.Combine(folder, "trials.db"));
        await Scan(store, trials, isEvil);
        return store.Name;
    }
}
