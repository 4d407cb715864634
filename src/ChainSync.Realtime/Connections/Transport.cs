using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChainSync.Realtime.Connections;

/// <summary>Where a connection's frames are read and written.</summary>
internal static class Transport
{
    /// <summary>
    /// After an HTTP/1.1 upgrade nothing but frames follows, so they are read from and written to the pipes of the transport (or TLS)
    /// itself, past the locks, copies and state that a request and a response need. An HTTP/2 stream shares its transport with others
    /// and is used as a stream; so is a connection of a server that has no transport to show.
    /// </summary>
    public static (PipeReader Input, PipeWriter Output) Of(HttpContext context, Stream network)
    {
        var shared = context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
        return !shared && context.Features.Get<IConnectionTransportFeature>() is { Transport: var transport }
            ? (transport.Input, transport.Output)
            : (PipeReader.Create(network, new(leaveOpen: true, useZeroByteReads: true)), PipeWriter.Create(network, new(leaveOpen: true)));
    }
}
