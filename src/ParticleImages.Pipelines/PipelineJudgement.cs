using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Search;

namespace ParticleImages.Pipelines;

/// <summary>Judges a network by the one list of events.</summary>
internal static class PipelineJudgement
{
    // Below every probability: at no threshold is an event without a hit taken for an electron.
    private const double Never = -1;

    public static TrialMetrics Of(VoxelNetwork network, PreparedEvents prepared, double signalEfficiency, CancellationToken cancellation)
    {
        float[] probabilities = network.Predict(prepared.Validation, cancellation);
        var scores = new double[probabilities.Length];
        int emptied = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            bool isEmpty = prepared.Validation[i].Count == 0;
            scores[i] = isEmpty ? Never : probabilities[i];
            emptied += isEmpty ? 1 : 0;
        }

        RocCurve roc = RocCurve.From(scores, prepared.Validation.Labels);
        BackgroundRejection rejection = roc.BackgroundRejectionAt(signalEfficiency);
        double background = roc.BackgroundEfficiencyAt(signalEfficiency);
        TrialMetrics metrics = TrialMetrics.None
            .And("judged_auc", roc.Area, Finite(roc.StandardError))
            .And("judged_background", background, Math.Sqrt(background * (1 - background) / roc.BackgroundCount));
        metrics = double.IsFinite(rejection.Value) ? metrics.And("judged_rejection", rejection.Value, Finite(rejection.StandardError)) : metrics;
        return metrics.And("judged_emptied", (double)emptied / scores.Length);
    }

    private static double? Finite(double error) => double.IsFinite(error) ? error : null;
}
