using System.Diagnostics;
using Xunit;

namespace ParticleImages.BrowserKit;

/// <summary>
/// A real browser without a window, spoken to by its DevTools protocol. It is the program that <c>CHROMIUM</c> names, or the first of <c>chromium</c>, <c>chromium-browser</c> and <c>google-chrome</c>
/// on the path; where there is none, tests are skipped and say so.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    /// <summary>What a test says that is skipped without one.</summary>
    public const string WhereToGetOne = "No Chromium: install one (Debian: chromium), or name its program in the environment variable CHROMIUM.";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome.exe"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly string profile;
    private readonly DevTools tools;

    private Chromium(Process process, string profile, DevTools tools)
    {
        this.process = process;
        this.profile = profile;
        this.tools = tools;
    }

    /// <summary>The browser's program; null where there is none.</summary>
    public static string? Program { get; } = Find();

    /// <summary>Starts a browser with an empty profile of its own. The test is skipped where there is none.</summary>
    /// <exception cref="InvalidOperationException">It ended before it listened.</exception>
    /// <exception cref="OperationCanceledException">It did not listen within a minute.</exception>
    public static Task<Chromium> StartAsync()
    {
        Assert.SkipWhen(Program is null, WhereToGetOne);
        return StartAsync(Program!);
    }

    internal static async Task<Chromium> StartAsync(string program)
    {
        string profile = Directory.CreateTempSubdirectory("particle-images-browser-").FullName;
        Process? process = null;
        try
        {
            process = Process.Start(Command(program, profile))!;
            using var timeout = new CancellationTokenSource(Patience);
            string address = await AddressAsync(process, timeout.Token);

            // Or it would stop once the pipe is full.
            _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return new Chromium(process, profile, await DevTools.ConnectAsync(new Uri(address), timeout.Token));
        }
        catch
        {
            await EndAsync(process, profile);
            throw;
        }
    }

    /// <summary>Opens a page, waits until it is loaded, and from before on listens to what it says and asks for.</summary>
    /// <param name="address">Its address; a file's begins with <c>file://</c>.</param>
    /// <param name="width">Of the window, in pixels.</param>
    /// <param name="height">Of the window, in pixels.</param>
    /// <param name="isDark">Whether its reader prefers dark colours.</param>
    public Task<BrowserPage> OpenAsync(string address, int width = 1280, int height = 900, bool isDark = false) => BrowserPage.OpenAsync(tools, address, width, height, isDark);

    /// <summary>Ends the browser and removes its profile.</summary>
    public async ValueTask DisposeAsync()
    {
        await tools.DisposeAsync();
        await EndAsync(process, profile);
    }

    private static ProcessStartInfo Command(string program, string profile) => new(
        program,
        [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-extensions",
            "--no-first-run",

            // Or they take room on some pages and none on others.
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            $"--user-data-dir={profile}",
            "about:blank",
        ])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    };

    private static async Task<string> AddressAsync(Process process, CancellationToken cancellation)
    {
        const string said = "DevTools listening on ";
        while (await process.StandardError.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith(said, StringComparison.Ordinal))
            {
                return line[said.Length..];
            }
        }

        await process.WaitForExitAsync(cancellation);
        throw new InvalidOperationException($"{process.StartInfo.FileName} ended with code {process.ExitCode} before it listened.");
    }

    private static async Task EndAsync(Process? process, string profile)
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        for (int attempt = 0; attempt < 20 && Directory.Exists(profile); attempt++)
        {
            try
            {
                Directory.Delete(profile, recursive: true);
            }
            catch (IOException)
            {
                // Its last process is still writing.
                await Task.Delay(100);
            }
        }
    }

    private static string? Find() => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
