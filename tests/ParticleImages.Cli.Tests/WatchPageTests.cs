using System.Net;
using ParticleImages.BrowserKit;
using ParticleImages.Formats;
using ParticleImages.Pipelines;
using ParticleImages.Search;
using ParticleImages.Search.Storage;
using ParticleImages.Simulation;

namespace ParticleImages.Cli.Tests;

/// <summary>A scan that runs, its store, the server, and a real browser.</summary>
[Collection("torch")]
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

    [Fact]
    public async Task A_page_of_a_scans_folder_shows_its_events_and_the_model_of_the_best_trial_as_it_changes()
    {
        await using Chromium browser = await Chromium.StartAsync();
        using EventSource events = ToyShowers.With(photons: 20, electrons: 20, seed: 1).Build();
        EventFile.Save(events, folder["toy.npz"]);
        Directory.CreateDirectory(folder["run/scan"]);
        new RunSummary([folder["toy.npz"]], EventLayout.Default, IsSynthetic: true, (20, 20, 0), ("by", EvilName)).Write(folder["run"]);
        await using WatchServer server = await WatchServer.StartAsync(new WatchedScan(folder["run"]), IPAddress.Loopback, 0, access: null);

        Task<ScanResult> scan = Task.Run(() => RunPipelineAsync(events, folder["run/scan"]), TestContext.Current.CancellationToken);
        BrowserPage page = await browser.OpenAsync(server.Address.AbsoluteUri);
        await page.WaitForAsync("!!document.getElementById('events') && document.getElementById('run').textContent.includes('toy.npz')");
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('#network, #training').length"));
        string images = await Image("images");

        trials.Release();
        await page.WaitForAsync("document.getElementById('training')?.textContent.includes('Of the best trial, number 0') ?? false");
        (string kernels, string layers) = (await Image("kernels"), await Text("layers"));
        trials.Release();
        await page.WaitForAsync("document.getElementById('training').textContent.includes('Of the best trial, number 1')");

        Assert.NotEqual(kernels, await Image("kernels"));
        Assert.NotEqual(layers, await Text("layers"));
        Assert.Equal(images, await Image("images"));
        await scan;
        await page.WaitForAsync("document.getElementById('live').textContent.startsWith('The scan is not being run')");
        Assert.Contains(EvilName, await Text("run"), StringComparison.Ordinal);
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('.missing, #problems').length"));
        Assert.True(await page.EvaluateAsync<bool>("[...document.images].every(image => image.complete && image.naturalWidth > 0)"));
        Assert.Empty(page.Complaints);
        Assert.All(page.Requests, request => Assert.True(request.StartsWith("data:", StringComparison.Ordinal) || request == server.Address.AbsoluteUri, request));
        Assert.Equal(["scan", "summary.json"], Directory.GetFileSystemEntries(folder["run"]).Select(Path.GetFileName).Order());

        Task<string> Image(string id) => page.EvaluateAsync<string>($"document.querySelector('#{id} img').src");
        Task<string> Text(string id) => page.EvaluateAsync<string>($"document.getElementById('{id}').textContent");
    }

    [Fact]
    public async Task A_link_with_the_token_leads_to_the_page_also_from_another_site()
    {
        await using Chromium browser = await Chromium.StartAsync();
        var access = AccessToken.New();
        await using WatchServer server = await WatchServer.StartAsync(new WatchedScan(folder["trials.db"]), IPAddress.Loopback, 0, access);
        File.WriteAllText(folder["mail.html"], $"<a href=\"{server.Address}?token={access.Text}\">The scan</a>");
        BrowserPage page = await browser.OpenAsync(new Uri(folder["mail.html"]).AbsoluteUri);
        await page.EvaluateAsync<bool>("document.querySelector('a').click() || true");

        await page.WaitForAsync("document.title === 'Waiting for a scan'");
        Assert.Equal(server.Address.AbsoluteUri, await page.EvaluateAsync<string>("location.href"));
    }

    // Each trial is better than the one before, and its network larger.
    private async Task<ScanResult> RunPipelineAsync(EventSource events, string target)
    {
        using ITrialStore store = SqliteTrialStore.Open(Path.Combine(target, "trials.db"));
        Parameter<int> filters = Parameter.OneOf("filters_1", 2, 3);
        Pipeline pipeline = new NamedParameters { Crop = 8, Epochs = 2 }.ApplyTo(Pipeline.On(events, events));
        return await Scan.Over(SearchSpace.Of(filters)).With(SearchStrategy.Grid()).Minimize("rank").FilesIn(target).StoreIn(store).RunAsync(trial =>
        {
            trials.Wait(trial.Cancellation);
            using PipelineResult result = pipeline.Run(trial.Configuration, trial.Seed);
            result.Model.Save(Path.Combine(trial.Folder!, "model"));
            return result.Metrics.And("rank", -trial.Number);
        });
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
