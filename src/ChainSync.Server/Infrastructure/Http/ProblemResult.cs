using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChainSync.Core;
using Microsoft.AspNetCore.WebUtilities;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>A refusal as <c>application/problem+json</c> (RFC 9457) with the stable code and the messages by field.</summary>
public sealed class ProblemResult(Rejection rejection) : IResult, IStatusCodeHttpResult
{
    private const string TypeBase = "https://chainsync.example/problems/";

    public int? StatusCode => Problems.StatusOf(rejection.Code);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var status = Problems.StatusOf(rejection.Code);
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/problem+json";
        var problem = new Problem(
            TypeBase + rejection.Code, ReasonPhrases.GetReasonPhrase(status), status, rejection.Detail, rejection.Code,
            rejection.Errors, Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier);
        return JsonSerializer.SerializeAsync(httpContext.Response.Body, problem, ProblemJson.Default.Problem, httpContext.RequestAborted);
    }
}

/// <summary>The body of a refusal.</summary>
public sealed record Problem(
    string Type, string Title, int Status, string Detail, string Code, IReadOnlyDictionary<string, string[]>? Errors, string TraceId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
public sealed partial class ProblemJson : JsonSerializerContext;
