using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace ChainSync.RealtimePeers;

/// <summary>
/// The least that can be done on Kestrel: a list of sockets and one send per client per event. It has no queue, no limit and no
/// protection from a slow reader; it is here as the floor. Hand-framed, it writes finished frames to the upgraded stream itself.
/// </summary>
internal sealed class SocketLoopPeer(bool handFramed) : IPeer
{
    private const int BufferBytes = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Member>> _channels = [];

    public void AddTo(IServiceCollection services)
    {
    }

    public void MapTo(WebApplication app)
    {
        app.UseWebSockets();
        app.Map("/ws", ServeAsync);
    }

    public async Task PublishAsync(string storeId, long first, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var sale = SaleCreated.Of(storeId, first + i);
            var json = JsonSerializer.SerializeToUtf8Bytes(sale, PeerJson.Default.SaleCreated);
            var bytes = handFramed ? Framed(json) : json;
            foreach (var member in Members(sale.Channel)) await member.SendAsync(bytes);
        }
    }

    private Member[] Members(string channel)
    {
        lock (_gate) return _channels.TryGetValue(channel, out var members) ? [.. members] : [];
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var member = handFramed ? await Member.UpgradeAsync(context) : new Member(await context.WebSockets.AcceptWebSocketAsync(), null);
        var buffer = new byte[BufferBytes];
        string? user = null;
        try
        {
            while (true)
            {
                var part = await member.Socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
                if (part.MessageType == WebSocketMessageType.Close) break;
                if (!part.EndOfMessage) throw new InvalidDataException("The bench sends small messages only.");
                var answer = Answer(buffer.AsMemory(0, part.Count), member, ref user);
                await member.SendAsync(handFramed ? Framed(answer) : answer);
            }
            await member.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException)
        {
            // The client is gone.
        }
        finally
        {
            Leave(member);
        }
    }

    private byte[] Answer(ReadOnlyMemory<byte> message, Member member, ref string? user)
    {
        using var frame = JsonDocument.Parse(message);
        var root = frame.RootElement;
        switch (root.GetProperty("type").GetString())
        {
            case "ping":
                return """{"type":"pong"}"""u8.ToArray();
            case "auth":
                user = AccessToken.Verify(root.GetProperty("data").GetProperty("token").GetString()!)?.User ?? throw new InvalidDataException("bad token");
                return Encoding.UTF8.GetBytes($$$"""{"type":"authenticated","data":{"user":"{{{user}}}"}}""");
            case "subscribe" when user is not null:
                var channel = root.GetProperty("data").GetProperty("channel").GetString()!;
                Join(member, channel);
                return Encoding.UTF8.GetBytes($$$"""{"type":"subscribed","data":{"channel":"{{{channel}}}"}}""");
            default:
                throw new InvalidDataException("The bench sends no such frame.");
        }
    }

    private void Join(Member member, string channel)
    {
        lock (_gate)
        {
            if (!_channels.TryGetValue(channel, out var members)) _channels[channel] = members = [];
            members.Add(member);
            member.Channel = channel;
        }
    }

    private void Leave(Member member)
    {
        lock (_gate)
        {
            if (member.Channel is { } channel) _channels[channel].Remove(member);
        }
    }

    private static byte[] Framed(ReadOnlySpan<byte> text)
    {
        byte[] head = text.Length < 126 ? [0x81, (byte)text.Length] : [0x81, 126, (byte)(text.Length >> 8), (byte)text.Length];
        return [.. head, .. text];
    }
}
