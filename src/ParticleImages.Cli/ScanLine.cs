using ParticleImages.Search;

namespace ParticleImages.Cli;

/// <summary>A scan's progress as one line on a terminal: a bar, trials done of all, time taken and left, seconds a trial, the best so far. Redirected, nothing is written.</summary>
internal sealed class ScanLine(TextWriter error) : IProgress<ScanProgress>, IDisposable
{
    private const int Width = 20;

    private readonly StatusLine line = new(error);

    public void Report(ScanProgress value)
    {
        int full = value.Total is { } total ? (int)(Width * value.Done / Math.Max(1, total)) : 0;
        line.Show($"{new string('█', full)}{new string('·', Width - full)} {value}");
    }

    public void Dispose() => line.Dispose();
}
