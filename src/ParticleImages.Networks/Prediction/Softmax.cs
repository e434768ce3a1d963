using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Prediction;

/// <summary>From a network's two values an event to probabilities and loss, in double.</summary>
internal static class Softmax
{
    /// <summary>Fills in the probability of label 1 and returns the sum of −ln p(label).</summary>
    /// <param name="logits">(events, 2) float32 on the CPU, contiguous.</param>
    /// <param name="labels">One label an event.</param>
    /// <param name="scores">Receives one probability an event.</param>
    public static double Read(Tensor logits, ReadOnlySpan<int> labels, Span<float> scores)
    {
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(logits.bytes);
        double loss = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double margin = (double)values[(2 * i) + 1] - values[2 * i];
            scores[i] = (float)(1 / (1 + Math.Exp(-margin)));

            // ln(1 + e^x) without overflow: x is how far the wrong class leads.
            double lead = labels[i] == ParticleLabel.Electron ? -margin : margin;
            loss += Math.Max(lead, 0) + double.LogP1(Math.Exp(-Math.Abs(lead)));
        }

        GC.KeepAlive(logits);
        return loss;
    }
}
