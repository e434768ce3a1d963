using ParticleImages.Formats;

namespace ParticleImages.Cli;

/// <summary>Several files of events as one source; disposing closes them all.</summary>
internal sealed class InputFiles : IDisposable
{
    private readonly List<EventSource> opened = [];

    private InputFiles(EventSource first)
    {
        opened.Add(first);
        Events = first;
    }

    /// <summary>The events of the first file, then those of the next.</summary>
    public EventSource Events { get; private set; }

    /// <summary>Whether a file says of itself that its events were simulated.</summary>
    public bool IsSynthetic { get; private set; }

    public static InputFiles Open(string[] paths, EventLayout layout)
    {
        var files = new InputFiles(EventFile.Open(paths[0], layout));
        try
        {
            files.IsSynthetic = paths.Any(path => EventFile.ReadAttributes(path).GetValueOrDefault("synthetic") == "true");
            foreach (string path in paths.AsSpan(1))
            {
                EventSource next = EventFile.Open(path, layout);
                files.opened.Add(next);
                files.Events = files.Events.Concat(next);
            }

            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (EventSource file in opened)
        {
            file.Dispose();
        }
    }
}
