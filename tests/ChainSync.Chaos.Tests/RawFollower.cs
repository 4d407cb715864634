using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ChainSync.Server.Features.Identity;

namespace ChainSync.Chaos.Tests;

/// <summary>One that speaks the protocol by hand, from its text alone, and holds each connection to it.</summary>
internal class RawFollower(Chain chain, Uri proxy, Person person, string name, string channel, long start, string epoch, int seed) : Follower(person, name)
{
    /// <summary>A line on which nothing comes for so long is dead: the hub speaks every 30 s, and answers a ping at once.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(15);

    private readonly Random _random = new(seed);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly byte[] _buffer = new byte[1 << 20];
    private readonly HashSet<(string, long, int)> _row = [];
    private readonly HashSet<(string, long, int)> _onThisLine = [];
    private long _position = start;
    private long _latest;
    private volatile ClientWebSocket? _socket;
    private volatile CancellationTokenSource? _line;
    private volatile bool _isAsked;
    private Task _running = Task.CompletedTask;

    protected Chain Chain { get; } = chain;

    protected string Channel { get; } = channel;

    /// <summary>How many events have come.</summary>
    protected int Count => Events.TryGetValue(Channel, out var events) ? events.Count : 0;

    /// <summary>When the present connection was begun.</summary>
    protected DateTimeOffset Connected { get; private set; }

    public override void Start()
    {
        Progress(Channel, _position);
        _running = RunAsync();
    }

    /// <summary>A line that does not answer this soon is given up.</summary>
    public override void Ask() => _ = AskAsync();

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _sending.Dispose();
    }

    /// <summary>A token for the next connection, or for the present one.</summary>
    protected virtual string Token() => Chain.Token(Person, TimeSpan.FromMinutes(5));

    /// <summary>The hub has let it in, as somebody of this role.</summary>
    protected virtual void LetIn(string role)
    {
    }

    /// <summary>Whether a word of refusal is what should have come. All others are wrong.</summary>
    protected virtual bool IsDue(string type, string? code) => false;

    /// <summary>Whether the hub may end the connection with a code that says not to come back.</summary>
    protected virtual bool IsDue(int closeCode) => false;

    protected virtual void TakeAt(DateTimeOffset at)
    {
    }

    /// <summary>Sends the token as it is now on the present line, if there is one.</summary>
    protected async Task AuthenticateAsync()
    {
        if (_socket is { State: WebSocketState.Open } socket && _line is { } line) await SendAsync(socket, AuthFrame, line.Token);
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested && !IsOver)
        {
            using var socket = new ClientWebSocket();
            using var line = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            try
            {
                line.CancelAfter(AnswerTime);
                Connected = TimeProvider.System.GetUtcNow();
                await socket.ConnectAsync(new UriBuilder(proxy) { Scheme = "ws", Path = "/ws/notifications" }.Uri, line.Token);
                await SendAsync(socket, AuthFrame, line.Token);
                await SendAsync(socket, SubscribeFrame, line.Token);
                (_isAsked, _socket, _line) = (false, socket, line);
                _onThisLine.Clear();
                while (await ReadAsync(socket, line))
                {
                }
            }
            catch (Exception e) when (e is WebSocketException or SocketException or OperationCanceledException or IOException)
            {
                await Task.Delay(_random.Next(200)).ConfigureAwait(false);
            }
            (_socket, _line) = (null, null);
        }
    }

    private string AuthFrame() => $$$"""{"type":"auth","data":{"token":"{{{Token()}}}"}}""";

    private string SubscribeFrame() =>
        $$$"""{"type":"subscribe","data":{"channel":"{{{Channel}}}","since":{{{_position}}},"epoch":"{{{epoch}}}","mode":"{{{(Latest ? "latest" : "all")}}}"}}""";

    /// <summary>Reads one frame. False when the hub said goodbye.</summary>
    private async Task<bool> ReadAsync(ClientWebSocket socket, CancellationTokenSource line)
    {
        line.CancelAfter(Silence);
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), line.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                var code = (int?)socket.CloseStatus ?? 0;
                if (IsDue(code)) IsOver = true;
                else if (code is >= 4500 or 1002 or 1003 or 1007 or 1009) Wrongs.Enqueue($"closed with {code}");
                return false;
            }
            length += part.Count;
            if (part.EndOfMessage) break;
        }
        _isAsked = false;
        Take(JsonElement.Parse(_buffer.AsSpan(0, length)), _buffer.AsSpan(0, length));
        if (Dawdles && _random.Next(1_000) == 0) await Task.Delay(_random.Next(1, 12_000), _stop.Token);
        return !IsOver;
    }

    private void Take(JsonElement frame, ReadOnlySpan<byte> text)
    {
        var type = frame.GetProperty("type").GetString()!;
        switch (type)
        {
            case "authenticated":
                LetIn(frame.GetProperty("data").GetProperty("user").GetProperty("role").GetString()!);
                break;
            case "subscribed":
                var answer = frame.GetProperty("data");
                _latest = answer.GetProperty("seq").GetInt64();
                if (!answer.GetProperty("recovered").GetBoolean() || _latest != _position) Wrongs.Enqueue($"subscribed at {_latest} for {_position}: {frame}");
                break;
            case "heartbeat" or "pong":
                if (frame.GetProperty("data").GetProperty("positions").TryGetProperty(Channel, out var seq)) Complete(seq.GetInt64());
                break;
            case "resync" or "unsubscribed" or "error":
                if (!IsDue(type, frame.GetProperty("data").TryGetProperty("code", out var code) ? code.GetString() : null)) Wrongs.Enqueue(frame.ToString());
                break;
            default:
                if (frame.TryGetProperty("seq", out _)) TakeEvent(frame, text);
                break;
        }
    }

    private void TakeEvent(JsonElement frame, ReadOnlySpan<byte> text)
    {
        var part = frame.TryGetProperty("part", out var p) ? p.GetInt32() : 0;
        var e = Received.Of(frame.GetProperty("channel").GetString()!, frame.GetProperty("seq").GetInt64(), part, text);
        var key = (e.Channel, e.Seq, e.Part);
        if (!_onThisLine.Add(key)) Wrongs.Enqueue($"{e} came twice on one connection");
        if (e.Seq <= _position || e.Seq < _latest) Wrongs.Enqueue($"{e} came after {Math.Max(_position, _latest)}");
        if (e.Seq > _latest) _onThisLine.RemoveWhere(k => k.Item2 < e.Seq);
        _latest = e.Seq;
        if (e.Seq - 1 > _position)
        {
            _position = e.Seq - 1;
            _row.RemoveWhere(k => k.Item2 < e.Seq);
        }
        TakeAt(frame.GetProperty("at").GetDateTimeOffset());
        if (_row.Add(key)) Take(Channel, e);
    }

    private void Complete(long seq)
    {
        if (seq < _latest) Wrongs.Enqueue($"the position {seq} was told after {_latest}");
        _position = Math.Max(_position, seq);
        Progress(Channel, _position);
    }

    private async Task AskAsync()
    {
        // Who has asked waits for the answer: another question would only put its time off.
        if (_isAsked || _socket is not { State: WebSocketState.Open } socket || _line is not { } line) return;
        _isAsked = true;
        try
        {
            line.CancelAfter(AnswerTime);
            await SendAsync(socket, () => """{"type":"ping"}""", line.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The line is gone; the next one says where it is by itself.
        }
    }

    // What it says is made when its turn has come, so that a token is never older than one that was sent before it.
    private async Task SendAsync(ClientWebSocket socket, Func<string> frame, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(frame()), WebSocketMessageType.Text, true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }
}
