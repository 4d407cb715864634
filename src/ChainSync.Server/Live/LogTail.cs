using ChainSync.Core.Log;
using ChainSync.Realtime;
using ChainSync.Server.Sync;
using Npgsql;

namespace ChainSync.Server.Live;

/// <summary>
/// Reads every store's log once and hands it to the hub in commit order. Hints make it quick; a poll makes it certain,
/// also for what other processes (an import on the command line) commit.
/// </summary>
public sealed partial class LogTail(
    LogReader log, LogSignal signal, Hub hub, LatencyHistogram latency, TimeProvider clock, ILogger<LogTail> logger) : BackgroundService
{
    private const int RowsAtOnce = 500;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Guid, LogPosition> _cursors = [];
    private DateTimeOffset _polledAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await UntilItWorksAsync(async () =>
        {
            foreach (var (storeId, head) in await log.HeadsAsync(stoppingToken)) _cursors[storeId] = head;
        }, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var hinted = await signal.WaitAsync(PollInterval, clock, stoppingToken);
            await UntilItWorksAsync(() => CatchUpAsync(hinted, stoppingToken), stoppingToken);
        }
    }

    private async Task CatchUpAsync(IReadOnlySet<Guid> hinted, CancellationToken cancellationToken)
    {
        foreach (var storeId in hinted)
        {
            if (_cursors.ContainsKey(storeId)) await PublishNewAsync(storeId, cancellationToken);
        }
        if (clock.GetUtcNow() - _polledAt >= PollInterval || hinted.Any(s => !_cursors.ContainsKey(s))) await PollAsync(cancellationToken);
    }

    // Finds what no hint spoke of: other processes' commits, new stores, a restored log.
    private async Task PollAsync(CancellationToken cancellationToken)
    {
        _polledAt = clock.GetUtcNow();
        foreach (var (storeId, head) in await log.HeadsAsync(cancellationToken))
        {
            if (!_cursors.TryGetValue(storeId, out var cursor)) _cursors[storeId] = new LogPosition(0, head.Epoch);
            else if (cursor.Epoch != head.Epoch) Restart(storeId, head);
            if (_cursors[storeId].Seq < head.Seq) await PublishNewAsync(storeId, cancellationToken);
        }
    }

    private async Task PublishNewAsync(Guid storeId, CancellationToken cancellationToken)
    {
        IReadOnlyList<LogRow> rows;
        do
        {
            var cursor = _cursors[storeId];
            rows = await log.ReadAsync(storeId, cursor.Seq, RowsAtOnce, cancellationToken);
            if (rows.Count == 0) return;
            Publish(storeId, cursor, rows[^1].Seq, HubEvents.Of(rows));
            latency.Record(rows, clock.GetUtcNow());
        }
        while (rows.Count == RowsAtOnce);
    }

    // After a restore the old positions mean nothing: an empty stretch of the new epoch makes every subscriber load anew.
    private void Restart(Guid storeId, LogPosition head)
    {
        LogRestarted(logger, storeId, head.Epoch);
        Publish(storeId, head, head.Seq, []);
    }

    private void Publish(Guid storeId, LogPosition after, long seq, List<HubEvent> events)
    {
        hub.Publish(new HubBatch(storeId.ToString(), after.Epoch.ToString(), after.Seq, seq, events));
        _cursors[storeId] = after with { Seq = seq };
    }

    private async Task UntilItWorksAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                LogFault(logger, e.Message);
                await Task.Delay(FaultPause, clock, cancellationToken);
            }
        }
    }

    [LoggerMessage(1101, LogLevel.Warning, "The log cannot be read and will be tried again: {Reason}")]
    private static partial void LogFault(ILogger logger, string reason);

    [LoggerMessage(1102, LogLevel.Warning, "The log of store {StoreId} begins a new life {Epoch}: clients load anew")]
    private static partial void LogRestarted(ILogger logger, Guid storeId, Guid epoch);
}
