using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using ParticleImages.BrowserKit;

namespace ParticleImages.Reports.Tests;

/// <summary>What becomes of a test whose browser fails: it is told at once, and nothing is left behind.</summary>
public sealed class BrowserKitTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("exit 3", typeof(InvalidOperationException))]
    [InlineData("echo DevTools listening on ws://127.0.0.1:1/ >&2; exec sleep 100", typeof(WebSocketException))]
    public async Task A_browser_that_does_not_start_leaves_no_process_and_no_profile(string script, Type problem)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The browser is a shell's script.");
        string program = folder["browser"];
        await File.WriteAllTextAsync(program, $"#!/bin/sh\necho $$ > {folder["process"]}\nprintf '%s\\n' \"$@\" > {folder["arguments"]}\n{script}\n", TestContext.Current.CancellationToken);
        using (var allow = Process.Start("chmod", ["+x", program]))
        {
            await allow.WaitForExitAsync(TestContext.Current.CancellationToken);
        }


        await Assert.ThrowsAsync(problem, () => Chromium.StartAsync(program));

        string profile = File.ReadLines(folder["arguments"]).Single(line => line.StartsWith("--user-data-dir=", StringComparison.Ordinal)).Split('=')[1];
        Assert.False(Directory.Exists(profile));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(int.Parse(File.ReadAllText(folder["process"]), System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_browser_that_hangs_up_fails_the_commands_that_wait_and_those_after()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var near = new TcpClient();
        await near.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        using TcpClient far = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var tools = DevTools.Of(WebSocket.CreateFromStream(near.GetStream(), new WebSocketCreationOptions()));
        using var browser = WebSocket.CreateFromStream(far.GetStream(), new WebSocketCreationOptions { IsServer = true });

        Task waiting = tools.SendAsync("Page.enable");
        await browser.ReceiveAsync(new byte[1000], TestContext.Current.CancellationToken);
        await browser.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidOperationException>(() => tools.SendAsync("Page.enable").WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }
}
