using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using ParticleImages.Reports;
using EntityTag = Microsoft.Net.Http.Headers.EntityTagHeaderValue;

namespace ParticleImages.Cli;

/// <summary>Serves one page to whoever may see it, and nothing else.</summary>
internal sealed class WatchServer : IAsyncDisposable
{
    private static readonly TimeSpan PatienceWithNames = TimeSpan.FromSeconds(2);

    private readonly WebApplication application;
    private readonly WatchedScan scan;
    private readonly IPAddress address;
    private readonly AccessToken? access;
    private readonly HashSet<string> ownNames = new(StringComparer.OrdinalIgnoreCase);

    private WatchServer(WatchedScan scan, IPAddress address, int port, AccessToken? access)
    {
        this.scan = scan;
        this.address = address;
        this.access = access;

        // Empty, so that neither files nor the environment say where it listens.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = 0;
            options.Listen(address, port, listener => listener.Protocols = HttpProtocols.Http1);
        });
        application = builder.Build();
        application.Run(AnswerAsync);
    }

    /// <summary>Where a browser of this machine finds the page.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Where browsers of other machines find it; null where that is the same, or they do not.</summary>
    public string? AddressForOthers { get; private set; }

    private string CookieName => Sentence.Invariant($"particle-images-{Address.Port}");

    /// <exception cref="IOException">The address or port cannot be had.</exception>
    public static async Task<WatchServer> StartAsync(WatchedScan scan, IPAddress address, int port, AccessToken? access)
    {
        var server = new WatchServer(scan, address, port, access);
        if (!IPAddress.IsLoopback(address))
        {
            server.ownNames.UnionWith(await OwnNamesAsync());
        }

        try
        {
            await server.application.StartAsync();
        }
        catch (Exception problem) when (problem is IOException or SocketException)
        {
            await server.DisposeAsync();
            throw new IOException(Sentence.Invariant($"Port {port} of {address} cannot be had: {problem.Message.TrimEnd('.')}. Choose another with --port, leave it out for any that is free, or choose an address of this machine with --listen."), problem);
        }

        int bound = new Uri(server.application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        IPAddress reached = address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
        server.Address = new UriBuilder(Uri.UriSchemeHttp, reached.ToString(), bound).Uri;

        // The full name is the longest of its own, but where a machine gives itself that of all.
        server.AddressForOthers = reached.Equals(address) ? null
            : Sentence.Invariant($"http://{server.ownNames.MaxBy(name => name.StartsWith("localhost", StringComparison.OrdinalIgnoreCase) ? 0 : name.Length)}:{bound}/");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        scan.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Secure(context.Response.Headers);
        HttpRequest request = context.Request;
        if (!IsOurs(request.Host))
        {
            await SayAsync(context, StatusCodes.Status421MisdirectedRequest, "Another name", $"This server does not answer to the name '{request.Host.Host}'. Open it as {Address}, or by the machine's own name.");
        }
        else if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            await SayAsync(context, StatusCodes.Status405MethodNotAllowed, "Only to look at", "Nothing can be sent here.");
        }
        else if (access is not null && access.IsToken(request.Query["token"]))
        {
            // Out of the address, where it would be seen and kept. A browser that follows a link from elsewhere would not send a strict cookie on to the page; there is nothing here that another site could do with a lax one.
            context.Response.Cookies.Append(CookieName, access.Cookie, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/" });
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = "/";
        }
        else if (access is not null && !access.IsCookie(request.Cookies[CookieName]))
        {
            await SayAsync(context, StatusCodes.Status401Unauthorized, "A token is wanted", "Open the whole address that particle-images watch has told, with ?token= and the token at its end. The browser keeps it from then on.");
        }
        else if (request.Path != "/")
        {
            await SayAsync(context, StatusCodes.Status404NotFound, "Nothing here", $"There is one page, at {Address}.");
        }
        else
        {
            WatchedScan.Page page = await scan.LookAsync(context.RequestAborted);
            context.Response.Headers.ETag = page.Tag;
            if (IsKnown(request, page.Tag))
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            await WriteAsync(context, page.Html);
        }
    }

    // One of a list, weak or not, or any: RFC 9110, 13.1.2.
    private static bool IsKnown(HttpRequest request, string tag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTag.Any) || known.Compare(new EntityTag(tag), useStrongComparison: false));

    // A name that leads here by somebody's DNS would let that somebody's page read this one.
    private bool IsOurs(HostString host)
    {
        // A full name may end in the dot of the root.
        string name = host.Host.EndsWith('.') ? host.Host[..^1] : host.Host;
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name.Trim('[', ']'), out IPAddress? literal) && (!IPAddress.IsLoopback(address) || IPAddress.IsLoopback(literal)))
            || ownNames.Contains(name);
    }

    // The machine's name, and its full name as the system has it.
    private static async Task<IEnumerable<string>> OwnNamesAsync()
    {
        string name = Dns.GetHostName();
        try
        {
            return [Environment.MachineName, name, (await Dns.GetHostEntryAsync(name).WaitAsync(PatienceWithNames)).HostName];
        }
        catch (Exception problem) when (problem is SocketException or TimeoutException)
        {
            return [Environment.MachineName, name];
        }
    }

    private static void Secure(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = "frame-ancestors 'none'";
    }

    private static Task SayAsync(HttpContext context, int status, string title, string message)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, Encoding.UTF8.GetBytes(Report.Notice(title, message).ToHtml()));
    }

    private static async Task WriteAsync(HttpContext context, byte[] html)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = html.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(html, context.RequestAborted);
        }
    }
}
