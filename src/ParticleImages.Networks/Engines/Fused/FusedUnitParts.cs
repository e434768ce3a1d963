using ParticleImages.Networks.Modules;

namespace ParticleImages.Networks.Engines.Fused;

/// <summary>What a unit consists of.</summary>
internal sealed class FusedUnitParts
{
    /// <summary>The shape of the maps that activations, dropouts and the batch norm work on.</summary>
    public required FeatureShape Map { get; init; }

    /// <summary>Computed before all else; null for none.</summary>
    public Convolution? Convolution { get; init; }

    /// <summary>Where its weights begin among all that is fitted; its bias follows.</summary>
    public int ConvolutionStart { get; init; }

    /// <summary>Weights of the convolution without the bias.</summary>
    public int WeightCount => (int)(Convolution?.Weight.NumberOfElements ?? 0);

    /// <summary>Computed before all else; null for none.</summary>
    public ScaleLayer? Scale { get; init; }

    public PointwiseChain Chain { get; } = new();

    public NormState? Norm { get; set; }

    /// <summary>Where γ begins among all that is fitted; β follows.</summary>
    public int NormStart { get; set; }

    public PoolWindow? Pool { get; set; }

    public FeatureShape Output => Pool?.Output ?? Map;

    /// <summary>The scale's numbers, rounded as the module has them.</summary>
    public (float Factor, float Offset) ScaleOf(int channel) =>
        Scale is null ? (1, 0) : ((float)Of(Scale.Factors, channel), (float)Of(Scale.Offsets, channel));

    private static double Of(IReadOnlyList<double> numbers, int channel) => numbers[numbers.Count == 1 ? 0 : channel];
}
