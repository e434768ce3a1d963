using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Activations;

/// <summary>The kernels of all widths.</summary>
internal static class ActivationKernels
{
    private static readonly IActivationKernel Scalar = new ActivationKernel<Doubles1>();
    private static readonly IActivationKernel OfTwo = new ActivationKernel<Doubles128>();
    private static readonly IActivationKernel OfFour = new ActivationKernel<Doubles256>();
    private static readonly IActivationKernel OfEight = new ActivationKernel<Doubles512>();

    /// <summary>That of a width.</summary>
    public static IActivationKernel Of(LaneWidth width) => width switch
    {
        LaneWidth.Vector512 => OfEight,
        LaneWidth.Vector256 => OfFour,
        LaneWidth.Vector128 => OfTwo,
        _ => Scalar,
    };
}
