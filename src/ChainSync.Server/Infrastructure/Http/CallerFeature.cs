using ChainSync.Core.Identity;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>The caller that authentication found.</summary>
public sealed record CallerFeature(Caller Caller);

/// <summary>Who asks.</summary>
public static class CallerExtensions
{
    /// <summary>The caller of the request: from its verified access token, or a guest when it shows none that is good.</summary>
    public static Caller GetCaller(this HttpContext context) =>
        context.Features.Get<CallerFeature>()?.Caller ?? Caller.Guest with { Ip = context.Connection.RemoteIpAddress?.ToString() };
}
