using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ParticleImages.Reports;

namespace ParticleImages.Cli;

/// <summary>The page of a scan as its folder or store has it now: looked at when somebody asks, and not too often.</summary>
internal sealed class WatchedScan(string path) : IDisposable
{
    // Of its time a page may take this share, so that a scan keeps the machine; a page that took a second is then at most five old.
    private const double LargestShare = 0.2;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);

    private readonly LiveReport report = LiveReport.Of(path);
    private readonly SemaphoreSlim turn = new(1);
    private Page? shown;
    private string? text;
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
        string html = report.ToHtml();
        if (ReferenceEquals(html, text))
        {
            return shown!;
        }

        text = html;
        byte[] bytes = Encoding.UTF8.GetBytes(html);
        return new Page(bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"");
    }

    internal sealed record Page(byte[] Html, string Tag);
}
