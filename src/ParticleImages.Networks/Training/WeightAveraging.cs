namespace ParticleImages.Networks;

/// <summary>
/// Which weights of a training are averaged. The average is what is validated and what the network has in the end; the training itself goes on
/// with its own weights. Immutable; equal when all numbers are.
/// </summary>
/// <remarks>A batch norm's running statistics are averaged with the weights; <see cref="Trainer.RecalibrateBatchNorm"/> then makes them exact.</remarks>
public sealed record WeightAveraging
{
    private WeightAveraging(WeightAveragingKind kind) => Kind = kind;

    /// <summary>The kind.</summary>
    public WeightAveragingKind Kind { get; }

    /// <summary>What remains of the average at a step (exponential).</summary>
    public double Decay { get; private init; }

    /// <summary>The first epoch that counts, from 1 (epochs).</summary>
    public int FirstEpoch { get; private init; }

    /// <summary>A moving average over the steps. During the first steps it remembers less, (1 + step) / (10 + step), so that the first weights are soon forgotten.</summary>
    /// <param name="decay">What remains at a step, above 0 and below 1: 0.99 averages over about a hundred steps.</param>
    /// <returns>The averaging.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside its range or NaN.</exception>
    public static WeightAveraging Exponential(double decay = 0.99) => decay is > 0 and < 1
        ? new(WeightAveragingKind.Exponential) { Decay = decay }
        : throw new ArgumentOutOfRangeException(nameof(decay), decay, "What remains of the average is above 0 and below 1, for example 0.99.");

    /// <summary>The mean of the weights after each epoch from one on (stochastic weight averaging: Izmailov and others, arXiv 1803.05407). Before it there is nothing to average.</summary>
    /// <param name="first">The first epoch that counts, from 1.</param>
    /// <returns>The averaging.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The epoch is below 1.</exception>
    public static WeightAveraging Epochs(int first)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        return new(WeightAveragingKind.Epochs) { FirstEpoch = first };
    }

    /// <summary>The averaging in words, with points as decimal signs.</summary>
    /// <returns>For example <c>exponential(0.99)</c>.</returns>
    public override string ToString() => FormattableString.Invariant(
        Kind == WeightAveragingKind.Exponential ? (FormattableString)$"exponential({Decay})" : $"epochs from {FirstEpoch}");
}
