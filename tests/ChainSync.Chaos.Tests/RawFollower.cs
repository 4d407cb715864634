using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ChainSync.Server.Features.Identity;

namespace ChainSync.Chaos.Tests;

/// <summary>One that speaks the protocol by hand, from its text alone, and holds each connection to it.</summary>
internal sealed class RawFollower(Chain chain, Uri proxy, Person person, string name, string channel, long start, string epoch, int seed) : Follower(person, name)
{
    private readonly Random _random = new(seed);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _buffer = new byte[1 << 20];
    private readonly HashSet<(string, long, int)> _row = [];
    private readonly HashSet<(string, long, int)> _onThisLine = [];
    private long _position = start;
    private long _latest;
    private volatile bool _asked;
    private Task _running = Task.CompletedTask;

    public override void Start()
    {
        Progress(channel, _position);
        _running = RunAsync();
    }

    public override void Ask() => _asked = true;

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            using var socket = new ClientWebSocket();
            using var line = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            try
            {
                // A line gone silent is given up.
                line.CancelAfter(TimeSpan.FromSeconds(15));
                await socket.ConnectAsync(new UriBuilder(proxy) { Scheme = "ws", Path = "/ws/notifications" }.Uri, line.Token);
                await SendAsync(socket, $$$"""{"type":"auth","data":{"token":"{{{chain.Token(Person, TimeSpan.FromMinutes(5))}}}"}}""", line.Token);
                await SendAsync(socket, $$$"""{"type":"subscribe","data":{"channel":"{{{channel}}}","since":{{{_position}}},"epoch":"{{{epoch}}}"}}""", line.Token);
                _onThisLine.Clear();
                while (await ReadAsync(socket, line))
                {
                }
            }
            catch (Exception e) when (e is WebSocketException or SocketException or OperationCanceledException or IOException)
            {
                await Task.Delay(_random.Next(200)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads one frame. False when the hub said goodbye.</summary>
    private async Task<bool> ReadAsync(ClientWebSocket socket, CancellationTokenSource line)
    {
        if (_asked)
        {
            _asked = false;
            await SendAsync(socket, """{"type":"ping"}""", line.Token);
        }
        line.CancelAfter(TimeSpan.FromSeconds(Dawdles ? 40 : 3));
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), line.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                if ((int?)socket.CloseStatus is >= 4500 or 1002 or 1003 or 1007 or 1009) Wrongs.Enqueue($"closed with {socket.CloseStatus}");
                return false;
            }
            length += part.Count;
            if (part.EndOfMessage) break;
        }
        using var frame = JsonDocument.Parse(_buffer.AsMemory(0, length));
        Take(frame.RootElement, _buffer.AsSpan(0, length));
        if (Dawdles && _random.Next(1_000) == 0) await Task.Delay(_random.Next(1, 12_000), _stop.Token);
        return true;
    }

    private void Take(JsonElement frame, ReadOnlySpan<byte> text)
    {
        var type = frame.GetProperty("type").GetString();
        switch (type)
        {
            case "subscribed":
                var answer = frame.GetProperty("data");
                _latest = answer.GetProperty("seq").GetInt64();
                if (!answer.GetProperty("recovered").GetBoolean() || _latest != _position) Wrongs.Enqueue($"subscribed at {_latest} for {_position}: {frame}");
                break;
            case "heartbeat" or "pong":
                if (frame.GetProperty("data").GetProperty("positions").TryGetProperty(channel, out var seq)) Complete(seq.GetInt64());
                break;
            case "resync" or "unsubscribed" or "error":
                Wrongs.Enqueue(frame.ToString());
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
        if (_row.Add(key)) Take(channel, e);
    }

    private void Complete(long seq)
    {
        if (seq < _latest) Wrongs.Enqueue($"the position {seq} was told after {_latest}");
        _position = Math.Max(_position, seq);
        Progress(channel, _position);
    }

    private static Task SendAsync(ClientWebSocket socket, string frame, CancellationToken cancellationToken) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, cancellationToken);
}
