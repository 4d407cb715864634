using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
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
    private const int MaxAnonymousBytes = 16 << 10;
    private const long NotClosing = -1;

    /// <summary>A write waiting this long means that the reader, not a burst, has filled the queue.</summary>
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(1);

    private readonly Hub _hub;
    private readonly PipeReader _input;
    private readonly MessageReader _reader;
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

    /// <summary>Takes over an upgraded connection.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="id">The connection's name in logs and towards the client.</param>
    /// <param name="input">Where the client's frames are read.</param>
    /// <param name="output">Where its frames are written.</param>
    /// <param name="compressed">Whether permessage-deflate was agreed.</param>
    /// <param name="abort">Cuts the connection without ceremony.</param>
    public HubConnection(Hub hub, string id, PipeReader input, PipeWriter output, bool compressed, Action abort)
    {
        (_hub, Id, _input, _compressed, _abort) = (hub, id, input, compressed, abort);
        _reader = new(compressed);
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
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The peer left.
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
            if (_over) return;
            _abort();
            _input.CancelPendingRead();
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
        var open = true;
        while (open)
        {
            // An idle connection waits without a buffer.
            var result = await ReadAsync().ConfigureAwait(false);
            if (_lifetime.IsCancellationRequested) break;
            _pongDue = false;
            var input = result.Buffer;
            while (open && _reader.Read(ref input, MaxBytes, skip: Closing) is { Kind: not Arrived.Nothing } incoming)
                open = await TakeAsync(incoming).ConfigureAwait(false);
            _input.AdvanceTo(input.Start, input.End);
            open &= !result.IsCompleted;
        }
    }

    /// <summary>While what the client sends is there already, the answers gather; before anything is waited for they go out.</summary>
    private ValueTask<ReadResult> ReadAsync()
    {
        var reading = _input.ReadAsync();
        if (!reading.IsCompleted) _queue.Resume();
        return reading;
    }

    /// <summary>Deals with one thing the client sent. False when nothing after it matters.</summary>
    private async ValueTask<bool> TakeAsync(Incoming incoming)
    {
        _queue.Hold();
        switch (incoming.Kind)
        {
            case Arrived.Ping:
                // One that finds no room is as good as lost; the client's next shows the line is alive as well.
                _queue.Offer(Frame.Pong(incoming.Payload.Span));
                break;
            case Arrived.Text when !Closing:
                await HandleAsync(incoming.Payload).ConfigureAwait(false);
                break;
            case Arrived.Close:
                Close(incoming.Code, "", discard: true);
                return false;
            case Arrived.Refused:
                // What still comes is read only to reach the client's answer: unread, it would turn the end into a reset and lose it ours.
                Close(incoming.Code, incoming.Reason);
                break;
        }
        return true;
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

    private bool MaySee(HubEvent hubEvent) => _user is { } user && _hub.MaySee(user, hubEvent);

    private void CloseSlow() => Close(HubCloseCode.SlowReader, "slow reader; reconnect and resume", discard: true);

    private void CloseStarted(int code)
    {
        Volatile.Write(ref _closeStarted, _hub.Clock.GetTimestamp());
        _hub.Metrics.Closed(code);
    }

    private async Task EndAsync()
    {
        _queue.Resume();
        _reader.Release();
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
