using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net.WebSockets;
using ChainSync.Realtime.Channels;
using ChainSync.Realtime.Wire;

namespace ChainSync.Realtime.Connections;

/// <summary>What became of a live event staged for a connection.</summary>
internal enum Staged
{
    /// <summary>It waits to be written.</summary>
    Taken,

    /// <summary>It is not for this user, or the connection is ending.</summary>
    Skipped,

    /// <summary>It was fleeting, and there was no room for it.</summary>
    Dropped,

    /// <summary>A burst outran a reader that is still reading: it goes on from the log at its own pace.</summary>
    Lagging,
}

/// <summary>
/// One client: a receive loop, a send queue, and the deadlines the hub's sweep holds it to. Only this class knows the transport;
/// everything above it speaks in frames.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer, so it holds nothing; cancelling it must stay safe after the end.")]
internal sealed class HubConnection
{
    private const int FirstBufferBytes = 4 << 10;
    private const int MaxAnonymousBytes = 16 << 10;
    private const long NotClosing = -1;

    /// <summary>For reading only, the hub frames what it sends itself: each message stands alone, so nothing is held between two.</summary>
    private static readonly WebSocketDeflateOptions Inflating = new() { ClientContextTakeover = false, ServerContextTakeover = false };

    /// <summary>A write waiting this long means that the reader, not a burst, has filled the queue.</summary>
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(1);

    private readonly Hub _hub;
    private readonly Stream _network;
    private readonly bool _compressed;
    private readonly Action _abort;
    private readonly SendQueue _queue;
    private readonly ClientSession _session;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly long _opened;
    private bool _over;
    private Task _catchUps = Task.CompletedTask;
    private long _lastPing;
    private long _closeStarted = NotClosing;
    private volatile bool _pongDue;
    private volatile HubUser? _user;

    /// <summary>Takes over an upgraded stream.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="id">The connection's name in logs and towards the client.</param>
    /// <param name="network">The stream, read from here.</param>
    /// <param name="output">Where its frames are written.</param>
    /// <param name="compressed">Whether permessage-deflate was agreed.</param>
    /// <param name="abort">Cuts the stream without ceremony.</param>
    public HubConnection(Hub hub, string id, Stream network, PipeWriter output, bool compressed, Action abort)
    {
        (_hub, Id, _network, _compressed, _abort) = (hub, id, network, compressed, abort);
        _queue = new(output, hub.Options, hub.Clock, hub.Metrics);
        _session = new(hub, this);
        _opened = _lastPing = hub.Clock.GetTimestamp();
    }

    public string Id { get; }

    /// <summary>Null until authenticated; replaced when the token is refreshed.</summary>
    public HubUser? User { get => _user; set => _user = value; }

    public int QueuedBytes => _queue.QueuedBytes;

    /// <summary>Completes when the connection is over and everything it held is released.</summary>
    public Task Ended => _ended.Task;

    public IReadOnlyList<Subscription> Subscriptions => _session.Subscriptions;

    private bool Closing => Volatile.Read(ref _closeStarted) != NotClosing;

    public async Task RunAsync(HubUser? user)
    {
        try
        {
            Offer(ServerFrames.Welcome(Id, _hub.Options));
            if (user is not null) _session.SignIn(user);
            await ReceiveAllAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The peer left, or broke the protocol and has been told so in a close frame.
            if (Closing) await DiscardAsync().ConfigureAwait(false);
        }
        finally
        {
            await EndAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Queues a live event for this user without waking the writer.</summary>
    /// <param name="hubEvent">The event.</param>
    /// <param name="rowBegun">Whether an event of the same log position is already queued: a position is sent whole or not at all.</param>
    /// <param name="first">Whether the writer must be woken.</param>
    public Staged Stage(HubEvent hubEvent, bool rowBegun, out bool first)
    {
        first = false;
        if (!MaySee(hubEvent)) return Staged.Skipped;
        switch (_queue.Stage(hubEvent.WireFor(_compressed), rowBegun, out first))
        {
            case Offered.Queued:
                return Staged.Taken;
            case Offered.OverBudget when _queue.WriteAge < StuckAfter:
                return Staged.Lagging;
            case Offered.OverBudget:
                CloseSlow();
                return Staged.Skipped;
            default:
                return Staged.Skipped;
        }
    }

    /// <summary>Queues an event of a replay, subject to the same filter. The replay waits for room and is itself bounded.</summary>
    public void Offer(HubEvent hubEvent)
    {
        if (!MaySee(hubEvent) || _queue.Stage(hubEvent.WireFor(_compressed), overBudget: true, out _) != Offered.Queued) return;
        _queue.Flush();
        _hub.Metrics.Delivered(1);
    }

    /// <summary>Queues a fleeting event without waking the writer, if there is room. A reader that has none goes without and comes to no harm.</summary>
    public Staged Stage(HubFleeting fleeting, out bool first)
    {
        first = false;
        if (_user is not { } user || !_hub.MaySee(user, fleeting)) return Staged.Skipped;
        switch (_queue.StageFleeting(fleeting.WireFor(_compressed), out first))
        {
            case Offered.Queued:
                _hub.Metrics.Fleeting("delivered", 1);
                return Staged.Taken;
            case Offered.OverBudget:
                _hub.Metrics.Fleeting("dropped", 1);
                return Staged.Dropped;
            default:
                return Staged.Skipped;
        }
    }

    /// <summary>Queues a fleeting event if there is room.</summary>
    public Staged Offer(HubFleeting fleeting)
    {
        var staged = Stage(fleeting, out _);
        if (staged == Staged.Taken) _queue.Flush();
        return staged;
    }

    /// <summary>Its subscription to this channel, or null.</summary>
    public Subscription? Following(string channel) => _session.Following(channel);

    /// <summary>Queues one of the hub's own frames.</summary>
    public void Offer(byte[] frame)
    {
        if (_queue.Offer(frame) == Offered.OverBudget) CloseSlow();
    }

    /// <summary>Writes what is staged on this thread, as far as the network takes it at once.</summary>
    public void FlushHere() => _queue.FlushHere();

    /// <summary>Waits until there is room for more of a replay.</summary>
    public Task RoomAsync(CancellationToken cancellationToken) => _queue.RoomAsync(cancellationToken);

    /// <summary>Starts a catch-up after those already under way: one at a time, so they share the send budget.</summary>
    public void CatchUp(Subscription subscription, string? epoch)
    {
        lock (_gate) _catchUps = CatchUpAsync(_catchUps, subscription, epoch);
    }

    /// <summary>Says why and begins to close. Repeats are ignored.</summary>
    public void Close(HubCloseCode code, string reason, bool discard = false)
    {
        if (_queue.Finish(Frame.Close((int)code, reason), discard)) CloseStarted((int)code);
    }

    public void Drain(TimeSpan reconnectAfter)
    {
        Offer(ServerFrames.Reconnect(reconnectAfter));
        Close(HubCloseCode.Draining, "the server is restarting");
    }

    /// <summary>Cuts the connection, unless it is over already and its request belongs to someone else.</summary>
    public void Abort()
    {
        _queue.Kill();
        _lifetime.Cancel();
        lock (_gate)
        {
            if (!_over) _abort();
        }
    }

    /// <summary>Applies every deadline. Called a few times a second by the hub.</summary>
    public void Sweep()
    {
        var (clock, options) = (_hub.Clock, _hub.Options);
        var closeStarted = Volatile.Read(ref _closeStarted);
        // A write has failed: waiting for the reads to find out could take as long as the network likes.
        if (_queue.IsDead) Abort();
        else if (closeStarted != NotClosing)
        {
            if (clock.GetElapsedTime(closeStarted) >= options.CloseTimeout) Abort();
        }
        else if (_queue.WriteAge >= options.WriteDeadline) CloseSlow();
        else if (_user is null && clock.GetElapsedTime(_opened) >= options.AuthTimeout) Close(HubCloseCode.AuthTimeout, "no auth frame in time");
        else if (_user is { } signedIn && _hub.Authority.IsRevoked(signedIn)) Close(HubCloseCode.Revoked, "signed out", discard: true);
        else if (_user is { } user && user.ExpiresAt + options.TokenGrace <= clock.GetUtcNow()) Close(HubCloseCode.TokenExpired, "the token expired");
        else if (_pongDue && clock.GetElapsedTime(_lastPing) >= options.PongTimeout) Close(HubCloseCode.NoPong, "no answer to a ping", discard: true);
        else if (clock.GetElapsedTime(_lastPing) >= options.PingInterval) Beat();
    }

    private void Beat()
    {
        _lastPing = _hub.Clock.GetTimestamp();
        _pongDue = true;
        Offer(Frame.Ping);
        if (_user is not null) Offer(ServerFrames.Positions("heartbeat", _session.Positions()));
    }

    private async Task ReceiveAllAsync()
    {
        using var socket = WebSocket.CreateFromStream(
            new ConnectionStream(_network, _queue, CloseStarted, () => _pongDue = false),
            new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero, DangerousDeflateOptions = _compressed ? Inflating : null });
        var open = true;
        while (open)
        {
            // An idle connection waits without a buffer.
            var arrived = await ReceiveAsync(socket, Memory<byte>.Empty).ConfigureAwait(false);
            if (arrived.MessageType == WebSocketMessageType.Close) AnswerClose(socket);
            open = arrived.MessageType != WebSocketMessageType.Close && await ReceiveMessageAsync(socket, arrived).ConfigureAwait(false);
        }
    }

    /// <summary>While what the client sends is there already, the answers gather; before anything is waited for they go out.</summary>
    private ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(WebSocket socket, Memory<byte> buffer)
    {
        var receiving = socket.ReceiveAsync(buffer, _lifetime.Token);
        if (receiving.IsCompleted) _queue.Hold();
        else _queue.Resume();
        return receiving;
    }

    private async Task<bool> ReceiveMessageAsync(WebSocket socket, ValueWebSocketReceiveResult part)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
        try
        {
            var length = 0;
            while (!part.EndOfMessage)
            {
                if (length == buffer.Length) buffer = Grow(buffer);
                part = await ReceiveAsync(socket, buffer.AsMemory(length)).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    AnswerClose(socket);
                    return false;
                }
                length += part.Count;
                if (length > MaxBytes) Close(HubCloseCode.TooBig, "the message is too big");
                if (!Closing) continue;
                // What still comes is read only to reach the client's answer; a bomb is not inflated for that.
                if (_compressed)
                {
                    await DiscardAsync().ConfigureAwait(false);
                    return false;
                }
                length = 0;
            }
            if (Closing) return true;
            if (part.MessageType == WebSocketMessageType.Binary) Close(HubCloseCode.UnsupportedData, "text only");
            else await HandleAsync(buffer.AsMemory(0, length)).ConfigureAwait(false);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask HandleAsync(ReadOnlyMemory<byte> json)
    {
        try
        {
            var handling = _session.HandleAsync(json, _lifetime.Token);
            if (!handling.IsCompleted) _queue.Resume();
            await handling.ConfigureAwait(false);
        }
        catch (Exception e) when (!_lifetime.IsCancellationRequested)
        {
            // The host's authority failed: that costs this client its connection and nobody else anything.
            _hub.ConnectionFailed(Id, e);
            Close(HubCloseCode.ServerError, "the server failed");
        }
    }

    /// <summary>Nobody unknown makes the hub hold a megabyte.</summary>
    private int MaxBytes => _user is null ? Math.Min(MaxAnonymousBytes, _hub.Options.MaxMessageBytes) : _hub.Options.MaxMessageBytes;

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private void AnswerClose(WebSocket socket)
    {
        var code = (int?)socket.CloseStatus ?? (int)HubCloseCode.Normal;
        if (_queue.Finish(Frame.Close(code, ""), discard: true)) CloseStarted(code);
    }

    private bool MaySee(HubEvent hubEvent) => _user is { } user && _hub.MaySee(user, hubEvent);

    private void CloseSlow() => Close(HubCloseCode.SlowReader, "slow reader; reconnect and resume", discard: true);

    private void CloseStarted(int code)
    {
        Volatile.Write(ref _closeStarted, _hub.Clock.GetTimestamp());
        _hub.Metrics.Closed(code);
    }

    /// <summary>Reads what a closing client still sends: unread bytes would turn the end into a reset and lose it the close frame.</summary>
    private async Task DiscardAsync()
    {
        _queue.Resume();
        var buffer = new byte[FirstBufferBytes];
        try
        {
            while (await _network.ReadAsync(buffer, _lifetime.Token).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Gone: that is the end this waits for.
        }
    }

    private async Task EndAsync()
    {
        _queue.Resume();
        _session.EndAll();
        // Whoever left without a close frame gets none; a write still stuck on it must not hold this up.
        if (!Closing) Abort();
        await _queue.Completion.ConfigureAwait(false);
        await _lifetime.CancelAsync().ConfigureAwait(false);
        Task catchUps;
        lock (_gate) catchUps = _catchUps;
        await catchUps.ConfigureAwait(false);
        lock (_gate) _over = true;
        _hub.Forget(this);
        _ended.TrySetResult();
    }

    private async Task CatchUpAsync(Task previous, Subscription subscription, string? epoch)
    {
        // Never on the caller's stack: it may hold a feed's lock.
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await Channels.CatchUp.RunAsync(_hub, subscription, epoch, _lifetime.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_lifetime.IsCancellationRequested)
        {
            // The connection ended first.
        }
        catch (Exception e)
        {
            _hub.CatchUpFailed(Id, subscription.Channel.Name, e);
            Close(HubCloseCode.ServerError, "the history could not be read");
        }
    }
}
