namespace ParticleImages.Cli;

/// <summary>What the tool tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>All that was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>A file, its contents or the disk stood in the way.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself is wrong; no file was opened.</summary>
    public const int WrongUsage = 2;

    /// <summary>Ctrl-C; 128 + SIGINT, as shells count.</summary>
    public const int Interrupted = 130;
}
