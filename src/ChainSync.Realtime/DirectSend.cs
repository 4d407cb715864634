using ChainSync.Realtime.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace ChainSync.Realtime;

/// <summary>Sends on the thread that flushes, which saves about a quarter of what one event to many connections costs.</summary>
public static class DirectSend
{
    /// <summary>
    /// Has the connections of an endpoint sent to without a hand-over to another thread, WebSockets and plain responses alike; TLS, if
    /// any, is put in front of it. Connections that are no sockets stay as they are.
    /// </summary>
    /// <param name="endpoint">An endpoint, or all: <c>kestrel.ConfigureEndpointDefaults(endpoint => endpoint.UseDirectSend())</c>.</param>
    public static IConnectionBuilder UseDirectSend(this IConnectionBuilder endpoint) => endpoint.Use(static next => connection =>
    {
        if (connection.Features.Get<IConnectionSocketFeature>() is { } feature)
            connection.Transport = new DirectTransport(feature.Socket, connection.Transport);
        return next(connection);
    });
}
