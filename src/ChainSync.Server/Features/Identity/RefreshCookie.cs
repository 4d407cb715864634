namespace ChainSync.Server.Features.Identity;

/// <summary>The cookie that holds the refresh token: out of reach of scripts, and sent to the addresses of sign-in only.</summary>
public static class RefreshCookie
{
    public const string Name = "chainsync_refresh";
    public const string Path = "/api/auth";

    private const int MaxLength = 100;

    /// <summary>The token of the request, or null.</summary>
    public static string? Read(HttpContext context) =>
        context.Request.Cookies[Name] is { Length: > 0 and <= MaxLength } token ? token : null;

    public static void Write(HttpContext context, RefreshToken token)
    {
        var options = Options(context);
        options.Expires = token.ExpiresAt;
        context.Response.Cookies.Append(Name, token.Text, options);
    }

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    private static CookieOptions Options(HttpContext context) => new()
    {
        Path = Path,
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        IsEssential = true,
    };
}
