using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ChainSync.Server.Features.Identity;

/// <summary>Slow hashes of passwords and PINs, and the keyed hash that finds a PIN's owner.</summary>
public sealed class Passwords
{
    private static readonly object NoUser = new(); // the hasher's user argument is for subclasses only

    private readonly ServerSecrets _secrets;
    private readonly PasswordHasher<object> _hasher;
    private readonly Lazy<string> _nobodys;

    public Passwords(ServerSecrets secrets, IdentityOptions options)
    {
        _secrets = secrets;
        _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = options.PasswordIterations }));
        _nobodys = new(() => Hash(Convert.ToHexString(RandomNumberGenerator.GetBytes(16))));
    }

    /// <summary>Does ahead the work by whose time the first sign-in to an unknown account would else be known.</summary>
    public void Prepare() => _ = _nobodys.Value;

    /// <summary>Hashes a password or a PIN.</summary>
    public string Hash(string secret) => _hasher.HashPassword(NoUser, secret);

    /// <summary>Whether the secret is the one that was hashed. Without a hash the answer is no, after the same work.</summary>
    public bool IsRight(string? hash, string secret) =>
        _hasher.VerifyHashedPassword(NoUser, hash ?? _nobodys.Value, secret) != PasswordVerificationResult.Failed && hash is not null;

    /// <summary>The keyed hash by which a PIN is found in its store; the same PIN elsewhere has another.</summary>
    public byte[] PinLookup(Guid storeId, string pin) =>
        HMACSHA256.HashData(_secrets.PinKey.Value, (byte[])[.. storeId.ToByteArray(bigEndian: true), .. Encoding.ASCII.GetBytes(pin)]);
}
