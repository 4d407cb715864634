using System.Buffers.Text;
using System.Security.Cryptography;

namespace ChainSync.Server.Features.Identity;

/// <summary>
/// The key a registered till shows when somebody signs in with a PIN. It is derived, not stored: a repeat of the lost
/// answer can show it again, and the log and the stored answers never hold it.
/// </summary>
public sealed class RegisterKeys(ServerSecrets secrets)
{
    /// <summary>The key of a register, 43 characters.</summary>
    public string KeyOf(Guid storeId, Guid registerId) => Base64Url.EncodeToString(HMACSHA256.HashData(
        secrets.RegisterKey.Value, (byte[])[.. storeId.ToByteArray(bigEndian: true), .. registerId.ToByteArray(bigEndian: true)]));

    /// <summary>What the database keeps of a key.</summary>
    public static byte[] HashOf(string key) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key));

    /// <summary>Whether a till shows the key whose hash this is; the time it takes tells nothing.</summary>
    public static bool IsRight(string? key, byte[]? hash) =>
        hash is not null && key is { Length: <= 100 } && CryptographicOperations.FixedTimeEquals(HashOf(key), hash);
}
