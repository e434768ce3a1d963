using ParticleImages.Evaluation;
using ParticleImages.Terminal;

namespace ParticleImages.Cli;

/// <summary>How well a model does on events, as lines of text; of one class alone there is less to say.</summary>
internal sealed class Judgement
{
    private readonly ConfusionMatrix confusion;
    private readonly double loss;
    private readonly RocCurve? roc;

    private Judgement(ConfusionMatrix confusion, double loss, RocCurve? roc) => (this.confusion, this.loss, this.roc) = (confusion, loss, roc);

    /// <summary>The judgement with its scores; null where all events are of one class.</summary>
    public EvaluationResult? Result { get; private init; }

    public static Judgement Of(ScoringModel model, EventSource events, CancellationToken cancellation)
    {
        var labels = new int[events.Count];
        events.ReadLabels(0, labels);
        if (labels.AsSpan().ContainsAnyExcept(labels[0]))
        {
            EvaluationResult result = model.Evaluate(events, cancellation);
            return new Judgement(result.Confusion, result.Loss, result.Roc) { Result = result };
        }

        // The libraries judge both classes or none.
        float[] scores = model.Predict(events, cancellation);
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double right = labels[i] == ParticleLabel.Electron ? scores[i] : 1.0 - scores[i];
            sum -= Math.Log(Math.Max(right, EvaluationResult.LeastProbability));
        }

        return new Judgement(ConfusionMatrix.From(scores, labels), sum / scores.Length, null);
    }

    public void Say(Screen screen)
    {
        (int photons, int electrons) = (confusion.TrueNegatives + confusion.FalsePositives, confusion.TruePositives + confusion.FalseNegatives);
        string undefined = $"undefined, since all events are {(photons > 0 ? "photons" : "electrons")}";
        screen.Say(new Sheet(
            [
                ["events", Sentence.Invariant($"{confusion.Count} ({Sentence.Count(photons, "photon")}, {Sentence.Count(electrons, "electron")})")],
                ["AUC", roc is null ? undefined : new Estimate(roc.Area, roc.StandardError).ToString(leastDecimals: 4)],
                ["accuracy", new Estimate(confusion.Accuracy, confusion.AccuracyStandardError).ToString(leastDecimals: 4)],
                ["loss", Sentence.Invariant($"{loss:F4}")],
                ["photon rejection at 50 % electron efficiency", roc?.BackgroundRejectionAt(0.5).ToString() ?? undefined],
            ]));
        screen.Say(new Sheet(
            [
                ["score ≥ 0.5 is an electron", "called photon", "called electron"],
                ["photons", Sentence.Invariant($"{confusion.TrueNegatives}"), Sentence.Invariant($"{confusion.FalsePositives}")],
                ["electrons", Sentence.Invariant($"{confusion.FalseNegatives}"), Sentence.Invariant($"{confusion.TruePositives}")],
            ])
        {
            HasNames = true,
            IsNumber = column => column > 0,
        });
    }
}
