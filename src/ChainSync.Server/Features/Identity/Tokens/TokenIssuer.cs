using System.Buffers;
using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;

namespace ChainSync.Server.Features.Identity.Tokens;

/// <summary>Makes access tokens.</summary>
public sealed class TokenIssuer(ServerSecrets secrets, IdentityOptions options, TimeProvider clock)
{
    /// <summary>The header's <c>typ</c>, so that no other kind of JWT signed with the same key could pass for an access token (RFC 9068).</summary>
    public const string Type = "at+jwt";

    /// <summary>A token for a person in a session.</summary>
    /// <returns>The token and when it ends.</returns>
    public (string Token, DateTimeOffset ExpiresAt) Issue(Person person, Guid sessionId)
    {
        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        var expiresAt = issuedAt + options.AccessTokenLifetime;
        var key = secrets.TokenKey;
        var header = Write(json =>
        {
            json.WriteString("alg", "HS256");
            json.WriteString("typ", Type);
            json.WriteString("kid", key.Id);
        });
        var payload = Write(json =>
        {
            json.WriteString("iss", options.Issuer);
            json.WriteString("aud", options.Audience);
            json.WriteString("sub", person.Id);
            json.WriteString("jti", Ids.New(clock));
            json.WriteNumber("iat", issuedAt.ToUnixTimeSeconds());
            json.WriteNumber("nbf", issuedAt.ToUnixTimeSeconds());
            json.WriteNumber("exp", expiresAt.ToUnixTimeSeconds());
            json.WriteString("sid", sessionId);
            json.WriteString("name", person.Name);
            json.WriteString("role", RoleNames.Of(person.Role));
            WriteStores(json, person);
            if (person.CustomerId is { } customerId) json.WriteString("customer", customerId);
        });
        return (Jws.Sign(header, payload, key.Value), expiresAt);
    }

    private static void WriteStores(Utf8JsonWriter json, Person person)
    {
        if (person.Role == Role.Admin)
        {
            json.WriteString("stores", "*");
            return;
        }
        json.WriteStartArray("stores");
        foreach (var storeId in person.StoreIds) json.WriteStringValue(storeId);
        json.WriteEndArray();
    }

    private static ReadOnlySpan<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan;
    }
}
