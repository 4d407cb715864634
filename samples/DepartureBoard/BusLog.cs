using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChainSync.Realtime;

namespace DepartureBoard;

/// <summary>What the board says of a bus.</summary>
public sealed record Bus(string Line, string To, int InMinutes);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Bus))]
public sealed partial class BusJson : JsonSerializerContext;

/// <summary>What happened at each stop, in memory: the history that the hub resumes clients from. A stop is a stream.</summary>
public sealed class BusLog : IHubHistory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<HubEvent>> _stops = [];
    private readonly string _epoch = RandomNumberGenerator.GetHexString(16); // this log dies with the process

    /// <summary>Writes a row; the batch is to be published, in order.</summary>
    public HubBatch Write(string stop, string type, Bus bus)
    {
        lock (_gate)
        {
            var rows = Rows(stop);
            var (channel, seq) = ($"departures:{stop}", rows.Count + 1);
            var frame = $$"""{"type":"{{type}}","channel":"{{channel}}","seq":{{seq}},"data":{{JsonSerializer.Serialize(bus, BusJson.Default.Bus)}}}""";
            rows.Add(new HubEvent(channel, seq, 0, System.Text.Encoding.UTF8.GetBytes(frame)));
            return new HubBatch(stop, _epoch, seq - 1, seq, [rows[^1]]);
        }
    }

    public ValueTask<HubPosition> PositionAsync(string streamId, CancellationToken cancellationToken)
    {
        lock (_gate) return new(new HubPosition(Rows(streamId).Count, _epoch));
    }

    public ValueTask<HubPage?> ReadAsync(string streamId, HubPosition after, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (after.Epoch != _epoch || after.Seq > Rows(streamId).Count) return new(HubPage.Gone);
            var rows = Rows(streamId).Skip((int)after.Seq).Take(limit).ToList();
            return new(new HubPage(rows, after.Seq + rows.Count));
        }
    }

    private List<HubEvent> Rows(string stop) => _stops.TryGetValue(stop, out var rows) ? rows : _stops[stop] = [];
}

/// <summary>Everybody may see every stop; a token is any name.</summary>
public sealed class Passengers(TimeProvider clock) : IHubAuthority
{
    public ValueTask<HubAuthentication> AuthenticateAsync(string token, CancellationToken cancellationToken) =>
        new(HubAuthentication.Accept(new HubUser(token, "passenger", clock.GetUtcNow().AddHours(1))));

    public ValueTask<HubResolution> ResolveAsync(HubUser user, string? ns, string? channel, CancellationToken cancellationToken) =>
        new(channel?.Split(':') is ["departures", { Length: > 0 } stop] ? HubResolution.To(new HubChannel(channel, stop)) : HubResolution.Refuse("board.no-such-stop"));

    public bool MaySee(HubUser user, HubEvent hubEvent) => true;
}
