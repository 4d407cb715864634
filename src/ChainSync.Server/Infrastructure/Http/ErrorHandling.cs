using ChainSync.Core;
using Microsoft.AspNetCore.Diagnostics;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>The one place where an exception becomes an answer.</summary>
public static class ErrorHandling
{
    private static readonly Rejection Fault = new(
        "common.fault", "Something went wrong on our side. Whether the request was written is not known: send it again with the same operation id.");

    private static readonly Rejection TooLarge = new("common.too-large", "The request is larger than this address takes. Nothing was written.");
    private static readonly Rejection Malformed = new("common.malformed-json", "The request could not be read. Nothing was written.");
    private static readonly Rejection NotFound = new("common.not-found", "There is nothing at this address.");
    private static readonly Rejection MediaType = new("common.unsupported-media-type", "Send application/json.");

    /// <summary>Answers every exception, and every bare error status under /api, as problem+json.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = AnswerAsync, SuppressDiagnosticsCallback = c => IsExpected(c.Exception) });
        app.UseStatusCodePages(context => context.HttpContext.Request.Path.StartsWithSegments("/api")
            ? BareStatus(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext)
            : Task.CompletedTask);
    }

    private static Task AnswerAsync(HttpContext context)
    {
        var exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        return new ProblemResult(exception switch
        {
            RejectionException e => e.Rejection,
            BadHttpRequestException { StatusCode: 413 } => TooLarge,
            BadHttpRequestException => Malformed,
            _ => Fault,
        }).ExecuteAsync(context);
    }

    private static bool IsExpected(Exception exception) => exception is RejectionException or BadHttpRequestException or OperationCanceledException;

    private static ProblemResult BareStatus(int status) => new(status switch
    {
        401 => new Rejection("auth.missing", "Sign in first."),
        403 => Sync.StoreErrors.Forbidden,
        413 => TooLarge,
        415 => MediaType,
        404 or 405 => NotFound,
        < 500 => Malformed,
        _ => Fault,
    });
}
