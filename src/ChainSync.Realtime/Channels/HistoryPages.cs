using System.Diagnostics.CodeAnalysis;

namespace ChainSync.Realtime.Channels;

/// <summary>
/// The history as its readers meet it: cut into pages at fixed positions, so that clients who come back from different places read
/// the same ones, and each page is read once for all who want it within a while. After a restart a thousand clients cost the
/// database as much as one.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore's wait handle is never asked for, so it holds nothing.")]
internal sealed class HistoryPages(IHubHistory history, HubOptions options, TimeProvider clock)
{
    /// <summary>Longer than it takes a drained hub's clients to come back; no longer, so that what is erased from the log is soon gone here.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    /// <summary>What a page without events is counted as.</summary>
    private const int EntryBytes = 1 << 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<Key, Entry> _entries = [];
    private readonly SemaphoreSlim _readers = new(options.HistoryReaders);
    private long _bytes;
    private long _begun;

    /// <summary>The stream's position in the log.</summary>
    public async Task<HubPosition> PositionAsync(string streamId)
    {
        await _readers.WaitAsync().ConfigureAwait(false);
        try
        {
            return await history.PositionAsync(streamId, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _readers.Release();
        }
    }

    /// <summary>
    /// A page that reaches beyond a position known to be in the log, unless the log has nothing more. It may begin before the
    /// position. Null when the history no longer reaches back that far.
    /// </summary>
    public async Task<HubPage?> ReadAsync(string streamId, HubPosition after, CancellationToken cancellationToken)
    {
        var start = after.Seq - (after.Seq % options.HistoryPage);
        var page = await ReadFromAsync(streamId, after with { Seq = start }, after.Seq, cancellationToken).ConfigureAwait(false);
        // The page may begin in what is pruned while the position does not.
        return page is null && start < after.Seq
            ? await ReadFromAsync(streamId, after, after.Seq, cancellationToken).ConfigureAwait(false)
            : page;
    }

    /// <summary>Forgets what is too old to serve.</summary>
    public void Sweep()
    {
        lock (_gate)
        {
            foreach (var (key, entry) in _entries)
            {
                if (IsOld(entry)) Forget(key, entry);
            }
        }
    }

    private async Task<HubPage?> ReadFromAsync(string streamId, HubPosition start, long after, CancellationToken cancellationToken)
    {
        var key = new Key(streamId, start);
        var asked = Interlocked.Read(ref _begun);
        while (true)
        {
            var entry = Find(key);
            var page = await entry.Page.WaitAsync(cancellationToken).ConfigureAwait(false);
            // A page whose reading began before it was asked for says nothing about what lies beyond it.
            if (page is null || page.Seq > after || entry.Number > asked) return page;
            Forget(key, entry);
        }
    }

    private Entry Find(Key key)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var entry))
            {
                if (!IsOld(entry)) return entry;
                Forget(key, entry);
            }
            entry = new(Interlocked.Increment(ref _begun), clock.GetTimestamp());
            entry.Page = ReadAsync(key, entry);
            return _entries[key] = entry;
        }
    }

    private async Task<HubPage?> ReadAsync(Key key, Entry entry)
    {
        // Neither under the caller's lock nor cancelled by one of those who wait.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await _readers.WaitAsync().ConfigureAwait(false);
        try
        {
            var page = await history.ReadAsync(key.StreamId, key.Start, options.HistoryPage, CancellationToken.None).ConfigureAwait(false);
            Keep(key, entry, EntryBytes + (page?.Events.Sum(e => (long)e.Wire.Length) ?? 0));
            return page;
        }
        catch
        {
            Forget(key, entry);
            throw;
        }
        finally
        {
            _readers.Release();
        }
    }

    private void Keep(Key key, Entry entry, long bytes)
    {
        lock (_gate)
        {
            if (_entries.GetValueOrDefault(key) != entry) return;
            entry.Bytes = bytes;
            _bytes += bytes;
            while (_bytes > options.HistoryCacheBytes)
            {
                var (oldestKey, oldest) = _entries.Where(e => e.Value.Bytes > 0).MinBy(e => e.Value.Number);
                Forget(oldestKey, oldest);
            }
        }
    }

    private void Forget(Key key, Entry entry)
    {
        lock (_gate)
        {
            if (_entries.GetValueOrDefault(key) != entry) return;
            _entries.Remove(key);
            _bytes -= entry.Bytes;
        }
    }

    private bool IsOld(Entry entry) => entry.Bytes > 0 && clock.GetElapsedTime(entry.Begun) > Life;

    /// <summary>A page being read, or read; its bytes are 0 until then.</summary>
    private sealed class Entry(long number, long begun)
    {
        public long Number { get; } = number;

        public long Begun { get; } = begun;

        public Task<HubPage?> Page { get; set; } = null!;

        public long Bytes { get; set; }
    }

    private readonly record struct Key(string StreamId, HubPosition Start);
}
