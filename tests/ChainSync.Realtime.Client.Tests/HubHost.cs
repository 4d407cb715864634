using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChainSync.Realtime.Client.Tests;

/// <summary>The real hub in this process, over a log in memory. A token is a user's name; everybody may see the channels of <c>s1</c> and <c>s2</c>.</summary>
internal sealed class HubHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly MemoryLog _log;

    private HubHost(WebApplication app, MemoryLog log, TestClock clock) =>
        (_app, _log, Clock, Hub) = (app, log, clock, app.Services.GetRequiredService<Hub>());

    public TestClock Clock { get; }

    public Hub Hub { get; }

    public Uri Address => new UriBuilder(_app.Urls.Single()) { Scheme = "ws", Path = "/ws" }.Uri;

    public static async Task<HubHost> StartAsync(Action<HubOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var (clock, log) = (new TestClock(), new MemoryLog());
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IHubHistory>(log);
        builder.Services.AddHub<Everybody, MemoryLog>(o =>
        {
            o.MaxReplay = long.MaxValue;
            configure?.Invoke(o);
        });
        var app = builder.Build();
        app.MapHub("/ws");
        await app.StartAsync();
        return new(app, log, clock);
    }

    /// <summary>Commits a row of one event per channel and fans it out, as a log tail that never lags.</summary>
    public void Publish(string channel, int padding = 0, int parts = 1) => Hub.Publish(_log.Commit(channel, padding, parts));

    public IReadOnlyList<HubEvent> All(string stream) => _log.All(stream);

    /// <summary>Connections that the hub has closed for this reason.</summary>
    public long Closes(string reason) => Hub.Statistics().Closes.GetValueOrDefault(reason);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class Everybody(TimeProvider clock) : IHubAuthority
    {
        public ValueTask<HubAuthentication> AuthenticateAsync(string token, CancellationToken cancellationToken) =>
            new(HubAuthentication.Accept(new(token, "manager", clock.GetUtcNow().AddYears(1))));

        public ValueTask<HubResolution> ResolveAsync(HubUser user, string? ns, string? channel, CancellationToken cancellationToken)
        {
            if (ns is not null) return new(HubResolution.To(new HubChannel($"{ns}:s1", "s1"), new HubChannel($"{ns}:s2", "s2")));
            var parts = channel!.Split(':');
            return new(parts is [_, "s1" or "s2"] ? HubResolution.To(new HubChannel(channel, parts[1], parts[0] == "store")) : HubResolution.Refuse("common.not-found"));
        }

        public bool MaySee(HubUser user, HubEvent hubEvent) => true;
    }

    private sealed class MemoryLog : IHubHistory
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<string, List<HubEvent>> _events = [];
        private readonly Dictionary<string, long> _heads = [];

        public HubBatch Commit(string channel, int padding, int parts)
        {
            var stream = channel.Split(':')[1];
            lock (_gate)
            {
                var seq = _heads[stream] = _heads.GetValueOrDefault(stream) + 1;
                var row = Enumerable.Range(0, parts).Select(part => Event(channel, seq, part, padding)).ToList();
                if (!_events.TryGetValue(stream, out var events)) _events[stream] = events = [];
                events.AddRange(row);
                return new(stream, "e1", seq - 1, seq, row);
            }
        }

        public IReadOnlyList<HubEvent> All(string stream)
        {
            lock (_gate) return [.. _events.GetValueOrDefault(stream) ?? []];
        }

        public ValueTask<HubPosition> PositionAsync(string streamId, CancellationToken cancellationToken)
        {
            lock (_gate) return new(new HubPosition(_heads.GetValueOrDefault(streamId), "e1"));
        }

        public ValueTask<HubPage?> ReadAsync(string streamId, HubPosition after, int limit, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                if (after.Epoch != "e1") return new(HubPage.Gone);
                var end = Math.Min(after.Seq + limit, _heads.GetValueOrDefault(streamId));
                var rows = _events.GetValueOrDefault(streamId) ?? [];
                return new(new HubPage([.. rows.Where(e => e.Seq > after.Seq && e.Seq <= end)], end));
            }
        }

        private static HubEvent Event(string channel, long seq, int part, int padding)
        {
            var partField = part > 0 ? $"\"part\":{part}," : "";
            var json = $$$"""{"type":"test:event","channel":"{{{channel}}}","seq":{{{seq}}},{{{partField}}}"data":{"pad":"{{{new string('x', padding)}}}"}}""";
            return new(channel, seq, part, Encoding.UTF8.GetBytes(json));
        }
    }
}
