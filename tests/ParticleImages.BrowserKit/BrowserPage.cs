using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ParticleImages.BrowserKit;

/// <summary>An open page.</summary>
public sealed class BrowserPage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DevTools tools;
    private readonly string session;
    private readonly ConcurrentQueue<string> requests = [];
    private readonly ConcurrentQueue<string> complaints = [];

    private BrowserPage(DevTools tools, string session)
    {
        this.tools = tools;
        this.session = session;
        tools.Happened += Take;
    }

    /// <summary>Every address that the page asked for, its own among them.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    /// <summary>Warnings and errors of its console, and exceptions of its scripts.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    /// <summary>Runs a script in the page, and waits for what it promises.</summary>
    /// <typeparam name="T">What it comes to, as JSON.</typeparam>
    /// <param name="script">An expression.</param>
    public async Task<T> EvaluateAsync<T>(string script)
    {
        JsonNode answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = script, ["awaitPromise"] = true, ["returnByValue"] = true });
        return answer["exceptionDetails"] is { } problem
            ? throw new InvalidOperationException($"{script}: {problem.ToJsonString()}")
            : answer["result"]!["value"].Deserialize<T>()!;
    }

    /// <summary>Waits until a script comes to true.</summary>
    public async Task WaitForAsync(string script)
    {
        long start = Environment.TickCount64;
        while (!await EvaluateAsync<bool>(script))
        {
            if (Environment.TickCount64 - start > Patience.TotalMilliseconds)
            {
                throw new TimeoutException($"Not within {Patience.TotalSeconds} s: {script}");
            }

            await Task.Delay(100);
        }
    }

    /// <summary>Makes the window another size.</summary>
    public Task ResizeAsync(int width, int height) => SendAsync(
        "Emulation.setDeviceMetricsOverride",
        new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });

    /// <summary>The page on paper: a PDF.</summary>
    public async Task<byte[]> PrintAsync() =>
        Convert.FromBase64String((string)(await SendAsync("Page.printToPDF", new JsonObject { ["preferCSSPageSize"] = true, ["printBackground"] = true }))["data"]!);

    /// <summary>The whole page, or what the window shows of it, as a PNG.</summary>
    public async Task SaveAsync(string path, bool isWhole = true) => await File.WriteAllBytesAsync(
        path,
        Convert.FromBase64String((string)(await SendAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["captureBeyondViewport"] = isWhole }))["data"]!));

    /// <summary>Shows the page as it would be on paper.</summary>
    public Task PrintMediaAsync() => SendAsync("Emulation.setEmulatedMedia", new JsonObject { ["media"] = "print" });

    /// <summary>Presses and lets go of a key where the keyboard is.</summary>
    public async Task PressAsync(string key)
    {
        foreach (string type in new[] { "keyDown", "keyUp" })
        {
            await SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = key == "Enter" ? 13 : 0, ["text"] = key == "Enter" ? "\r" : "" });
        }
    }

    internal static async Task<BrowserPage> OpenAsync(DevTools tools, string address, int width, int height, bool isDark)
    {
        JsonNode target = await tools.SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        JsonNode attached = await tools.SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true });
        var page = new BrowserPage(tools, (string)attached["sessionId"]!);
        foreach (string domain in new[] { "Page", "Runtime", "Network", "Log" })
        {
            await page.SendAsync($"{domain}.enable", []);
        }

        await page.ResizeAsync(width, height);
        await page.SendAsync("Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }) });
        JsonNode went = await page.SendAsync("Page.navigate", new JsonObject { ["url"] = address });
        if (went["errorText"] is { } problem)
        {
            throw new InvalidOperationException($"{address}: {problem}");
        }

        await page.WaitForAsync("location.href !== 'about:blank' && document.readyState === 'complete'");
        return page;
    }

    private Task<JsonNode> SendAsync(string method, JsonObject parameters) => tools.SendAsync(method, parameters, session);

    private void Take(string from, string method, JsonNode said)
    {
        if (from != session)
        {
            return;
        }

        switch (method)
        {
            case "Network.requestWillBeSent":
                requests.Enqueue((string)said["request"]!["url"]!);
                break;
            case "Runtime.exceptionThrown":
                complaints.Enqueue(said["exceptionDetails"]!.ToJsonString());
                break;
            case "Runtime.consoleAPICalled" when (string?)said["type"] is "warning" or "error" or "assert":
                complaints.Enqueue(said["args"]!.ToJsonString());
                break;
            case "Log.entryAdded" when (string?)said["entry"]!["level"] is "warning" or "error":
                complaints.Enqueue($"{said["entry"]!["text"]} {said["entry"]!["url"]}");
                break;
        }
    }
}
