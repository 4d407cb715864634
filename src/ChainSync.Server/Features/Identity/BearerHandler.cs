using System.Security.Claims;
using System.Text.Encodings.Web;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Server.Features.Identity.Tokens;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Sync;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ChainSync.Server.Features.Identity;

/// <summary>The authentication scheme of requests: <c>Authorization: Bearer</c> with one of our access tokens.</summary>
public sealed class BearerHandler(
    TokenVerifier verifier, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "Bearer";

    private const string Prefix = "Bearer ";

    private Rejection _refusal = AuthErrors.Missing;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var headers = Request.Headers.Authorization;
        if (headers.Count == 0) return Task.FromResult(AuthenticateResult.NoResult());
        var verified = headers is [{ } header] && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? verifier.Verify(header[Prefix.Length..])
            : AuthErrors.Invalid;
        if (!verified.IsAccepted)
        {
            _refusal = verified.Rejection;
            return Task.FromResult(AuthenticateResult.Fail(_refusal.Code));
        }
        var token = verified.Value;
        Context.Features.Set(token);
        Context.Features.Set(new CallerFeature(token.ToCaller(Context.Connection.RemoteIpAddress?.ToString())));
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, token.PersonId.ToString()), new(ClaimTypes.Name, token.Name), new(ClaimTypes.Role, RoleNames.Of(token.Role))], Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name)));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync(); // the refusal is known only after it
        Response.Headers.WWWAuthenticate = _refusal == AuthErrors.Missing ? "Bearer" : "Bearer error=\"invalid_token\"";
        await Problems.From(_refusal).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problems.From(StoreErrors.Forbidden).ExecuteAsync(Context);
}
