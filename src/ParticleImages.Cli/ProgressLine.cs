namespace ParticleImages.Cli;

/// <summary>One line on a terminal that says how many events a verb has done, and is gone when it is done. Redirected, nothing is written.</summary>
internal sealed class ProgressLine(string what, int total, TextWriter error) : IProgress<int>, IDisposable
{
    private readonly StatusLine line = new(error);

    public void Report(int value) => line.Show(Sentence.Invariant($"{what}: {100L * value / Math.Max(1, total)} % of {total} events"));

    public void Dispose() => line.Dispose();
}
