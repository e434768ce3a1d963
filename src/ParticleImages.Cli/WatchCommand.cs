using System.CommandLine;
using System.Net;
using ParticleImages.Terminal;

namespace ParticleImages.Cli;

/// <summary>Serves the report of a scan while it runs.</summary>
internal sealed class WatchCommand : Command
{
    private readonly Argument<string> store = FilesArgument.One(
        "STORE", "The file of a scan's trials, or the folder that scan writes to. It may not be there yet, and is never written to.");

    private readonly Option<int> port = NumberOption.Whole("--port", "The port; 0 for any that is free.", "N", byDefault: 0);

    private readonly Option<string> listen = new("--listen")
    {
        Description = "The address to listen on. Others than this machine's own 127.0.0.1 and ::1 are reached by other machines, and want a token.",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<string?> token = new("--token")
    {
        Description = $"What a reader has to show once, {AccessToken.Shortest} letters or more. Beyond this machine one is made and told where none is given.",
        HelpName = "TEXT",
    };

    public WatchCommand()
        : base("watch", "Serve the report of a scan to a browser of this machine, and keep it up to date while trials finish.")
    {
        Add(store);
        Add(port);
        Add(listen);
        Add(token);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string path = parsed.GetValue(store)!;
        int number = parsed.GetValue(port);
        if (number is < 0 or > ushort.MaxValue)
        {
            throw new UsageException(Sentence.Invariant($"{port.Name} {number}: a port is from 0, any that is free, to {ushort.MaxValue}."));
        }

        IPAddress address = AddressOf(parsed.GetValue(listen)!);
        AccessToken? access = parsed.GetValue(token) is { } given ? AccessToken.Of(token.Name, given) : IPAddress.IsLoopback(address) ? null : AccessToken.New();
        await using WatchServer server = await WatchServer.StartAsync(new WatchedScan(path), address, number, access);

        // As it is, on one line: what is broken to fit a terminal is no address any more.
        string query = access is null ? "" : $"?token={access.Text}";
        parsed.InvocationConfiguration.Output.WriteLine($"Watching {Letters.Visible(path)} at {server.Address}{query}");
        if (server.AddressForOthers is { } beyond)
        {
            parsed.InvocationConfiguration.Output.WriteLine($"From other machines: {beyond}{query}");
        }

        if (!IPAddress.IsLoopback(address))
        {
            parsed.InvocationConfiguration.Output.WriteLine(Sentence.Invariant($"Nothing is encrypted. A tunnel is, and needs no {listen.Name}: ssh -L {server.Address.Port}:127.0.0.1:{server.Address.Port} {Environment.MachineName}"));
        }

        parsed.InvocationConfiguration.Output.WriteLine("Ctrl-C ends it.");
        await parsed.InvocationConfiguration.Output.FlushAsync(cancellation);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The one way to end it.
        }

        return ExitCode.Done;
    }

    private IPAddress AddressOf(string text) => text == "localhost"
        ? IPAddress.Loopback
        : IPAddress.TryParse(text, out IPAddress? address)
            ? address
            : throw new UsageException($"{listen.Name} '{text}' is no address such as 127.0.0.1, or 0.0.0.0 for all of this machine's.");
}
