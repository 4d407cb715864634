using System.Text;

namespace ChainSync.Realtime.Tests;

/// <summary>
/// A log in memory that plays the host: it is the history, and it feeds the hub as a log tail would. Rows are committed and
/// published in separate steps, so that a client can arrive between the two.
/// </summary>
public sealed class TestLog : IHubHistory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<HubEvent>> _events = [];
    private readonly Dictionary<string, long> _heads = [];
    private readonly Dictionary<string, long> _floors = [];
    private int _reads;
    private int _positions;
    private int _reading;
    private int _mostReading;

    public string Epoch { get; set; } = "e1";

    /// <summary>Awaited by every read, so that a test can hold one.</summary>
    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    public int Reads => Volatile.Read(ref _reads);

    /// <summary>How often it was asked where it stands.</summary>
    public int Positions => Volatile.Read(ref _positions);

    public int MostReadingAtOnce => Volatile.Read(ref _mostReading);

    public static HubEvent Event(string channel, long seq, int part = 0, string? audience = null, int padding = 0, string? key = null)
    {
        var partField = part > 0 ? $"\"part\":{part}," : "";
        var json = $$"""{"type":"test:event","channel":"{{channel}}","seq":{{seq}},{{partField}}"data":{"pad":"{{new string('x', padding)}}" } }""";
        return new(channel, seq, part, Encoding.UTF8.GetBytes(json), audience, key);
    }

    /// <summary>Commits one row with these events and returns the batch that would publish it.</summary>
    public HubBatch Commit(string stream, Func<long, IReadOnlyList<HubEvent>> events)
    {
        lock (_gate)
        {
            var seq = _heads[stream] = _heads.GetValueOrDefault(stream) + 1;
            var row = events(seq);
            Rows(stream).AddRange(row);
            return new(stream, Epoch, seq - 1, seq, row);
        }
    }

    public HubBatch Commit(string stream, string channel, string? audience = null, int padding = 0) =>
        Commit(stream, seq => [Event(channel, seq, 0, audience, padding)]);

    public void Prune(string stream, long floor)
    {
        lock (_gate) _floors[stream] = floor;
    }

    public List<HubEvent> All(string stream)
    {
        lock (_gate) return [.. Rows(stream)];
    }

    public ValueTask<HubPosition> PositionAsync(string streamId, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _positions);
        lock (_gate) return new(new HubPosition(_heads.GetValueOrDefault(streamId), Epoch));
    }

    public async ValueTask<HubPage?> ReadAsync(string streamId, HubPosition after, int limit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        var reading = Interlocked.Increment(ref _reading);
        lock (_gate) _mostReading = Math.Max(_mostReading, reading);
        await BeforeRead();
        Interlocked.Decrement(ref _reading);
        lock (_gate)
        {
            if (after.Epoch != Epoch || after.Seq < _floors.GetValueOrDefault(streamId)) return HubPage.Gone;
            var end = Math.Min(after.Seq + limit, _heads.GetValueOrDefault(streamId));
            var events = Rows(streamId).Where(e => e.Seq > after.Seq && e.Seq <= end);
            return new HubPage([.. events], end);
        }
    }

    private List<HubEvent> Rows(string stream) => _events.TryGetValue(stream, out var rows) ? rows : _events[stream] = [];
}
