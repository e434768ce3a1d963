using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Prediction;

/// <summary>From a network's two values an event to one logit, in double.</summary>
internal static class Softmax
{
    /// <summary>Fills in the value of the electron minus that of the photon: the logit of the softmax' second probability.</summary>
    /// <param name="values">(events, 2) float32 on the CPU, contiguous.</param>
    /// <param name="logits">Receives one logit an event.</param>
    public static void Read(Tensor values, Span<double> logits)
    {
        ReadOnlySpan<float> both = MemoryMarshal.Cast<byte, float>(values.bytes);
        for (int i = 0; i < logits.Length; i++)
        {
            logits[i] = (double)both[(2 * i) + 1] - both[2 * i];
        }

        // A span does not keep its tensor.
        GC.KeepAlive(values);
    }
}
