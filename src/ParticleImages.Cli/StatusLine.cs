namespace ParticleImages.Cli;

/// <summary>One line on a terminal that is written over again and again, and gone when it is done. Redirected, nothing is written.</summary>
internal sealed class StatusLine(TextWriter error) : IDisposable
{
    private readonly TextWriter? terminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected ? error : null;
    private string shown = "";

    public void Show(string line)
    {
        if (line != shown)
        {
            terminal?.Write('\r' + line.PadRight(shown.Length));
            shown = line;
        }
    }

    /// <summary>Takes the line away, so that another one can be written where it stood.</summary>
    public void Clear()
    {
        if (shown.Length > 0)
        {
            terminal?.Write('\r' + new string(' ', shown.Length) + '\r');
            shown = "";
        }
    }

    public void Dispose() => Clear();
}
