using ParticleImages.BrowserKit;

namespace ParticleImages.Reports.Tests;

/// <summary>One browser and one of each page for all tests. With <c>PARTICLE_IMAGES_KEEP_PAGES=FOLDER</c> the pages and how they look stay there, for who wants to see them.</summary>
public sealed class BrowserPages : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> addresses = [];
    private Chromium? browser;

    private static string? KeptIn => Environment.GetEnvironmentVariable("PARTICLE_IMAGES_KEEP_PAGES") is { Length: > 0 } kept ? kept : null;

    public async ValueTask InitializeAsync() => browser = Chromium.Program is null ? null : await Chromium.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        folder.Dispose();
    }

    /// <summary>Opens a page from a file, as people do.</summary>
    public async Task<BrowserPage> OpenAsync(string name, int width = 1280, bool isDark = false)
    {
        Assert.SkipWhen(browser is null, Chromium.WhereToGetOne);
        if (!addresses.TryGetValue(name, out string? address))
        {
            addresses[name] = address = await WriteAsync(name);
        }

        return await browser!.OpenAsync(address, width, isDark: isDark);
    }

    public static async Task KeepAsync(BrowserPage page, string name)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (KeptIn is { } kept)
        {
            Directory.CreateDirectory(kept);
            await page.SaveAsync(Path.Combine(kept, $"{name}.png"));
        }
    }

    public static async Task KeepAsync(string name, byte[] bytes)
    {
        if (KeptIn is { } kept)
        {
            await File.WriteAllBytesAsync(Path.Combine(kept, name), bytes);
        }
    }

    private async Task<string> WriteAsync(string name)
    {
        Report report = name switch
        {
            "training" => Report.Of(Samples.Training(folder["trained"])).Title("Electrons and photons"),
            "scan" => Report.Of(await Samples.ScanFile(folder["scan"], trials: 40)),
            "evil" => Report.Of(await Samples.ScanFile(folder["evil"], trials: 24, isEvil: true)).Title(Samples.EvilNames[0]),
            _ => Report.Notice("Nothing yet", "There is no store at this path."),
        };
        string path = folder[$"{name}.html"];
        report.Save(path);
        if (KeptIn is { } kept)
        {
            Directory.CreateDirectory(kept);
            File.Copy(path, Path.Combine(kept, $"{name}.html"), overwrite: true);
        }

        return new Uri(path).AbsoluteUri;
    }
}
