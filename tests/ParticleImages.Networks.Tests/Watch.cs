namespace ParticleImages.Networks.Tests;

/// <summary>Passes progress on at once.</summary>
internal sealed class Watch(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
