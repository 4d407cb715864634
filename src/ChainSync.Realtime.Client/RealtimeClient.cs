using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using ChainSync.Realtime.Client.Channels;
using ChainSync.Realtime.Client.Connections;
using ChainSync.Realtime.Client.Wire;

namespace ChainSync.Realtime.Client;

/// <summary>
/// A connection to the hub that keeps itself up: any number of subscriptions over one socket, each event once and in order, whatever
/// the line does (docs/protocol.md, "WebSocket"). Safe to use from several threads.
/// </summary>
/// <param name="options">Where, as whom, how patiently.</param>
public sealed class RealtimeClient(RealtimeClientOptions options) : IAsyncDisposable
{
    private readonly FeedTable _table = new();
    private readonly Lock _gate = new();
    private volatile RealtimeState _state = new(RealtimeStatus.Closed);
    private volatile Connection? _connection;
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? _run;
    private Task _running = Task.CompletedTask;

    /// <summary>Told of every change of <see cref="State"/>, in order, on the client's own loop: return soon.</summary>
    public event EventHandler<RealtimeState>? StateChanged;

    /// <summary>What the connection is doing.</summary>
    public RealtimeState State => _state;

    /// <summary>Begins to connect, and to keep connected, unless it does already.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_run is not null) return;
            var run = _run = new CancellationTokenSource();
            _running = RunAsync(_running, run);
        }
    }

    /// <summary>Begins to connect and waits until it is signed in. Cancelling ends the waiting and closes.</summary>
    /// <exception cref="RealtimeException">It ended for good first.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, RealtimeState state)
        {
            if (state.Status == RealtimeStatus.Open) open.TrySetResult();
            else if (state.Status == RealtimeStatus.Closed) open.TrySetException(RealtimeException.Of(state));
        }

        StateChanged += Look;
        try
        {
            Start();
            if (State.Status == RealtimeStatus.Open) return;
            await open.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Close();
            throw;
        }
        finally
        {
            StateChanged -= Look;
        }
    }

    /// <summary>A hint that the network came back: try now rather than later, or check that the line is alive.</summary>
    public void Wake()
    {
        _wake.TrySetResult();
        _connection?.Probe();
    }

    /// <summary>Asks it to close, without waiting: what a listener may call. Subscriptions stay and go on after another <see cref="Start"/>.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _run?.Cancel();
            _run = null;
            _connection?.Close();
        }
    }

    /// <summary>Closes and waits for the end. Not for listeners, which it would wait for.</summary>
    public Task CloseAsync()
    {
        Close();
        lock (_gate) return _running;
    }

    /// <summary>Follows a channel.</summary>
    /// <param name="channel">Such as <c>orders:&lt;store id&gt;</c>, or <c>store:&lt;store id&gt;</c> for everything of a store that the user may see.</param>
    /// <param name="listen">Adds listeners; those added here miss nothing.</param>
    /// <param name="since">Where to go on from: the position of a REST list or of an earlier subscription; null from now on.</param>
    /// <param name="mode">How many of the events are wanted.</param>
    public RealtimeSubscription Subscribe(
        string channel, Action<RealtimeSubscription> listen, RealtimePosition? since = null, RealtimeMode mode = RealtimeMode.All)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        return Join(new(_table, options, Changed, channel, null, mode), listen, since);
    }

    /// <summary>Follows a namespace in every stream that the user may see, from now on; after a loss each channel goes on from its own place.</summary>
    /// <param name="ns">Such as <c>orders</c>.</param>
    /// <param name="listen">Adds listeners; those added here miss nothing.</param>
    /// <param name="mode">How many of the events are wanted.</param>
    public RealtimeSubscription SubscribeNamespace(string ns, Action<RealtimeSubscription> listen, RealtimeMode mode = RealtimeMode.All)
    {
        ArgumentException.ThrowIfNullOrEmpty(ns);
        return Join(new(_table, options, Changed, null, ns, mode), listen, null);
    }

    /// <summary>
    /// Follows a channel by pulling. At most <paramref name="capacity"/> messages wait; when they do the client stops reading its
    /// socket, and the hub resumes it once there is room. Ends when the client is closed.
    /// </summary>
    /// <param name="channel">As of <see cref="Subscribe"/>.</param>
    /// <param name="since">As of <see cref="Subscribe"/>.</param>
    /// <param name="mode">As of <see cref="Subscribe"/>.</param>
    /// <param name="capacity">Messages that may wait to be pulled.</param>
    /// <param name="cancellationToken">Ends the subscription.</param>
    /// <exception cref="RealtimeException">The hub refused the channel, or the connection ended for good.</exception>
    public async IAsyncEnumerable<RealtimeMessage> ReadAllAsync(
        string channel, RealtimePosition? since = null, RealtimeMode mode = RealtimeMode.All, int capacity = 256,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var waiting = Channel.CreateBounded<RealtimeMessage>(new BoundedChannelOptions(capacity) { SingleReader = true });
        void Look(object? sender, RealtimeState state)
        {
            if (state.Status != RealtimeStatus.Closed) return;
            waiting.Writer.TryComplete(state.End == RealtimeEnd.Asked ? null : RealtimeException.Of(state));
        }

        async ValueTask WriteAsync(RealtimeMessage message, CancellationToken closing)
        {
            if (message is RealtimeRefusal { Code: var code })
            {
                waiting.Writer.TryComplete(new RealtimeException(code, $"The hub does not let this user follow {channel}."));
                return;
            }
            // Room, or the end of the reader, in which case nobody misses the message.
            if (await waiting.Writer.WaitToWriteAsync(closing).ConfigureAwait(false)) waiting.Writer.TryWrite(message);
        }

        StateChanged += Look;
        using var subscription = Subscribe(channel, s => s.OnMessage(WriteAsync), since, mode);
        try
        {
            await foreach (var message in waiting.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false)) yield return message;
        }
        finally
        {
            StateChanged -= Look;
            waiting.Writer.TryComplete();
        }
    }

    /// <summary>Publishes a fleeting event, such as that this customer looks at a product.</summary>
    /// <returns>False when there is no connection: what is fleeting is worth nothing later. A refusal goes to <see cref="RealtimeClientOptions.OnFault"/>.</returns>
    public ValueTask<bool> PublishAsync<T>(string channel, string type, T data, JsonTypeInfo<T>? info = null, CancellationToken cancellationToken = default)
    {
        info ??= options.InfoOf<T>();
        return _state.Status == RealtimeStatus.Open && _connection is { } connection
            ? connection.PublishAsync(ClientFrames.Publish(channel, type, data, info), cancellationToken)
            : new(false);
    }

    /// <summary>Closes.</summary>
    public async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);

    private RealtimeSubscription Join(RealtimeSubscription subscription, Action<RealtimeSubscription> listen, RealtimePosition? since)
    {
        ArgumentNullException.ThrowIfNull(listen);
        listen(subscription);
        _table.Join(subscription, since);
        Changed();
        return subscription;
    }

    private void Changed() => _connection?.Wake();

    private async Task RunAsync(Task former, CancellationTokenSource run)
    {
        await former.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var tries = 0;
        while (true)
        {
            Become(new(RealtimeStatus.Connecting) { Tries = tries });
            var ending = await LiveOnceAsync(run.Token).ConfigureAwait(false);
            tries = ending.WasOpen ? 1 : tries + 1;
            if (EndOf(ending, tries, run.IsCancellationRequested) is { } end)
            {
                lock (_gate) _run = _run == run ? null : _run;
                Become(new(RealtimeStatus.Closed) { End = end, Tries = tries, CloseCode = ending.Code });
                return;
            }
            var delay = ending.ReconnectAfter ?? options.Jitter() * Backoff(tries);
            _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Become(new(RealtimeStatus.Waiting) { Tries = tries, RetryIn = delay, CloseCode = ending.Code });
            await _wake.Task.WaitAsync(delay, options.Clock, run.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Ending> LiveOnceAsync(CancellationToken closing)
    {
        using var connection = new Connection(options, _table, () => Become(new(RealtimeStatus.Open)));
        lock (_gate)
        {
            if (closing.IsCancellationRequested) return new();
            _connection = connection;
        }
        try
        {
            return await connection.RunAsync(closing).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate) _connection = null;
        }
    }

    private RealtimeEnd? EndOf(Ending ending, int tries, bool asked) =>
        asked ? RealtimeEnd.Asked
        : ending.SignedOut ? RealtimeEnd.SignedOut
        : ending.IsFinal ? RealtimeEnd.Refused
        : tries > options.MaxTries ? RealtimeEnd.GaveUp
        : null;

    private TimeSpan Backoff(int tries)
    {
        // 2^30 of any delay is beyond every bound.
        var bound = options.FirstDelay * Math.Pow(2, Math.Min(tries - 1, 30));
        return bound < options.MaxDelay ? bound : options.MaxDelay;
    }

    private void Become(RealtimeState state)
    {
        _state = state;
        try
        {
            StateChanged?.Invoke(this, state);
        }
        catch (Exception e)
        {
            options.OnFault?.Invoke(e);
        }
    }
}
