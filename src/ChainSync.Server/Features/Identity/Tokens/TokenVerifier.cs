using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;

namespace ChainSync.Server.Features.Identity.Tokens;

/// <summary>
/// Takes exactly the tokens that <see cref="TokenIssuer"/> makes and no others (RFC 8725): one algorithm, a header of three
/// members, every claim present once and of its kind. Used by requests and by the hub alike.
/// </summary>
public sealed class TokenVerifier(ServerSecrets secrets, RevokedSessions revoked, IdentityOptions options, TimeProvider clock)
{
    private const int MaxNameLength = 400;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 3 };

    /// <summary>Checks a token.</summary>
    /// <returns>What it says, or <c>auth.expired</c> for one that was good once, or <c>auth.invalid</c>.</returns>
    public Outcome<VerifiedToken> Verify(string token)
    {
        var key = secrets.TokenKey;
        if (Jws.Verify(token, key.Value) is not { } parts || !IsOurHeader(parts.Header, key.Id)) return AuthErrors.Invalid;
        if (ReadClaims(parts.Payload) is not { } claims) return AuthErrors.Invalid;

        var now = clock.GetUtcNow();
        if (claims.NotBefore > now + options.ClockSkew || claims.IssuedAt > now + options.ClockSkew) return AuthErrors.Invalid;
        if (claims.Token.ExpiresAt <= now - options.ClockSkew) return AuthErrors.Expired;
        return revoked.Contains(claims.Token.SessionId) ? AuthErrors.Invalid : claims.Token;
    }

    // Any further member is refused, and with it crit, jku, jwk, x5u and whatever else asks a verifier to do something.
    private static bool IsOurHeader(byte[] utf8, string keyId) => Parse(utf8, header =>
        header.EnumerateObject().Count() == 3
        && Text(header, "alg") == "HS256" && Text(header, "typ") == TokenIssuer.Type && Text(header, "kid") == keyId);

    private Claims? ReadClaims(byte[] utf8) => Parse(utf8, claims =>
    {
        if (Text(claims, "iss") != options.Issuer || Text(claims, "aud") != options.Audience) return null;
        if (Instant(claims, "iat") is not { } issuedAt || Instant(claims, "nbf") is not { } notBefore || Instant(claims, "exp") is not { } expiresAt) return null;
        if (Id(claims, "sub") is not { } personId || Id(claims, "jti") is not { } tokenId || Id(claims, "sid") is not { } sessionId) return null;
        if (Text(claims, "name") is not { Length: > 0 and <= MaxNameLength } name) return null;
        var role = RoleNames.Parse(Text(claims, "role"));
        if (role == Role.Guest || Stores(claims, role) is not { } stores) return null;
        var customerId = Id(claims, "customer");
        if (claims.TryGetProperty("customer", out _) && customerId is null) return null;
        return new Claims(issuedAt, notBefore, new VerifiedToken(tokenId, personId, sessionId, name, role, stores, customerId, expiresAt));
    });

    private static HashSet<Guid>? Stores(JsonElement claims, Role role)
    {
        if (role == Role.Admin) return Text(claims, "stores") == "*" ? [] : null;
        if (!claims.TryGetProperty("stores", out var list) || list.ValueKind != JsonValueKind.Array) return null;
        var stores = new HashSet<Guid>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !item.TryGetGuid(out var id)) return null;
            stores.Add(id);
        }
        return stores;
    }

    private static T? Parse<T>(byte[] utf8, Func<JsonElement, T?> read)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : default;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default; // not JSON, or a string in it that is not Unicode
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Guid? Id(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetGuid(out var id) ? id : null;

    // Whole seconds only, and none that a DateTimeOffset could not hold.
    private static DateTimeOffset? Instant(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var seconds) && seconds is >= 0 and <= 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private sealed record Claims(DateTimeOffset IssuedAt, DateTimeOffset NotBefore, VerifiedToken Token);
}
