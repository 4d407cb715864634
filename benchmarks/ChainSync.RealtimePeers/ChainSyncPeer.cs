using System.Text.Json;
using ChainSync.Realtime;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ChainSync.RealtimePeers;

/// <summary>ChainSync's hub alone, publishing from memory. Its limits are out of the way, as the bench is one address and one flood.</summary>
internal sealed class ChainSyncPeer : IPeer
{
    private const string Epoch = "bench";

    private Hub? _hub;

    public void Listen(ListenOptions endpoint) => endpoint.UseDirectSend();

    public void AddTo(IServiceCollection services) => services.AddHub<Staff, NoHistory>(options =>
    {
        options.MaxConnections = options.MaxConnectionsPerAddress = 20_000;
        options.MaxFramesPerMinute = int.MaxValue;
    });

    public void MapTo(WebApplication app)
    {
        app.MapHub("/ws");
        _hub = app.Services.GetRequiredService<Hub>();
    }

    public Task PublishAsync(string storeId, long first, int count)
    {
        var events = new HubEvent[count];
        for (var i = 0; i < count; i++)
        {
            var sale = SaleCreated.Of(storeId, first + i);
            events[i] = new(sale.Channel, sale.Seq, 0, JsonSerializer.SerializeToUtf8Bytes(sale, PeerJson.Default.SaleCreated));
        }
        _hub!.Publish(new(storeId, Epoch, first - 1, first + count - 1, events));
        return Task.CompletedTask;
    }

    /// <summary>Everyone with a good token is staff of every store and sees its orders.</summary>
    private sealed class Staff : IHubAuthority
    {
        public ValueTask<HubAuthentication> AuthenticateAsync(string token, CancellationToken cancellationToken) =>
            new(AccessToken.Verify(token) is var (user, end) ? HubAuthentication.Accept(new(user, "staff", end)) : HubAuthentication.Refuse("auth.invalid"));

        public ValueTask<HubResolution> ResolveAsync(HubUser user, string? ns, string? channel, CancellationToken cancellationToken) =>
            new(channel?.Split(':') is ["orders", var storeId] ? HubResolution.To(new HubChannel(channel, storeId)) : HubResolution.Refuse("common.not-found"));

        public bool MaySee(HubUser user, HubEvent hubEvent) => user.Role == "staff";
    }

    /// <summary>Nobody resumes here.</summary>
    private sealed class NoHistory : IHubHistory
    {
        public ValueTask<HubPosition> PositionAsync(string streamId, CancellationToken cancellationToken) => new(new HubPosition(0, Epoch));

        public ValueTask<HubPage?> ReadAsync(string streamId, HubPosition after, int limit, CancellationToken cancellationToken) => new(HubPage.Gone);
    }
}
