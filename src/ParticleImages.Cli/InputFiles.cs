using ParticleImages.Formats;

namespace ParticleImages.Cli;

/// <summary>Several files of events as one source; disposing closes them all.</summary>
internal sealed class InputFiles : IDisposable
{
    private InputFiles(EventSource events, bool isSynthetic)
    {
        Events = events;
        IsSynthetic = isSynthetic;
    }

    /// <summary>The events of the first file, then those of the next.</summary>
    public EventSource Events { get; }

    /// <summary>Whether a file says of itself that its events were simulated.</summary>
    public bool IsSynthetic { get; }

    public static InputFiles Open(string[] paths, EventLayout layout)
    {
        EventSource events = EventFile.OpenAll(paths, layout);
        try
        {
            return new InputFiles(events, paths.Any(path => EventFile.ReadAttributes(path).GetValueOrDefault("synthetic") == "true"));
        }
        catch
        {
            events.Dispose();
            throw;
        }
    }

    public void Dispose() => Events.Dispose();
}
