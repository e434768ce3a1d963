using System.CommandLine;

namespace ParticleImages.Cli;

/// <summary>The events that a model is to score and what computes it: what evaluate and predict share.</summary>
internal sealed class ScoredEvents
{
    private readonly Argument<string[]> inputs = FilesArgument.Of(
        "IN", "Files of events in any format; several are taken one after the other. The options on the layout hold for all.");

    private readonly Option<string?> range = EventRange.Option();
    private readonly ComputeOptions computing = new();
    private readonly LayoutOptions layout = new();

    public void AddTo(Command command)
    {
        command.Add(inputs);
        command.Add(range);
        computing.AddTo(command);
        layout.AddTo(command);
    }

    /// <summary>The files' paths, before they are open.</summary>
    public string[] Paths(ParseResult parsed) => parsed.GetValue(inputs)!;

    /// <inheritdoc cref="ComputeOptions.WantsTunedAllocator"/>
    public bool WantsTunedAllocator(ParseResult parsed) => computing.WantsTunedAllocator(parsed);

    /// <summary>Loads the model and opens the files.</summary>
    public Opened Open(ParseResult parsed, string model)
    {
        EventLayout chosen = layout.Read(parsed);
        EventRange wanted = parsed.GetValue(range) is { } text ? EventRange.Parse(text) : EventRange.All;
        ComputeOptions.Compute compute = computing.Read(parsed);
        InputFiles? files = null;
        ScoringModel? scoring = null;
        try
        {
            scoring = ScoringModel.Load(model, compute);
            files = InputFiles.Open(Paths(parsed), chosen);
            scoring.RequireImages(files.Events);
            (int start, int count) = wanted.Of(files.Events.Count, files.Events.Name);
            return new Opened(scoring, files, files.Events.Slice(start, count), start);
        }
        catch
        {
            files?.Dispose();
            scoring?.Dispose();
            throw;
        }
    }

    /// <summary>A model and events; disposing closes both.</summary>
    /// <param name="Model">The model.</param>
    /// <param name="Files">The files.</param>
    /// <param name="Events">Those of their events that were asked for.</param>
    /// <param name="First">The number of the first of them.</param>
    internal sealed record Opened(ScoringModel Model, InputFiles Files, EventSource Events, int First) : IDisposable
    {
        public void Dispose()
        {
            Files.Dispose();
            Model.Dispose();
        }
    }
}
