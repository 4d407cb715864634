using System.Globalization;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Server.Features.Identity.Tokens;
using ChainSync.Server.Infrastructure.Http;

namespace ChainSync.Server.Features.Identity;

/// <summary>Sign-in, refresh and sign-out.</summary>
public static class IdentityEndpoints
{
    private const string RegisterKeyHeader = "ChainSync-Register-Key";

    public static void MapIdentity(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/auth/me", MeAsync).Produces<SignedInUser>().RequireAuthorization().WithTags("Auth");
        var auth = routes.MapGroup("/api/auth").WithTags("Auth").AddEndpointFilter<SameSite>();
        auth.MapPost("/login", LoginAsync).Produces<SignedIn>().ProducesSignInProblems();
        auth.MapPost("/pin", PinAsync).Produces<SignedIn>().ProducesSignInProblems();
        auth.MapPost("/refresh", RefreshAsync).Produces<SignedIn>().Produces<Problem>(401, "application/problem+json");
        auth.MapPost("/logout", LogoutAsync).Produces(204);
        auth.MapPost("/logout-everywhere", LogoutEverywhereAsync).Produces(204).RequireAuthorization();
    }

    private static async Task<IResult> LoginAsync(Body<SignIn> body, SignInHandler handler, HttpContext context, CancellationToken cancellationToken) =>
        Answer(context, await handler.HandleAsync(body.Value, context.Connection.RemoteIpAddress, cancellationToken));

    private static async Task<IResult> PinAsync(Body<SignInWithPin> body, SignInHandler handler, HttpContext context, CancellationToken cancellationToken) =>
        Answer(context, await handler.HandleAsync(
            body.Value, context.Request.Headers[RegisterKeyHeader], context.Connection.RemoteIpAddress, cancellationToken));

    private static async Task<IResult> RefreshAsync(SignInHandler handler, HttpContext context, CancellationToken cancellationToken)
    {
        if (RefreshCookie.Read(context) is not { } token) return Problems.From(AuthErrors.Missing);
        var answer = await handler.RefreshAsync(token, cancellationToken);
        if (!answer.Outcome.IsAccepted) RefreshCookie.Delete(context);
        return Answer(context, answer);
    }

    // By what the client still has: the cookie, the access token, or both. Signing out twice is signing out.
    private static async Task<IResult> LogoutAsync(Sessions sessions, HttpContext context, CancellationToken cancellationToken)
    {
        if (RefreshCookie.Read(context) is { } token) await sessions.EndByTokenAsync(token, cancellationToken);
        if (context.Features.Get<VerifiedToken>() is { } access) await sessions.EndAsync(access.SessionId, "logout", cancellationToken);
        RefreshCookie.Delete(context);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> LogoutEverywhereAsync(Sessions sessions, HttpContext context, CancellationToken cancellationToken)
    {
        await sessions.EndAllAsync(context.GetToken().PersonId, cancellationToken);
        RefreshCookie.Delete(context);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> MeAsync(Sessions sessions, People people, HttpContext context, CancellationToken cancellationToken) =>
        await sessions.FindAsync(context.GetToken().SessionId, cancellationToken) is { } session
        && await people.FindAsync(session, cancellationToken) is { } person
            ? TypedResults.Json(person.ToUser(), ChainSyncJson.Default.SignedInUser)
            : Problems.From(AuthErrors.Invalid);

    private static IResult Answer(HttpContext context, SignInAnswer answer)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (answer.RetryAfter > TimeSpan.Zero)
            context.Response.Headers.RetryAfter = Math.Ceiling(answer.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return answer.Outcome.Match<IResult>(
            grant =>
            {
                RefreshCookie.Write(context, grant.RefreshToken);
                return TypedResults.Json(grant.Answer, ChainSyncJson.Default.SignedIn);
            },
            Problems.From);
    }

    private static VerifiedToken GetToken(this HttpContext context) =>
        context.Features.Get<VerifiedToken>() ?? throw new InvalidOperationException("The endpoint does not require authorization.");

    private static void ProducesSignInProblems(this RouteHandlerBuilder route) =>
        route.Produces<Problem>(401, "application/problem+json").Produces<Problem>(422, "application/problem+json").Produces<Problem>(423, "application/problem+json");
}
