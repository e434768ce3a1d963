using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using ParticleImages.Search;
using ParticleImages.Search.Storage;

namespace ParticleImages.Cli.Tests;

/// <summary>What the server of a watched scan answers, and to whom.</summary>
public sealed class WatchServerTests : IDisposable
{
    private const string Secret = "0123456789abcdef";

    private readonly TemporaryFolder folder = new();

    // Without a jar of cookies and without following, so that what the server says is what is seen.
    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_page_is_given_once_and_then_only_what_is_new()
    {
        await Scan(folder["trials.db"], trials: 2);
        await using WatchServer server = await Serve();

        using HttpResponseMessage first = await client.GetAsync(server.Address, TestContext.Current.CancellationToken);
        using HttpResponseMessage again = await Ask(server, request => request.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("text/html; charset=utf-8", first.Content.Headers.ContentType!.ToString());
        Assert.Contains("2 trials (2 finished)", await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal("no-store", first.Headers.CacheControl!.ToString());
        Assert.Equal(["nosniff", "DENY", "no-referrer", "same-origin"], new[] { "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Resource-Policy" }.Select(name => Assert.Single(first.Headers.GetValues(name))));
        Assert.False(first.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("W/{0}", HttpStatusCode.NotModified)]
    [InlineData("\"other\", W/\"another\", {0}", HttpStatusCode.NotModified)]
    [InlineData("*", HttpStatusCode.NotModified)]
    [InlineData("\"other\"", HttpStatusCode.OK)]
    [InlineData("no tag", HttpStatusCode.OK)]
    public async Task What_is_known_may_be_said_in_every_way_that_there_is(string known, HttpStatusCode expected)
    {
        await Scan(folder["trials.db"], trials: 1);
        await using WatchServer server = await Serve();
        using HttpResponseMessage first = await client.GetAsync(server.Address, TestContext.Current.CancellationToken);

        using HttpResponseMessage again = await Ask(
            server, request => request.Headers.TryAddWithoutValidation("If-None-Match", string.Format(System.Globalization.CultureInfo.InvariantCulture, known, first.Headers.ETag)));

        Assert.Equal(expected, again.StatusCode);
    }

    [Fact]
    public async Task A_store_that_is_looked_at_is_as_it_was()
    {
        await Scan(folder["trials.db"], trials: 3);
        byte[] before = await File.ReadAllBytesAsync(folder["trials.db"], TestContext.Current.CancellationToken);
        await using WatchServer server = await Serve();

        await client.GetStringAsync(server.Address, TestContext.Current.CancellationToken);

        Assert.Equal(before, await File.ReadAllBytesAsync(folder["trials.db"], TestContext.Current.CancellationToken));
        using ITrialStore store = SqliteTrialStore.Open(folder["trials.db"]);
        Assert.Equal(3, store.ChangesSince(0, withReports: false).Trials.Count);
    }

    [Fact]
    public async Task A_store_that_is_not_there_empty_damaged_or_gone_is_said_and_the_next_one_shown()
    {
        await using WatchServer server = await Serve();
        Assert.Contains("There is no store", await Page(server), StringComparison.Ordinal);

        await File.WriteAllBytesAsync(folder["trials.db"], [], TestContext.Current.CancellationToken);
        await Until(server, "no scan has begun in it yet");
        await File.WriteAllTextAsync(folder["trials.db"], new string('x', 5000), TestContext.Current.CancellationToken);
        await Until(server, "is no SQLite file");
        File.Delete(folder["trials.db"]);
        await Until(server, "There is no store");
        await Scan(folder["trials.db"], trials: 4);
        await Until(server, "4 trials");
        foreach (string file in Directory.GetFiles(folder.Path, "trials.db*"))
        {
            File.Delete(file);
        }

        await Until(server, "There is no store");
        await Scan(folder["trials.db"], trials: 1);
        await Until(server, "1 trial (1 finished)");
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("192.0.2.1", HttpStatusCode.MisdirectedRequest)]
    [InlineData("LocalHost", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    public async Task A_page_of_somebody_elses_name_gets_nothing(string host, HttpStatusCode expected)
    {
        await Scan(folder["trials.db"], trials: 1);
        await using WatchServer server = await Serve();

        using HttpResponseMessage answer = await Ask(server, request => request.Headers.Host = host);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("1 trial", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{0}", HttpStatusCode.OK)]
    [InlineData("{0}.", HttpStatusCode.OK)]
    [InlineData("{0}.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("192.0.2.1", HttpStatusCode.OK)]
    public async Task Beyond_this_machine_it_answers_to_the_machines_own_names_alone(string host, HttpStatusCode expected)
    {
        await using WatchServer server = await WatchServer.StartAsync(new WatchedScan(folder["trials.db"]), IPAddress.Any, 0, access: null);

        using HttpResponseMessage answer = await Ask(server, request => request.Headers.Host = string.Format(System.Globalization.CultureInfo.InvariantCulture, host, Environment.MachineName));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task There_is_nothing_to_send(string method)
    {
        await using WatchServer server = await Serve();

        using HttpResponseMessage answer = await Ask(server, request => request.Method = new HttpMethod(method));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task There_is_one_page()
    {
        await using WatchServer server = await Serve();

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri(server.Address, "/../trials.db"), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri(server.Address, "/trials.db"), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Who_has_the_token_gets_a_cookie_for_it_and_nobody_else_sees_anything()
    {
        await Scan(folder["trials.db"], trials: 1);
        await using WatchServer server = await Serve(AccessToken.Of("--token", Secret));

        using HttpResponseMessage refused = await client.GetAsync(server.Address, TestContext.Current.CancellationToken);
        string page = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("?token=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("1 trial", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, page, StringComparison.Ordinal);
        foreach (string wrong in new[] { "?token=", "?token=0123456789abcdee", "?token=0123456789abcdef0", "?Token=x&token=0123456789ABCDEF" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri(server.Address, wrong), TestContext.Current.CancellationToken)).StatusCode);
        }

        using HttpResponseMessage admitted = await client.GetAsync(new Uri(server.Address, $"?token={Secret}"), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (admitted.StatusCode, admitted.Headers.Location!.ToString()));
        string cookie = Assert.Single(admitted.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Secret, cookie, StringComparison.Ordinal);

        using HttpResponseMessage shown = await Ask(server, request => request.Headers.Add("Cookie", cookie[..cookie.IndexOf(';', StringComparison.Ordinal)]));
        Assert.Contains("1 trial", await shown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;

        ToolRun.Of("watch", folder["trials.db"], "--port", FormattableString.Invariant($"{port}")).AssertFailed($"Port {port} of 127.0.0.1 cannot be had", "--port");
    }

    [Theory]
    [InlineData("--port 70000", "--port", "70000")]
    [InlineData("--listen 'everywhere' is no address", "--listen", "everywhere")]
    [InlineData("16 or more", "--listen", "0.0.0.0", "--token", "secret")]
    [InlineData("16 or more", "--token", "0123456789abcdef&x=1")]
    public void What_cannot_be_meant_is_said(string expected, params string[] options) =>
        ToolRun.Of(["watch", folder["trials.db"], .. options]).AssertWrongUsage(expected, "See particle-images watch --help.");

    [Theory]
    [InlineData(false, "--port", "0")]
    [InlineData(true, "--listen", "0.0.0.0")]
    public async Task It_tells_its_address_with_a_token_beyond_this_machine_and_ends_with_an_interrupt(bool hasToken, params string[] options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Interrupts are sent with kill.");
        await Scan(folder["trials.db"], trials: 2);
        using System.Diagnostics.Process process = ToolProcess.Start(["watch", folder.Path, .. options]);

        string said = (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
        string address = said[(said.LastIndexOf(' ') + 1)..];
        string[] more = hasToken ? [(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!] : [];
        using HttpResponseMessage answer = await client.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
        await ToolProcess.Signal(process, "INT");

        Assert.StartsWith($"Watching {folder.Path} at http://127.0.0.1:", said, StringComparison.Ordinal);
        Assert.Equal(hasToken, address.Contains("?token=", StringComparison.Ordinal));
        if (hasToken)
        {
            Assert.Matches($"^From other machines: http://[^/]*{Regex.Escape(new Uri(address).Authority.Split(':')[1])}/{Regex.Escape(new Uri(address).Query)}$", more[0]);
            Assert.Contains("ssh -L", more[1], StringComparison.Ordinal);
        }

        Assert.Equal(hasToken ? HttpStatusCode.SeeOther : HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((0, ""), (process.ExitCode, await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_name_does_not_change_the_terminal()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Interrupts are sent with kill.");
        using System.Diagnostics.Process process = ToolProcess.Start("watch", "\u001b[31mred");

        string said = (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
        await ToolProcess.Signal(process, "INT");

        Assert.StartsWith("Watching \u241b[31mred at http://127.0.0.1:", said, StringComparison.Ordinal);
    }

    private static Task<ScanResult> Scan(string path, int trials)
    {
        using ITrialStore store = SqliteTrialStore.Open(path);
        return Task.FromResult(ParticleImages.Search.Scan.Over(SearchSpace.Of(Parameter.Real("rate", 0, 1))).With(SearchStrategy.Random(trials, seed: 1)).Minimize("loss").StoreIn(store)
            .RunAsync(trial => trial.Number).GetAwaiter().GetResult());
    }

    private Task<WatchServer> Serve(AccessToken? access = null) => WatchServer.StartAsync(new WatchedScan(folder["trials.db"]), IPAddress.Loopback, 0, access);

    private async Task<HttpResponseMessage> Ask(WatchServer server, Action<HttpRequestMessage> with)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address);
        with(request);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private Task<string> Page(WatchServer server) => client.GetStringAsync(server.Address, TestContext.Current.CancellationToken);

    private async Task Until(WatchServer server, string said)
    {
        for (int attempt = 0; attempt < 200 && !(await Page(server)).Contains(said, StringComparison.Ordinal); attempt++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Contains(said, await Page(server), StringComparison.Ordinal);
    }
}
