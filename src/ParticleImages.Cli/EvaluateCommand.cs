using System.CommandLine;
using ParticleImages.Terminal;

namespace ParticleImages.Cli;

/// <summary>Tells how well a model does on events.</summary>
internal sealed class EvaluateCommand : Command, ITorchCommand
{
    private readonly Argument<string> path = ScoringModel.Argument();
    private readonly ScoredEvents scored = new();

    public EvaluateCommand()
        : base("evaluate", "Tell how well a model does on events that it was not trained on.")
    {
        Add(path);
        scored.AddTo(this);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));
    }

    public bool WantsTunedAllocator(ParseResult parsed) => !ScoringModel.IsOnnx(parsed.GetValue(path)!) && scored.WantsTunedAllocator(parsed);

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        using ScoredEvents.Opened opened = scored.Open(parsed, parsed.GetValue(path)!);
        var screen = Screen.Of(parsed);
        screen.Count("Evaluating", opened.Events.Count, progress => Judgement.Of(opened.Model, new CountedSource(opened.Events, progress), cancellation)).Say(screen);
        return ExitCode.Done;
    }
}
