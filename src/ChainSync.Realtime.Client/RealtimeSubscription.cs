using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChainSync.Realtime.Client.Channels;

namespace ChainSync.Realtime.Client;

/// <summary>
/// What a program follows and who is told of it. Listeners are called one after another on the client's reading loop: while one
/// runs nothing more is read, so a slow one slows its own connection and costs no memory; the hub resumes it later.
/// </summary>
public sealed class RealtimeSubscription : IDisposable
{
    private readonly FeedTable _table;
    private readonly RealtimeClientOptions _options;
    private readonly Action _changed;
    private readonly List<(ChannelFeed Feed, Listener Listener)> _listeners = [];
    private readonly Lock _gate = new();
    private Func<RealtimeMessage, CancellationToken, ValueTask>[] _handlers = [];
    private volatile bool _disposed;

    internal RealtimeSubscription(FeedTable table, RealtimeClientOptions options, Action changed, string? channel, string? ns, RealtimeMode mode) =>
        (_table, _options, _changed, Channel, Namespace, Mode) = (table, options, changed, channel, ns, mode);

    /// <summary>The channel followed, or null when it is a namespace.</summary>
    public string? Channel { get; }

    /// <summary>The namespace followed in every stream that the user may see, or null when it is one channel.</summary>
    public string? Namespace { get; }

    /// <summary>How many of the events are wanted.</summary>
    public RealtimeMode Mode { get; }

    /// <summary>
    /// Everything up to here has been delivered; give it to a later subscription to go on from here. Null until the hub has told,
    /// and for a namespace, which has <see cref="Positions"/>.
    /// </summary>
    public RealtimePosition? Position => Channel is null ? null : Positions.GetValueOrDefault(Channel);

    /// <summary>The same for each channel.</summary>
    public IReadOnlyDictionary<string, RealtimePosition?> Positions
    {
        get
        {
            (ChannelFeed Feed, Listener Listener)[] listeners;
            lock (_gate) listeners = [.. _listeners];
            return listeners.ToDictionary(l => l.Feed.Name, l => _table.PositionOf(l.Listener), StringComparer.Ordinal);
        }
    }

    internal IReadOnlyList<(ChannelFeed Feed, Listener Listener)> Listeners
    {
        get { lock (_gate) return [.. _listeners]; }
    }

    /// <summary>Listens to everything: events, progress, resync, refusal.</summary>
    /// <param name="handler">Called in order. Its token is cancelled when the client closes; an event so interrupted counts as not delivered.</param>
    /// <returns>Stops listening when disposed.</returns>
    public IDisposable OnMessage(Func<RealtimeMessage, CancellationToken, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ValueTask Own(RealtimeMessage message, CancellationToken cancellationToken) => handler(message, cancellationToken);
        Func<RealtimeMessage, CancellationToken, ValueTask> own = Own;
        lock (_gate) _handlers = [.. _handlers, own];
        return new Stop(() =>
        {
            lock (_gate) _handlers = [.. _handlers.Where(h => !ReferenceEquals(h, own))];
        });
    }

    /// <summary>Listens to one type of event. Data that is not of that shape goes to <see cref="RealtimeClientOptions.OnFault"/>.</summary>
    /// <param name="type">The event's name, such as <c>sale:created</c>.</param>
    /// <param name="handler">Called in order with the payload and the event.</param>
    /// <param name="info">How to read the payload; by default what <see cref="RealtimeClientOptions.Json"/> knows.</param>
    /// <returns>Stops listening when disposed.</returns>
    public IDisposable On<T>(string type, Func<T, RealtimeEvent, CancellationToken, ValueTask> handler, JsonTypeInfo<T>? info = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        info ??= _options.InfoOf<T>();
        return OnMessage((message, cancellationToken) =>
        {
            if (message is not RealtimeEvent e || e.Type != type) return ValueTask.CompletedTask;
            var data = e.ReadData(info) ?? throw new JsonException($"The data of {e.Type} is null.");
            return handler(data, e, cancellationToken);
        });
    }

    /// <inheritdoc cref="On{T}(string, Func{T, RealtimeEvent, CancellationToken, ValueTask}, JsonTypeInfo{T}?)"/>
    public IDisposable On<T>(string type, Action<T> handler, JsonTypeInfo<T>? info = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return On(type, (data, _, _) =>
        {
            handler(data);
            return ValueTask.CompletedTask;
        }, info);
    }

    /// <summary>Is told when a gap cannot be filled: load anew from REST. Events after the position follow when the handler is done.</summary>
    /// <returns>Stops listening when disposed.</returns>
    public IDisposable OnResync(Func<RealtimeResync, CancellationToken, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return OnMessage((message, cancellationToken) => message is RealtimeResync resync ? handler(resync, cancellationToken) : ValueTask.CompletedTask);
    }

    /// <summary>Is told, last of all, when the hub does not let this user follow the channel, or no longer.</summary>
    /// <returns>Stops listening when disposed.</returns>
    public IDisposable OnRefused(Action<RealtimeRefusal> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return OnMessage((message, _) =>
        {
            if (message is RealtimeRefusal refusal) handler(refusal);
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Ends it. A handler that is running may still finish.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _table.Leave(this);
        _changed();
    }

    internal Listener Listen(ChannelFeed feed, RealtimePosition? since)
    {
        var listener = new Listener(this, since);
        lock (_gate) _listeners.Add((feed, listener));
        return listener;
    }

    /// <summary>Calls the handlers. A handler that throws is reported and does not stop the others.</summary>
    /// <exception cref="OperationCanceledException">The client closes.</exception>
    internal async ValueTask DeliverAsync(RealtimeMessage message, CancellationToken cancellationToken)
    {
        foreach (var handler in _handlers)
        {
            if (_disposed) return;
            try
            {
                await handler(message, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                _options.OnFault?.Invoke(e);
            }
        }
    }

    private sealed class Stop(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
