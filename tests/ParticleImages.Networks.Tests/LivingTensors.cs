using TorchSharp;

namespace ParticleImages.Networks.Tests;

/// <summary>Counts the process's tensors where a test starts from: what earlier tests left to the collector would be counted, and go away in the middle of this one.</summary>
internal static class LivingTensors
{
    public static long CountWithoutGarbage()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return torch.Tensor.TotalCount;
    }
}
