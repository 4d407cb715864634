using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChainSync.Realtime.Connections;

/// <summary>Where a connection's frames are written.</summary>
internal static class TransportOutput
{
    /// <summary>
    /// After an HTTP/1.1 upgrade nothing but frames follows, so they go straight into the pipe that the transport (or TLS) sends
    /// from, past the locks and copies that a response needs. An HTTP/2 stream shares its transport with others and is written
    /// to as a stream; so is a connection of a server that has no transport to show.
    /// </summary>
    public static PipeWriter Of(HttpContext context, Stream network)
    {
        var shared = context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
        return !shared && context.Features.Get<IConnectionTransportFeature>() is { } connection
            ? connection.Transport.Output
            : PipeWriter.Create(network, new StreamPipeWriterOptions(leaveOpen: true));
    }
}
