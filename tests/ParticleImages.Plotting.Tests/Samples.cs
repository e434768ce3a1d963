using ParticleImages.Evaluation;
using ParticleImages.Voxelization;

namespace ParticleImages.Plotting.Tests;

/// <summary>Small things to draw.</summary>
internal static class Samples
{
    /// <summary>Two of three signal events above all background: through (0, 2/3) and (1, 2/3).</summary>
    public static RocCurve Curve { get; } = RocCurve.From([0.9, 0.8, 0.1, 0.3, 0.4], [1, 1, 1, 0, 0]);

    public static EpochRecord Epoch { get; } = new()
    {
        Epoch = 1,
        Loss = 0.7,
        Accuracy = 0.5,
        Area = 0.52,
        ValidationLoss = 0.72,
        ValidationAccuracy = 0.48,
        ValidationArea = 0.5,
        LearningRate = 1e-3,
        Seconds = 60,
    };

    /// <summary>Scores drawn from a seed, those of electrons higher by the square root.</summary>
    public static EvaluationResult Result(int count, int seed = 5)
    {
        var random = new Random(seed);
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % 2)];
        return EvaluationResult.From(labels.Select(label => label == 1 ? Math.Sqrt(random.NextDouble()) : random.NextDouble()).ToArray(), labels);
    }

    public static TrainingHistory History(int epochs) => Enumerable.Range(1, epochs).Aggregate(
        TrainingHistory.Empty,
        (history, epoch) => history.Append(Epoch with
        {
            Epoch = epoch,
            Loss = 0.7 / epoch,
            ValidationLoss = 0.72 / epoch,
            Accuracy = 1 - (0.5 / epoch),
        }));

    /// <summary>Images without hits, to be filled: one label an event.</summary>
    public static EventBatch Batch(ImageShape shape, int[] labels, params (int Event, int Row, int Column, float Energy, float Time)[] hits)
    {
        var images = new float[labels.Length * shape.Values];
        foreach ((int index, int row, int column, float energy, float time) in hits)
        {
            int offset = (index * shape.Values) + (((row * shape.Width) + column) * 2);
            images[offset] = energy;
            images[offset + 1] = time;
        }

        return new EventBatch(shape, images, labels);
    }

    public static EventBatch TwoEvents { get; } = Batch(
        ImageShape.Crop32, [1, 0], (0, 16, 16, 1f, 0.01f), (0, 3, 20, 0.01f, -0.02f), (1, 16, 16, 0.8f, 0f), (1, 30, 2, 0.1f, 0.02f));

    /// <summary>Four frames of 2.5 ns; 0.25 GeV and ±5 ns in the units of the public files.</summary>
    public static Voxelizer Bins { get; } =
        Voxelizer.Over(TimeAxis.Regular(-0.1, 0.1, bins: 4)).KeepEnergyAbove(0.005).KeepTimeWithin(0.1);

    public static EventDistributions Distributions { get; } = EventDistributions.Of(EventSource.FromBatch(TwoEvents));

    /// <summary>One of every picture there is.</summary>
    public static IReadOnlyDictionary<string, Picture> All { get; } = new Dictionary<string, Picture>
    {
        ["roc"] = Picture.Roc(Curve, "network").Compare("other", Curve).Title("Electrons, γ ± e"),
        ["history"] = Picture.History(History(5)).Title("Training"),
        ["histories"] = Picture.Histories([History(5), History(4)], "large").Compare("small", History(6)).Title("Two networks"),
        ["rejection"] = Picture.Rejection(Curve, "network").Compare("other", Curve).Title("Electrons, γ ± e"),
        ["scores"] = Picture.Scores(Result(200)).Title("Scores"),
        ["scores, logarithmic"] = Picture.Scores(Result(200)).Logarithmic().Normalised().Title("Shares"),
        ["calibration"] = Picture.Calibration(Result(200), "network").Title("Calibration"),
        ["confusion"] = Picture.Confusion(Result(200)).Title("Confusion"),
        ["events"] = Picture.Events(TwoEvents).Title("iη, iφ"),
        ["mean"] = Picture.MeanImages(Distributions).Title("Means"),
        ["space"] = Picture.SpaceTime(TwoEvents, 0).Title("Space and time"),
        ["movie"] = Picture.Movie(Bins, TwoEvents, 0).Title("Movie"),
        ["projections"] = Picture.Projections(Bins, TwoEvents, 0).Title("Three sides"),
        ["energy"] = Picture.EnergySpectrum(Distributions).Title("Energy"),
        ["times"] = Picture.AbsoluteTimes(Distributions).Title("Times"),
        ["hits"] = Picture.HitsAnEvent(Distributions).Title("Hits"),
        ["containment"] = Picture.Containment(Distributions).Title("Crops"),
        ["cuts"] = Picture.CutFlow(Bins.CountCuts(HitEvents.From(TwoEvents))).Title("Cuts"),
        ["trials"] = Picture.Trials(ScanSamples.Mixed).Title("Scan"),
        ["parallel"] = Picture.ParallelCoordinates(ScanSamples.Notebook).Title("Scan"),
        ["importances"] = Picture.Importances(ScanSamples.Repeated).Title("Scan"),
        ["correlations"] = Picture.Correlations(ScanSamples.Notebook).Title("Scan"),
        ["slices"] = Picture.Slices(ScanSamples.Notebook).Title("Scan"),
        ["contour"] = Picture.Contour(ScanSamples.Notebook, "learning_rate", "optimizer").Title("Scan"),
        ["curves"] = Picture.LearningCurves(ScanSamples.Notebook).Title("Scan"),
        ["pareto"] = Picture.ParetoFront(ScanSamples.Repeated).Title("Scan"),
    };

    public static TheoryData<string> Names => [.. All.Keys];
}
