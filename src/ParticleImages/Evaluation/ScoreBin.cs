namespace ParticleImages.Evaluation;

/// <summary>The events whose scores lie in one interval.</summary>
/// <param name="Low">Where the interval begins; a score equal to it is inside.</param>
/// <param name="High">Where it ends; a score equal to it is in the next bin, but in this one if it is the last.</param>
/// <param name="SignalCount">Signal events (label 1).</param>
/// <param name="BackgroundCount">Background events (label 0).</param>
/// <param name="MeanScore">The mean of the events' scores; null without events.</param>
public readonly record struct ScoreBin(double Low, double High, int SignalCount, int BackgroundCount, double? MeanScore)
{
    /// <summary>All events.</summary>
    public int Count => SignalCount + BackgroundCount;

    /// <summary>The fraction of the events that are signal, 0 to 1; null without events. <see cref="BinomialInterval.Of"/> has its error.</summary>
    public double? SignalFraction => Count == 0 ? null : (double)SignalCount / Count;
}
