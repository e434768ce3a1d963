using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Search;

namespace ParticleImages.Pipelines;

/// <summary>Judges a network by the one list of events.</summary>
internal static class PipelineJudgement
{
    // Below every probability: at no threshold is an event without a hit taken for an electron.
    private const double Never = -1;

    // Of 100 electrons 90 are 0.9, though 0.9 · 100 may be a little more.
    private const double Rounding = 1e-12;

    public static TrialMetrics Of(VoxelNetwork network, PreparedEvents prepared, double signalEfficiency, CancellationToken cancellation)
    {
        float[] probabilities = network.Predict(prepared.Validation, cancellation);
        var scores = new double[probabilities.Length];
        int emptied = 0;
        int lostElectrons = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            bool isEmpty = prepared.Validation[i].Count == 0;
            scores[i] = isEmpty ? Never : probabilities[i];
            emptied += isEmpty ? 1 : 0;
            lostElectrons += isEmpty && prepared.Validation.Labels[i] == ParticleLabel.Electron ? 1 : 0;
        }

        RocCurve roc = RocCurve.From(scores, prepared.Validation.Labels);

        // Where the cuts lose more electrons than the working point allows, no threshold reaches it: all background would have to pass.
        bool isReached = roc.SignalCount - lostElectrons >= signalEfficiency * roc.SignalCount * (1 - Rounding);
        double background = isReached ? roc.BackgroundEfficiencyAt(signalEfficiency) : 1;
        BackgroundRejection rejection = roc.BackgroundRejectionAt(signalEfficiency);
        return TrialMetrics.None
            .And("judged_auc", roc.Area, Finite(roc.StandardError))
            .And("judged_background", background, Math.Sqrt(background * (1 - background) / roc.BackgroundCount))
            .And("judged_rejection", !isReached ? 1 : double.IsFinite(rejection.Value) ? rejection.Value : rejection.LowerLimit, isReached ? Finite(rejection.StandardError) : null)
            .And("judged_emptied", (double)emptied / scores.Length);
    }

    private static double? Finite(double error) => double.IsFinite(error) ? error : null;
}
