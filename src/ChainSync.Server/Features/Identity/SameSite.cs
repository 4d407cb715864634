using ChainSync.Server.Infrastructure.Http;

namespace ChainSync.Server.Features.Identity;

/// <summary>
/// Refuses what another site's page sends in a visitor's name. Every browser says where a POST comes from, in
/// <c>Sec-Fetch-Site</c> or <c>Origin</c>, and a page cannot forge them; a request with neither is not a browser's and
/// carries no cookie but its own. The cookie's SameSite=Strict stands in front of this.
/// </summary>
public sealed class SameSite : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        IsSameOrigin(context.HttpContext.Request) ? next(context) : new(Problems.From(AuthErrors.CrossSite));

    private static bool IsSameOrigin(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site == "same-origin";
        var origin = request.Headers.Origin.ToString();
        // Behind a proxy that ends TLS the scheme differs from ours; the host does not.
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && HostString.FromUriComponent(from) is var host
                && host.Host == request.Host.Host && (host.Port ?? from.Port) == (request.Host.Port ?? DefaultPort(from)));
    }

    private static int DefaultPort(Uri uri) => uri.Scheme == Uri.UriSchemeHttps ? 443 : 80;
}
