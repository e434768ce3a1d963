using ParticleImages.Search;
using Spectre.Console;

namespace ElectronPhoton;

/// <summary>A scan's progress as a bar: trials done of all, time taken and left, seconds a trial, and the best so far.</summary>
internal static class ScanDisplay
{
    public static Task<ScanResult> WatchAsync(Func<IProgress<ScanProgress>, Task<ScanResult>> run) =>
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(context =>
            {
                ProgressTask bar = context.AddTask("Trials");
                return run(new Relay<ScanProgress>(now =>
                {
                    bar.MaxValue = now.Total ?? Math.Max(1, now.Done + now.Running);
                    bar.Value = now.Done;
                    bar.Description = Markup.Escape(now.ToString());
                }));
            });
}
