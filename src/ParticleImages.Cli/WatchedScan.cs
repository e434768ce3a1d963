using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ParticleImages.Reports;
using ParticleImages.Search;
using ParticleImages.Search.Storage;

namespace ParticleImages.Cli;

/// <summary>
/// The page of a scan as its store has it now. The store is looked at when somebody asks, by a connection that cannot write, and let go again: it may come, grow, be replaced or go at any time, and
/// what is wrong with it stands on the page.
/// </summary>
internal sealed class WatchedScan(string path) : IDisposable
{
    // Of its time a page may take this share, so that a scan keeps the machine.
    private const double LargestShare = 0.1;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);

    private static readonly string[] StoreNames = ["trials.db", "scan.db"];

    private readonly SemaphoreSlim turn = new(1);
    private Page? shown;
    private string key = "";
    private long lookAgain;

    /// <summary>The page, and what it is known by.</summary>
    public async Task<Page> LookAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (shown is null || Environment.TickCount64 >= lookAgain)
            {
                var clock = Stopwatch.StartNew();
                shown = await Task.Run(Look, CancellationToken.None);
                lookAgain = Environment.TickCount64 + (long)Math.Max(ShortestPause.TotalMilliseconds, clock.ElapsedMilliseconds / LargestShare);
            }

            return shown;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private Page Look()
    {
        string file = Directory.Exists(path) ? StoreNames.Select(name => Path.Combine(path, name)).FirstOrDefault(File.Exists) ?? Path.Combine(path, StoreNames[0]) : path;
        if (!File.Exists(file))
        {
            return Show($"no {file}", () => Report.Notice("Waiting for a scan", $"There is no store {file} yet. The page shows it as soon as it is there."));
        }

        try
        {
            using ITrialStore store = SqliteTrialStore.OpenReadOnly(file, patience: TimeSpan.FromSeconds(5));
            var scan = ScanResult.Of(store);
            long revision = scan.Trials.Count == 0 ? 0 : scan.Trials.Max(trial => trial.Revision);
            string name = Path.GetFileName(Path.GetDirectoryName(store.Name)) is { Length: > 0 } folder ? $"{folder}/{Path.GetFileName(file)}" : file;
            return Show(Sentence.Invariant($"{scan.Header} {revision} {scan.Trials.Count} {scan.IsRunning}"), () => Report.OfScan(scan).Title($"Scan in {name}"));
        }
        catch (Exception problem) when (problem is TrialStoreException or IOException or UnauthorizedAccessException)
        {
            return Show($"problem {problem.Message}", () => Report.Notice("The scan cannot be shown", $"{problem.Message} The page goes on looking."));
        }
    }

    private Page Show(string now, Func<Report> report)
    {
        if (shown is not null && now == key)
        {
            return shown;
        }

        byte[] html = Encoding.UTF8.GetBytes(report().ToHtml(isLive: true));
        key = now;
        return new Page(html, $"\"{Convert.ToHexStringLower(SHA256.HashData(html).AsSpan(0, 16))}\"");
    }

    internal sealed record Page(byte[] Html, string Tag);
}
