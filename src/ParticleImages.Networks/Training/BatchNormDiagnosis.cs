using System.Globalization;

namespace ParticleImages.Networks;

/// <summary>What one batch norm of a network sees, beside what it remembers.</summary>
/// <param name="Layer">Where it stands, for example <c>Layer 4 (BatchNorm)</c>.</param>
/// <param name="Epsilon">Its ε.</param>
/// <param name="MedianVariance">The median over the channels of the variance that the events have there.</param>
/// <param name="DominatedChannels">Channels whose variance is below ε: they are hardly normalized, but divided by √ε.</param>
/// <param name="Channels">All channels.</param>
/// <param name="StaleChannels">Channels whose running variance differs from the events' by more than a factor of two, ε counted with both.</param>
public sealed record BatchNormDiagnosis(
    string Layer, double Epsilon, double MedianVariance, int DominatedChannels, int Channels, int StaleChannels)
{
    /// <summary>Whether ε is larger than the variance in most channels.</summary>
    public bool IsDominatedByEpsilon => 2 * DominatedChannels > Channels;

    /// <summary>Whether the running statistics of most channels are far from what the events have.</summary>
    public bool IsStale => 2 * StaleChannels > Channels;

    /// <summary>The numbers in one line, with points as decimal signs.</summary>
    /// <returns>For example <c>Layer 4 (BatchNorm): median variance 4.8E-06, ε 0.001 (larger in 64 of 64 channels)</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Layer}: median variance {MedianVariance:G3}, ε {Epsilon:G3} (larger in {DominatedChannels} of {Channels} channels), running variance off in {StaleChannels}");
}
