using System.Globalization;
using ParticleImages.Search;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ParticleImages.Terminal;

/// <summary>
/// Shows how a scan goes, where progress is shown: the best trials, those that ended last, and a bar with trials done of all, time taken and left, seconds a trial and the best so far.
/// </summary>
internal sealed class ScanWatch
{
    private const int MostBest = 5;
    private const int MostLast = 3;
    private const int LeastRoom = 16;

    private readonly Screen screen;
    private readonly Scan scan;
    private readonly string[] varied;
    private readonly Lock changing = new();
    private readonly Dictionary<int, TrialRecord> ended = [];
    private Pace pace = new(TimeProvider.System);
    private ScanProgress? now;
    private long revision;

    private ScanWatch(Screen screen, Scan scan)
    {
        this.screen = screen;
        this.scan = scan;
        varied = [.. scan.Space.Parameters.Where(parameter => parameter.Count != 1).Select(parameter => parameter.Name)];
    }

    /// <summary>Runs a scan and shows how it goes.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="scan">The scan, with its store.</param>
    /// <param name="run">What runs it.</param>
    /// <param name="taken">Called once the store has taken the scan, in the process that runs it and in none of its workers.</param>
    public static Task<ScanResult> RunAsync(Screen screen, Scan scan, Func<Scan, Task<ScanResult>> run, Action? taken = null)
    {
        ScanWatch? watch = screen.LiveSize is null ? null : new ScanWatch(screen, scan);
        Scan followed = scan.ReportTo(new Relay<ScanProgress>(progress =>
        {
            taken?.Invoke();
            taken = null;
            watch?.Report(progress);
        }));
        return watch is null ? run(followed) : screen.ShowAsync(watch.View, () => run(followed));
    }

    private void Report(ScanProgress value)
    {
        TrialChanges changes = scan.Store!.ChangesSince(revision, withReports: false);
        lock (changing)
        {
            revision = changes.Revision;
            foreach (TrialRecord trial in changes.Trials.Where(trial => trial.HasEnded))
            {
                ended[trial.Number] = trial;
            }

            now = value;
            pace = new Pace(TimeProvider.System);
        }
    }

    private IRenderable View()
    {
        lock (changing)
        {
            IRenderable bar = Bar();
            Sheet? trials = Trials();
            return trials is null ? bar : new Rows(trials.Layout(screen.LiveSize!.Value.Width), bar);
        }
    }

    private BarLine Bar()
    {
        if (now is not { } progress)
        {
            return new BarLine("Trials", null);
        }

        // Between two reports the clock goes on, and the estimates stay.
        TimeSpan since = pace.Elapsed;
        TimeSpan? left = progress.Remaining - since;
        string each = progress.PerTrial is { } one ? FormattableString.Invariant($"{one.TotalSeconds:0.##} s/it") : "? s/it";
        List<string> details = [$"{Pace.Text(progress.Elapsed + since)}<{Pace.Text(left < TimeSpan.Zero ? TimeSpan.Zero : left)}", each];
        if (progress.Best is { Values: [var value, ..] } best)
        {
            details.Add(FormattableString.Invariant($"best {value.Value:G4} in trial {best.Number}"));
        }

        if (progress.Failed > 0)
        {
            details.Add(FormattableString.Invariant($"{progress.Failed} failed"));
        }

        if (progress.Pruned > 0)
        {
            details.Add(FormattableString.Invariant($"{progress.Pruned} pruned"));
        }

        return new BarLine(
            FormattableString.Invariant($"{progress.Done}/{(progress.Total is { } total ? total : "?")}"), progress.Total is { } all ? (double)progress.Done / Math.Max(1, all) : null, [.. details]);
    }

    private Sheet? Trials()
    {
        // A line for the names, one for the bar, and one where the shell's was.
        (int width, int height) = screen.LiveSize!.Value;
        int latest = Math.Clamp((height - 3) / 3, 1, MostLast);
        int most = Math.Clamp(height - 3 - latest, 0, MostBest);
        if (ended.Count == 0 || most == 0)
        {
            return null;
        }

        Objective objective = scan.Objectives[0];
        TrialRecord[] best = [.. ended.Values.Where(trial => trial.State == TrialState.Finished).OrderBy(trial => objective.Score(trial.Values[0].Value)).ThenBy(trial => trial.Number).Take(most)];
        IEnumerable<TrialRecord> last = ended.Values.Except(best).OrderByDescending(trial => trial.End).ThenByDescending(trial => trial.Number).Take(latest);
        string[][] rows = [["", "trial", objective.Metric, "time", ""], .. Labelled("best", best), .. Labelled("last", last)];

        // What was tried takes the room that is left.
        int room = width - BarLine.Spare - new Sheet([.. rows.Select(row => row[..^1].Append("").ToArray())]).Width;
        return new Sheet([.. rows.Select(row => row[..^1].Append(room < LeastRoom ? "" : Letters.Cut(row[^1], room)).ToArray())]) { HasNames = true, IsNumber = column => column is > 0 and < 4 };
    }

    private IEnumerable<string[]> Labelled(string label, IEnumerable<TrialRecord> trials) => trials.Select((trial, place) => new[]
    {
        place == 0 ? label : "",
        FormattableString.Invariant($"{trial.Number}"),
        trial.Values is [var value, ..] ? FormattableString.Invariant($"{value.Value:G6}") : trial.State.ToString().ToLowerInvariant(),
        trial.Duration is { } duration ? Pace.Took(duration) : "-",
        Letters.Visible(trial.Message ?? string.Join(", ", trial.Configuration.Where(pair => varied.Contains(pair.Key)).Select(pair => $"{pair.Key} {Short(pair.Value)}"))),
    });

    private static string Short(ParameterValue value) => value.IsNumber ? value.AsNumber().ToString("G4", CultureInfo.InvariantCulture) : value.ToString();
}
