using ParticleImages.Networks;
using ParticleImages.Reports.Figures;

namespace ParticleImages.Reports.Contents;

/// <summary>All that a report shows, read once. Disposing closes what it was read from.</summary>
internal sealed record ReportContent : IDisposable
{
    /// <summary>The heading.</summary>
    public string Title { get; init; } = "";

    /// <summary>A training, if there is one.</summary>
    public TrainingContent? Training { get; init; }

    /// <summary>A scan, if there is one.</summary>
    public ScanContent? Scan { get; init; }

    /// <summary>By what its store is known to have nothing new.</summary>
    public StoreMark? Mark { get; init; }

    /// <summary>Pictures that were drawn before.</summary>
    public FigureMemory Drawn { get; init; } = new();

    /// <summary>The events, if they are at hand.</summary>
    public EventsContent? Events { get; init; }

    /// <summary>What the program that left the folder says of its run, as names and values.</summary>
    public IReadOnlyList<(string Name, string Value)> Summary { get; init; } = [];

    /// <summary>Whether the run's events are known to be simulated.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>What there was but could not be read, each with the reason.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Files that it was made from, with their checksums.</summary>
    public IReadOnlyList<FileChecksum> Files { get; init; } = [];

    /// <summary>The network that is shown: that of the training, or of the scan's best trial.</summary>
    public ModelDescription? Model => Training?.Model ?? Scan?.BestModel;

    /// <summary>Its weights, where they are at hand.</summary>
    public ModelWeights? Weights { get; init; }

    /// <summary>What is closed at the end.</summary>
    public IReadOnlyList<IDisposable> Opened { get; init; } = [];

    public void Dispose()
    {
        foreach (IDisposable opened in Opened)
        {
            opened.Dispose();
        }
    }
}
