namespace ParticleImages.Terminal;

/// <summary>Passes progress on at once and in order; Progress&lt;T&gt; would post it to other threads.</summary>
internal sealed class Relay<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
