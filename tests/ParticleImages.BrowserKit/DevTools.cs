using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ParticleImages.BrowserKit;

/// <summary>The DevTools protocol over a socket: commands with answers, and events of pages.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebSocket socket;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> waiting = [];
    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource closing = new();
    private readonly Task reading;
    private int last;

    private DevTools(WebSocket socket)
    {
        this.socket = socket;
        reading = Task.Run(ReadAsync);
    }

    /// <summary>A page's session, the event's name, and what it says.</summary>
    public event Action<string, string, JsonNode>? Happened;

    public static async Task<DevTools> ConnectAsync(Uri address, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        try
        {
            await socket.ConnectAsync(address, cancellation);
            return Of(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Speaks over a socket that is open, and disposes of it at the end.</summary>
    public static DevTools Of(WebSocket socket) => new(socket);

    /// <exception cref="InvalidOperationException">The browser refuses the command, or is gone.</exception>
    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null, string? session = null)
    {
        int id = Interlocked.Increment(ref last);
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = answer;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        await WriteAsync(JsonSerializer.SerializeToUtf8Bytes(message));
        await Task.WhenAny(answer.Task, reading).WaitAsync(Patience);
        JsonNode said = answer.Task.IsCompleted ? await answer.Task : throw Gone();
        return said["error"] is { } error ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}") : said["result"]!;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await reading;
        socket.Dispose();
        turn.Dispose();
        closing.Dispose();
    }

    private async Task WriteAsync(byte[] message)
    {
        await turn.WaitAsync();
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, closing.Token);
        }
        catch (Exception problem) when (problem is OperationCanceledException or WebSocketException)
        {
            throw Gone(problem);
        }
        finally
        {
            turn.Release();
        }
    }

    private static InvalidOperationException Gone(Exception? why = null) => new("The browser is gone.", why);

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), closing.Token);
                message.Write(buffer, 0, part.Count);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                if (part.EndOfMessage)
                {
                    Take(JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!);
                    message.SetLength(0);
                }
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or WebSocketException)
        {
            // Who waits for an answer is told that there will be none.
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"] is { } id)
        {
            if (waiting.TryRemove((int)id, out TaskCompletionSource<JsonNode>? answer))
            {
                answer.TrySetResult(message);
            }
        }
        else
        {
            Happened?.Invoke((string?)message["sessionId"] ?? "", (string)message["method"]!, message["params"]!);
        }
    }
}
