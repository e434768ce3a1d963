namespace ParticleImages.Cli;

/// <summary>One line on a terminal that says how far a verb is, and is gone when it is done. Redirected, nothing is written.</summary>
internal sealed class ProgressLine : IProgress<int>, IDisposable
{
    private readonly TextWriter? terminal;
    private readonly string what;
    private readonly int total;
    private int percent = -1;
    private int width;

    public ProgressLine(string what, int total, TextWriter error)
    {
        this.what = what;
        this.total = total;
        terminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected ? error : null;
    }

    public void Report(int value)
    {
        int reached = (int)(100L * value / Math.Max(1, total));
        if (terminal is null || reached == percent)
        {
            return;
        }

        percent = reached;
        string line = Sentence.Invariant($"{what}: {percent} % of {total} events");
        terminal.Write('\r' + line.PadRight(width));
        width = line.Length;
    }

    public void Dispose()
    {
        if (width > 0)
        {
            terminal!.Write('\r' + new string(' ', width) + '\r');
        }
    }
}
