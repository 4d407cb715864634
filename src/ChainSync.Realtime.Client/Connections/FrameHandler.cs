using System.Text.Json;
using ChainSync.Realtime.Client.Channels;
using ChainSync.Realtime.Client.Wire;

namespace ChainSync.Realtime.Client.Connections;

/// <summary>Understands the hub's frames: its own move the connection and the table, all others are events for listeners.</summary>
internal sealed class FrameHandler(RealtimeClientOptions options, FeedTable table, Connection connection)
{
    private readonly Names _names = new();
    private readonly List<(string Channel, long Seq)> _positions = [];
    private readonly List<Notice> _notices = [];
    private readonly List<Listener> _listeners = [];

    /// <summary>Deals with one frame; returns when every listener has.</summary>
    public async ValueTask HandleAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        ServerFrame frame;
        try
        {
            frame = ServerFrame.Parse(json.Span, _names);
            if (TryHandleControl(frame.Type, json.Slice(frame.DataStart, frame.DataLength).Span))
            {
                await TellAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
        }
        catch (JsonException e)
        {
            options.OnFault?.Invoke(e);
            return;
        }
        if (frame.Channel is not null) await DeliverAsync(frame, json, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask DeliverAsync(ServerFrame frame, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        if (table.Collect(frame, _listeners) is not { } epoch) return;
        var e = new RealtimeEvent(frame, json.ToArray(), epoch);
        foreach (var listener in _listeners)
        {
            await listener.Subscription.DeliverAsync(e, cancellationToken).ConfigureAwait(false);
            table.Took(listener, e);
        }
    }

    private async ValueTask TellAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < _notices.Count; i++)
        {
            try
            {
                await _notices[i].Subscription.DeliverAsync(_notices[i].Message, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                _notices.Skip(i).ToList().ForEach(table.Undelivered);
                throw;
            }
        }
        // An answer may have made room for a frame that waited for it.
        connection.Wake();
    }

    private bool TryHandleControl(string type, ReadOnlySpan<byte> data)
    {
        if (type is not ("heartbeat" or "pong" or "subscribed" or "unsubscribed" or "resync" or "welcome" or "authenticated" or "reconnect" or "error"))
            return false;
        _notices.Clear();
        HandleControl(type, ControlData.Parse(data, _names, _positions));
        return true;
    }

    private void HandleControl(string type, in ControlData data)
    {
        switch (type)
        {
            case "heartbeat":
                table.Completed(_positions, _notices);
                break;
            case "pong":
                table.Completed(_positions, _notices);
                table.Ponged();
                break;
            case "subscribed":
                table.Answered(data.Named, data.Position, data.Recovered, _notices);
                break;
            case "unsubscribed":
                table.Ended(data.Named, data.Code, _notices);
                break;
            case "resync":
                table.Resync(data.Named, data.Position, _notices);
                break;
            case "welcome":
                if (data.HeartbeatMs is > 0 and { } heartbeat) connection.Welcomed(Span(heartbeat));
                break;
            case "authenticated":
                connection.Authenticated(Span(data.ExpiresInMs ?? throw new JsonException("The frame does not say when the token ends.")));
                break;
            case "reconnect":
                connection.ReconnectAfter(Span(data.AfterMs ?? 0));
                break;
            default:
                HandleError(data);
                break;
        }
    }

    /// <summary>What a timer can wait: a month will do for more.</summary>
    private static TimeSpan Span(long milliseconds) => TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, int.MaxValue));

    private void HandleError(in ControlData data)
    {
        var code = data.Code ?? throw new JsonException("The error has no code.");
        switch (code)
        {
            case var _ when data.Event is not null:
                // Of what was published only the fault is left; it says nothing about what is followed.
                break;
            case "hub.not-subscribed" when data.Channel is { } left:
                table.Ended(left, null, _notices);
                return;
            case "hub.rate-limited" when data.Channel is null:
                // Which frame was ignored is not said; a new connection asks for everything again.
                connection.Cut();
                break;
            default:
                if (data.Channel is { } channel && table.Refused(channel, code, _notices)) return;
                break;
        }
        options.OnFault?.Invoke(new RealtimeException(code, data.Message ?? "The hub refused a frame."));
    }
}
