using System.Collections.Concurrent;
using System.Security.Cryptography;
using ChainSync.Realtime.Channels;
using ChainSync.Realtime.Connections;
using Microsoft.Extensions.Logging;

namespace ChainSync.Realtime;

/// <summary>
/// The hub: connections on one side, ordered streams of events on the other. One log tail per stream calls <see cref="Publish"/>;
/// clients subscribe, fall behind, vanish and resume without it ever waiting for one of them.
/// </summary>
public sealed partial class Hub : IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan DrainPause = TimeSpan.FromMilliseconds(100);

    private readonly ILogger<Hub> _logger;
    private readonly ConcurrentDictionary<string, StreamFeed> _feeds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, HubConnection> _connections = new(StringComparer.Ordinal);
    private readonly ITimer _sweep;
    private volatile bool _draining;

    internal Hub(
        HubOptions options, IHubAuthority authority, IHubHistory history, TimeProvider clock, HubMetrics metrics, ILogger<Hub> logger,
        IHubPublishing? publishing = null, IHubPresence? presence = null)
    {
        (Options, Authority, Clock, Metrics, _logger) = (options, authority, clock, metrics, logger);
        History = new(history, options, clock);
        Admission = new(options);
        Publishing = publishing;
        Presence = presence is null ? null : new(presence, this);
        _sweep = clock.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    /// <summary>Whether the hub is shutting down and takes no more connections.</summary>
    public bool IsDraining => _draining;

    internal HubOptions Options { get; }

    internal IHubAuthority Authority { get; }

    internal TimeProvider Clock { get; }

    internal HubMetrics Metrics { get; }

    internal Admission Admission { get; }

    internal HistoryPages History { get; }

    /// <summary>
    /// Fans a stretch of one stream's log out to everyone who follows it and may see it. Call it from one loop per stream, in
    /// commit order; it never waits for a client. A stretch that repeats what is out is ignored; one that skips ahead sends
    /// subscribers to the history for the difference; one of a new epoch sends them a <c>resync</c>.
    /// </summary>
    public void Publish(HubBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Feed(batch.StreamId).Publish(batch);
        Metrics.Published(batch.Events.Count);
    }

    /// <summary>Closes every connection of a user at once, for changed rights. A session that ended is noticed by <see cref="IHubAuthority.IsRevoked"/>.</summary>
    /// <returns>How many connections were told to close.</returns>
    public int Disconnect(string userId, HubCloseCode code, string reason)
    {
        var told = 0;
        foreach (var connection in Users.Of(userId))
        {
            // From here on nothing more is judged by the rights that ended.
            connection.Close(code, reason, discard: true);
            told++;
        }
        return told;
    }

    /// <summary>The hub at this moment. Walks all connections: meant for a page, not for a loop.</summary>
    public HubStatistics Statistics()
    {
        var connections = _connections.Values.ToList();
        var users = connections.Select(c => c.User?.Id).OfType<string>().ToList();
        var subscriptions = connections
            .SelectMany(c => c.Subscriptions)
            .CountBy(s => s.Channel.Name.Split(':', 2)[0])
            .ToDictionary(StringComparer.Ordinal);
        return Metrics.Snapshot(connections.Count, users.Count, users.Distinct().Count(), subscriptions, connections.Sum(c => (long)c.QueuedBytes), _draining);
    }

    /// <summary>
    /// Shuts down in order: refuses new connections, tells clients batch by batch to come back after a random delay, and cuts
    /// whoever is still there after <see cref="HubOptions.DrainTimeout"/>.
    /// </summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        _draining = true;
        using var timeout = new CancellationTokenSource(Options.DrainTimeout, Clock); // minds its own timer, also one that fires while it ends
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var all = _connections.Values.ToArray();
        LogDraining(all.Length);
        try
        {
            foreach (var batch in all.Chunk(Options.DrainBatch))
            {
                foreach (var connection in batch) Drain(connection);
                if (batch.Length == Options.DrainBatch) await Task.Delay(DrainPause, Clock, deadline.Token).ConfigureAwait(false);
            }
            await Task.WhenAll(all.Select(c => c.Ended)).WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            foreach (var connection in _connections.Values) connection.Abort();
        }
    }

    /// <summary>Stops the sweep and cuts what is still connected.</summary>
    public void Dispose()
    {
        _sweep.Dispose();
        foreach (var feed in _feeds.Values) feed.Dispose();
        foreach (var connection in _connections.Values) connection.Abort();
    }

    internal StreamFeed Feed(string streamId) => _feeds.GetOrAdd(streamId, static (id, hub) => new(id, hub), this);

    internal void Remember(HubConnection connection)
    {
        _connections[connection.Id] = connection;
        Metrics.Opened();
        // It may have been on its way in when the drain counted.
        if (_draining) Drain(connection);
    }

    internal void Forget(HubConnection connection)
    {
        if (_connections.TryRemove(connection.Id, out _)) Metrics.Ended();
        if (connection.User is { } user) Users.Remove(user.Id, connection);
    }

    /// <summary>The host's answer about a token; one that is already past its time counts as expired.</summary>
    internal async ValueTask<HubAuthentication> AuthenticateAsync(string token, CancellationToken cancellationToken)
    {
        var answer = await Authority.AuthenticateAsync(token, cancellationToken).ConfigureAwait(false);
        return answer.User is { } user && user.ExpiresAt <= Clock.GetUtcNow() ? HubAuthentication.RefuseExpired("auth.expired") : answer;
    }

    /// <summary>The host's filter; a failure in it hides the event and must not stop the others.</summary>
    internal bool MaySee(HubUser user, HubEvent hubEvent)
    {
        try
        {
            return Authority.MaySee(user, hubEvent);
        }
        catch (Exception e)
        {
            LogFilterFailed(hubEvent.Channel, hubEvent.Seq, e);
            return false;
        }
    }

    internal void CatchUpFailed(string connectionId, string channel, Exception exception) => LogCatchUpFailed(connectionId, channel, exception);

    internal void ConnectionFailed(string connectionId, Exception exception) => LogConnectionFailed(connectionId, exception);

    private void Drain(HubConnection connection)
    {
        var spread = (int)Math.Min(int.MaxValue, Options.ReconnectSpread.TotalMilliseconds);
        connection.Drain(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(spread + 1)));
    }

    private void Sweep()
    {
        History.Sweep();
        foreach (var (id, connection) in _connections)
        {
            try
            {
                connection.Sweep();
            }
            catch (Exception e)
            {
                LogConnectionFailed(id, e);
            }
        }
        Presence?.Sweep();
    }
}
