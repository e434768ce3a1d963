using System.CommandLine;
using ParticleImages.Terminal;

namespace ParticleImages.Cli;

/// <summary>Writes the score of every event.</summary>
internal sealed class PredictCommand : Command, ITorchCommand
{
    private readonly Argument<string> path = ScoringModel.Argument();
    private readonly ScoredEvents scored = new();

    private readonly Option<string> outputPath = new("--out")
    {
        Description = "The file to write: a table of event, label and score, or an archive of the arrays scores float32 and labels int32. The score is the probability of an "
            + "electron. A file that is there is replaced at the end, in one step.",
        HelpName = "OUT.csv|OUT.npz",
        Required = true,
    };

    public PredictCommand()
        : base("predict", "Write the score of every event: the probability that it is an electron.")
    {
        Add(path);
        Add(outputPath);
        scored.AddTo(this);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));
    }

    public bool WantsTunedAllocator(ParseResult parsed) => !ScoringModel.IsOnnx(parsed.GetValue(path)!) && scored.WantsTunedAllocator(parsed);

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string target = OutputFile.Require(parsed.GetValue(outputPath)!, scored.Paths(parsed), ".csv", ".npz");
        using ScoredEvents.Opened opened = scored.Open(parsed, parsed.GetValue(path)!);
        var screen = Screen.Of(parsed);
        ScoreFile scores = screen.Count("Predicting", opened.Events.Count, progress => ScoreFile.Of(opened.Model, new CountedSource(opened.Events, progress), opened.First, cancellation));
        scores.Write(target);
        screen.Say($"{target}: {scores}");
        return ExitCode.Done;
    }
}
