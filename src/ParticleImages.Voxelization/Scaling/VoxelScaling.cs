using System.Globalization;

namespace ParticleImages.Voxelization;

/// <summary>
/// One step by which the values of voxels are scaled after the cuts. Immutable; steps are given in order to
/// <see cref="Voxelizer.ScaleEnergy(VoxelScaling[])"/> and <see cref="Voxelizer.ScaleTime(VoxelScaling[])"/> and are saved with the voxelizer.
/// </summary>
/// <remarks>
/// Every step takes a float32 and gives a float32, rounded once. All leave an empty voxel 0 except <see cref="Standardise"/> with its mean.
/// </remarks>
public sealed record VoxelScaling
{
    private readonly float factor;

    private VoxelScaling(ScalingKind kind) => Kind = kind;

    private VoxelScaling(double factor)
        : this(ScalingKind.Factor)
    {
        Factor = factor;
        this.factor = (float)factor;
    }

    /// <summary>Multiplies by 50: in the public files, whose unit is 50 GeV, energies become GeV. The same as <c>By(50)</c>.</summary>
    public static VoxelScaling GeV { get; } = By(50);

    /// <summary>
    /// sign(x) · ln(1 + |x|), the natural logarithm, computed in double and rounded. Negative energies (without an energy cut) stay negative.
    /// </summary>
    public static VoxelScaling Log1p { get; } = new(ScalingKind.Log1p);

    /// <summary>sign(x) · √|x|. Negative energies (without an energy cut) stay negative.</summary>
    public static VoxelScaling SquareRoot { get; } = new(ScalingKind.SquareRoot);

    /// <summary>
    /// Divides by the largest |x| of the event's voxels, so that none is outside −1 to 1. An event of zeros stays as it is. Where a step before
    /// has exceeded the range of float32, infinity divided by itself is NaN.
    /// </summary>
    public static VoxelScaling EventMaximum { get; } = new(ScalingKind.EventMaximum);

    /// <summary>What the step does.</summary>
    public ScalingKind Kind { get; }

    /// <summary>The factor of <see cref="By"/>; null for the other kinds.</summary>
    public double? Factor { get; }

    /// <summary>Whether <see cref="Standardise"/> subtracts the mean; false for the other kinds.</summary>
    public bool SubtractsMean { get; private init; }

    /// <summary>What <see cref="Standardise"/> subtracts: 0 unless it subtracts the mean; null before it is fitted and for the other kinds.</summary>
    public double? Mean { get; private init; }

    /// <summary>What <see cref="Standardise"/> divides by; null before it is fitted and for the other kinds.</summary>
    public double? Deviation { get; private init; }

    /// <summary>Whether the step can be taken; false for <see cref="Standardise"/> until <see cref="Voxelizer.Fit(HitEvents)"/>.</summary>
    public bool IsFitted => Kind != ScalingKind.Standardise || Deviation is not null;

    /// <summary>
    /// Multiplies; both are float32, the factor rounded once. The product is stored as float32 makes it, also where it exceeds the
    /// range of float32 or vanishes.
    /// </summary>
    /// <param name="factor">Finite and above 0 as float32.</param>
    /// <returns>The step.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not finite and above 0 as float32.</exception>
    public static VoxelScaling By(double factor) => (float)factor > 0 && float.IsFinite((float)factor)
        ? new VoxelScaling(factor)
        : throw new ArgumentOutOfRangeException(nameof(factor), factor, "A scale is a finite float32 number above 0.");

    /// <summary>
    /// (x − mean) / σ in double, rounded once. Mean and σ are those of all voxels, the empty ones included, of the events that
    /// <see cref="Voxelizer.Fit(HitEvents)"/> sees (σ² with 1/n, as in numpy). It is the last step, since it gives empty voxels a value.
    /// </summary>
    /// <param name="subtractMean">
    /// False divides by σ alone, so that empty voxels stay 0; σ is still the spread around the mean.
    /// </param>
    /// <returns>The step, yet to be fitted.</returns>
    public static VoxelScaling Standardise(bool subtractMean = true) => new(ScalingKind.Standardise) { SubtractsMean = subtractMean };

    /// <summary>The step as text, for example <c>× 50</c>.</summary>
    /// <returns>What it does, with its numbers.</returns>
    public override string ToString() => Kind switch
    {
        ScalingKind.Factor => string.Create(CultureInfo.InvariantCulture, $"× {Factor:R}"),
        ScalingKind.Log1p => "log1p",
        ScalingKind.SquareRoot => "square root",
        ScalingKind.EventMaximum => "÷ event maximum",
        _ when !IsFitted => SubtractsMean ? "standardised, yet to be fitted" : "÷ σ, yet to be fitted",
        _ when SubtractsMean => string.Create(CultureInfo.InvariantCulture, $"(x {(Mean < 0 ? '+' : '−')} {Math.Abs(Mean!.Value):G6}) ÷ {Deviation:G6}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"÷ {Deviation:G6}"),
    };

    /// <summary>The step of <see cref="Standardise"/> with its numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The mean is not finite, or the deviation not finite and above 0.</exception>
    internal VoxelScaling Fitted(double mean, double deviation)
    {
        if (!double.IsFinite(mean) || (!SubtractsMean && mean != 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(mean), mean, SubtractsMean ? "A mean is a finite number." : "Without subtracting the mean it is 0.");
        }

        if (!(deviation > 0 && double.IsFinite(deviation)))
        {
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "A standard deviation is a finite number above 0.");
        }

        return this with { Mean = mean, Deviation = deviation };
    }

    /// <summary>Takes the step for the values of one event.</summary>
    internal void Apply(Span<float> values)
    {
        switch (Kind)
        {
            case ScalingKind.Factor:
                for (int i = 0; i < values.Length; i++)
                {
                    // A negative product that vanishes is −0; a voxel never is.
                    values[i] = (values[i] * factor) + 0f;
                }

                break;
            case ScalingKind.Log1p:
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = MathF.CopySign(LogOfOnePlus(MathF.Abs(values[i])), values[i]);
                }

                break;
            case ScalingKind.SquareRoot:
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = MathF.CopySign(MathF.Sqrt(MathF.Abs(values[i])), values[i]);
                }

                break;
            case ScalingKind.EventMaximum:
                DivideByMaximum(values);
                break;
            case ScalingKind.Standardise:
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = Standardised(values[i]);
                }

                break;
        }
    }

    /// <summary>What a fitted <see cref="Standardise"/> makes of a value.</summary>
    internal float Standardised(float value) => (float)((value - Mean!.Value) / Deviation!.Value) + 0f;

    private static void DivideByMaximum(Span<float> values)
    {
        float maximum = 0;
        foreach (float value in values)
        {
            maximum = MathF.Max(maximum, MathF.Abs(value));
        }

        if (maximum > 0)
        {
            foreach (ref float value in values)
            {
                value = (value / maximum) + 0f;
            }
        }
    }

    // 1 + x rounds; the quotient takes that rounding out again, so that small x keep their digits (W. Kahan).
    private static float LogOfOnePlus(double value)
    {
        double sum = 1 + value;
        return sum == 1 || double.IsPositiveInfinity(sum) ? (float)value : (float)(Math.Log(sum) * (value / (sum - 1)));
    }
}
