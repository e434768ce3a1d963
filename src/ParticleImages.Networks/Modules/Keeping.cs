using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>Makes what a module keeps as long as it lives, whatever dispose scope it is built in.</summary>
internal static class Keeping
{
    /// <summary>A parameter, which training fits.</summary>
    public static Parameter Parameter(Tensor start)
    {
        var parameter = new Parameter(start);
        parameter.DetachFromDisposeScope();
        return parameter;
    }

    /// <summary>A running statistic.</summary>
    public static Tensor Buffer(Tensor start) => start.DetachFromDisposeScope();
}
