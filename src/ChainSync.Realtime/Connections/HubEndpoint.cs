using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ChainSync.Realtime.Connections;

/// <summary>What happens to a request before it is a connection: every refusal that HTTP can express is made here.</summary>
internal sealed class HubEndpoint(Hub hub, RequestDelegate? plain)
{
    private const string BearerPrefix = "Bearer ";
    private const int IdLength = 16;

    public async Task HandleAsync(HttpContext context)
    {
        if (!Handshake.IsRequested(context))
        {
            await AnswerPlainAsync(context).ConfigureAwait(false);
            return;
        }
        var address = Admission.Key(context.Connection.RemoteIpAddress);
        if ((Refusal(context) ?? hub.Admission.TryEnter(address)) is { } status)
        {
            Refuse(context, status);
            return;
        }
        try
        {
            var life = await AdmitAsync(context).ConfigureAwait(false);
            await life.ConfigureAwait(false);
        }
        finally
        {
            hub.Admission.Leave(address);
        }
    }

    private async Task AnswerPlainAsync(HttpContext context)
    {
        if (plain is not null)
        {
            await plain(context).ConfigureAwait(false);
            return;
        }
        context.Response.Headers.Upgrade = "websocket";
        context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
    }

    private int? Refusal(HttpContext context)
    {
        if (Handshake.Refusal(context) is { } status) return status;
        if (!Handshake.OriginAllowed(context.Request, hub.Options.AllowedOrigins)) return StatusCodes.Status403Forbidden;
        return hub.IsDraining ? StatusCodes.Status503ServiceUnavailable : null;
    }

    /// <summary>
    /// Makes a connection of the request. Returns its life, which has begun and may last for days, so that nothing the admission needed
    /// is kept for as long; over already when the request was refused.
    /// </summary>
    private async Task<Task> AdmitAsync(HttpContext context)
    {
        HubUser? user = null;
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
        {
            var answer = await hub.AuthenticateAsync(header[BearerPrefix.Length..].Trim(), context.RequestAborted).ConfigureAwait(false);
            if (answer.User is null)
            {
                Refuse(context, StatusCodes.Status401Unauthorized);
                return Task.CompletedTask;
            }
            user = answer.User;
        }
        var compressed = hub.Options.EnableCompression && DeflateOffer.CanMeet(context.Request.Headers.SecWebSocketExtensions);
        var network = await Handshake.AcceptAsync(context, compressed).ConfigureAwait(false);
        var (input, output) = Transport.Of(context, network);
        var id = RandomNumberGenerator.GetHexString(IdLength, lowercase: true);
        var connection = new HubConnection(hub, id, input, output, compressed, context.Abort);
        hub.Remember(connection);
        return connection.RunAsync(user);
    }

    private void Refuse(HttpContext context, int status)
    {
        hub.Metrics.Refused(status);
        if (status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Bearer";
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable) context.Response.Headers.RetryAfter = "5";
        context.Response.StatusCode = status;
    }
}
