using System.Globalization;
using ChainSync.Core;
using ChainSync.Server.Sync;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>Outcomes as HTTP answers.</summary>
public static class Answers
{
    /// <summary>The stored answer of a committed operation, or the refusal.</summary>
    public static IResult ToResult(this Outcome<Committed> outcome) =>
        outcome.Match<IResult>(committed => new CommittedResult(committed), Problems.From);

    private sealed class CommittedResult(Committed committed) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = committed.Status;
            response.Headers["ChainSync-Seq"] = committed.Seq.ToString(CultureInfo.InvariantCulture);
            if (committed.Replayed) response.Headers["Idempotency-Replayed"] = "true";
            response.ContentType = "application/json; charset=utf-8";
            return response.WriteAsync(committed.Json, httpContext.RequestAborted);
        }
    }
}
