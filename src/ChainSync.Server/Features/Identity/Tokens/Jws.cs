using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ChainSync.Server.Features.Identity.Tokens;

/// <summary>
/// JSON Web Signature, compact form, with HMAC-SHA256 and nothing else (RFC 7515, RFC 7518 §3.2). There is no algorithm to
/// choose, so none can be confused (RFC 8725 §3.1): the MAC is checked before a byte of the header is believed.
/// </summary>
public static class Jws
{
    /// <summary>Longest token that is looked at, characters. One of ours with a hundred stores has 5,600.</summary>
    public const int MaxLength = 8 * 1024;

    /// <summary>Signs header and payload, both UTF-8 JSON.</summary>
    public static string Sign(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> key)
    {
        var input = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        return $"{input}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(input)))}";
    }

    /// <summary>The parts of a token whose MAC is right, or null: for a wrong MAC, and for any text that is not exactly the compact form.</summary>
    public static Parts? Verify(string token, ReadOnlySpan<byte> key)
    {
        if (token.Length > MaxLength) return null;
        var (first, last) = (token.IndexOf('.'), token.LastIndexOf('.'));
        if (first < 0 || first == last || token.AsSpan(first + 1, last - first - 1).Contains('.')) return null;

        var header = Decode(token.AsSpan(0, first));
        var payload = Decode(token.AsSpan(first + 1, last - first - 1));
        var signature = Decode(token.AsSpan(last + 1));
        if (header is null || payload is null || signature is null) return null;

        var expected = HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(token, 0, last));
        return CryptographicOperations.FixedTimeEquals(expected, signature) ? new Parts(header, payload) : null;
    }

    // The base library's decoder skips white space, takes padding and ignores spare bits, so one token could be spelled many
    // ways. The one spelling that is taken is the one that encoding gives back.
    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !Base64Url.IsValid(text)) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        return text.SequenceEqual(Base64Url.EncodeToString(bytes)) ? bytes : null;
    }

    /// <summary>A token's signed content, UTF-8 JSON as it claims.</summary>
    public readonly record struct Parts(byte[] Header, byte[] Payload);
}
