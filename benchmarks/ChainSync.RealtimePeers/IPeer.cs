using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ChainSync.RealtimePeers;

/// <summary>A hub as its author would set it up: clients sign in, join a channel, and are sent what is published to it.</summary>
internal interface IPeer
{
    /// <summary>What the hub's author would have the endpoint do.</summary>
    void Listen(ListenOptions endpoint)
    {
    }

    void AddTo(IServiceCollection services);

    void MapTo(WebApplication app);

    /// <summary>Sends the events of positions <paramref name="first"/> … <paramref name="first"/> + <paramref name="count"/> − 1 to everyone who follows the store's orders.</summary>
    Task PublishAsync(string storeId, long first, int count);
}
