using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChainSync.RealtimePeers;

/// <summary>What every peer checks when a client signs in: <c>user.expires.signature</c>, HMAC-SHA256 over the rest with the bench's key.</summary>
internal static class AccessToken
{
    private static readonly byte[] Key = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable("BENCH_KEY") ?? throw new InvalidOperationException("BENCH_KEY is not set."));

    /// <summary>The user and the end of a good token, or null.</summary>
    public static (string User, DateTimeOffset ExpiresAt)? Verify(string token)
    {
        var dot = token.LastIndexOf('.');
        if (dot < 0 || token.Split('.') is not [var user, var expires, var signature]) return null;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(token[..dot]), expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, Convert.FromHexString(signature))) return null;
        var end = DateTimeOffset.FromUnixTimeSeconds(long.Parse(expires, CultureInfo.InvariantCulture));
        return end > TimeProvider.System.GetUtcNow() ? (user, end) : null;
    }
}
