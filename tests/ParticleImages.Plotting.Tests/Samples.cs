using ParticleImages.Evaluation;

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

    /// <summary>One of every picture there is.</summary>
    public static IReadOnlyDictionary<string, Picture> All { get; } = new Dictionary<string, Picture>
    {
        ["roc"] = Picture.Roc(Curve, "network").Compare("other", Curve).Title("Electrons, γ ± e"),
        ["history"] = Picture.History(History(5)).Title("Training"),
        ["events"] = Picture.Events(TwoEvents).Title("iη, iφ"),
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
