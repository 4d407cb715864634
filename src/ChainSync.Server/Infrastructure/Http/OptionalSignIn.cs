using Microsoft.AspNetCore.Authentication;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>
/// For addresses that guests may use too: somebody who shows a token that is no good is told so, instead of being answered as a
/// guest without a word.
/// </summary>
public sealed class OptionalSignIn : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Headers.Authorization.Count == 0 || http.Features.Get<CallerFeature>() is not null) return await next(context);
        await http.ChallengeAsync();
        return Results.Empty;
    }
}
