using System.Net;
using ParticleImages.BrowserKit;
using ParticleImages.Search;
using ParticleImages.Search.Storage;

namespace ParticleImages.Cli.Tests;

/// <summary>A scan that runs, its store, the server, and a real browser.</summary>
public sealed class WatchPageTests : IDisposable
{
    private const string EvilName = "<script>alert(1)</script>";

    private readonly TemporaryFolder folder = new();
    private readonly SemaphoreSlim trials = new(0);

    public void Dispose()
    {
        trials.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_page_follows_a_scan_from_before_its_beginning_to_after_its_end()
    {
        await using Chromium browser = await Chromium.StartAsync();
        WatchServer server = await WatchServer.StartAsync(new WatchedScan(folder["trials.db"]), IPAddress.Loopback, 0, access: null);
        (Uri address, int port) = (server.Address, server.Address.Port);
        BrowserPage page = await browser.OpenAsync(address.AbsoluteUri, height: 500);
        await page.WaitForAsync("document.getElementById('live').textContent === 'Waiting for the scan.'");

        Task<ScanResult> scan = Task.Run(RunAsync, TestContext.Current.CancellationToken);
        trials.Release(4);
        await page.WaitForAsync("document.querySelectorAll('#all-trials tbody tr').length >= 4 && document.getElementById('live').textContent.startsWith('Live.')");
        Assert.Empty(page.Complaints);

        // What the reader did to the page stays when it grows.
        await page.EvaluateAsync<bool>(
            """
            (() => {
              const head = [...document.querySelectorAll('#all-trials th')].find(head => head.textContent === 'loss');
              head.firstElementChild.click(); head.firstElementChild.click(); head.firstElementChild.focus();
              document.querySelector('[data-box="all-trials"]').scrollLeft = 40;
              scrollTo(0, 200);
              return true;
            })()
            """);
        string place = "`${scrollY} ${document.querySelector('[data-box=\"all-trials\"]').scrollLeft} ${document.activeElement.textContent} ${[...document.querySelectorAll('#all-trials [aria-sort]')].map(head => head.textContent + head.getAttribute('aria-sort'))}`";
        string before = await page.EvaluateAsync<string>(place);
        trials.Release(8);
        await page.WaitForAsync("document.getElementById('top').textContent.includes('12 finished')");
        Assert.Equal(before, await page.EvaluateAsync<string>(place));
        Assert.EndsWith(" loss lossdescending", before, StringComparison.Ordinal);
        double[] losses = await page.EvaluateAsync<double[]>("[...document.querySelectorAll('#all-trials tbody tr')].map(row => Number(row.cells[2].dataset.value)).filter(loss => loss > 0)");
        Assert.Equal(losses.OrderDescending(), losses);

        trials.Release(100);
        await scan;
        await page.WaitForAsync("document.getElementById('live').textContent.startsWith('The scan is not being run')");
        Assert.Contains("20 trials (20 finished)", await page.EvaluateAsync<string>("document.getElementById('top').textContent"), StringComparison.Ordinal);
        Assert.Contains(EvilName, await page.EvaluateAsync<string>("document.body.textContent"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
        Assert.All(page.Requests, request => Assert.True(request.StartsWith("data:", StringComparison.Ordinal) || request == address.AbsoluteUri, request));
        Assert.Empty(await Accessibility.FindingsAsync(page));

        await server.DisposeAsync();
        await page.WaitForAsync("document.getElementById('live').dataset.state === 'lost'");
        Assert.Contains("Connection lost", await page.EvaluateAsync<string>("document.getElementById('live').textContent"), StringComparison.Ordinal);
        await using WatchServer again = await WatchServer.StartAsync(new WatchedScan(folder["trials.db"]), IPAddress.Loopback, port, access: null);
        await page.WaitForAsync("document.getElementById('live').dataset.state === 'ended'");
    }

    private async Task<ScanResult> RunAsync()
    {
        using ITrialStore store = SqliteTrialStore.Open(folder["trials.db"]);
        Parameter<double> rate = Parameter.Real(EvilName, 1, 2);
        return await Scan.Over(SearchSpace.Of(rate)).With(SearchStrategy.Random(20, seed: 1)).Minimize("loss").StoreIn(store).RunAsync(trial =>
        {
            trials.Wait(trial.Cancellation);
            trial.Report(1, ("loss", 1 + trial.Get(rate)));
            return trial.Get(rate);
        });
    }
}
