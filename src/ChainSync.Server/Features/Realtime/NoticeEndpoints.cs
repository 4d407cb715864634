using System.Globalization;
using ChainSync.Core.Events;
using ChainSync.Core.Json;
using ChainSync.Server.Infrastructure.Http;

namespace ChainSync.Server.Features.Realtime;

/// <summary>Telling people something, from outside the socket.</summary>
public static class NoticeEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/realtime/websocket", SendNoticeAsync).WithTags("Realtime").RequireAuthorization()
            .Produces<NoticeSent>(201).ProducesProblems(400, 401, 403, 404, 413, 415, 422);

    private static async Task<IResult> SendNoticeAsync(
        Request<SendNotice> request, SendNoticeHandler handler, HttpContext context, CancellationToken cancellationToken)
    {
        var outcome = await handler.HandleAsync(request.Body, request.ToOperation, context.GetCaller(), cancellationToken);
        return outcome.Match<IResult>(
            done =>
            {
                if (done.Replayed) context.Response.Headers["Idempotency-Replayed"] = "true";
                if (done.Sent.Stores is [var only]) context.Response.Headers["ChainSync-Seq"] = only.Seq.ToString(CultureInfo.InvariantCulture);
                return TypedResults.Json(done.Sent, ChainSyncJson.Default.NoticeSent, statusCode: 201);
            },
            Problems.From);
    }
}
