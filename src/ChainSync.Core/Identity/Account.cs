using System.Text.Json.Serialization;
using ChainSync.Core.Log;
using ChainSync.Core.Stores;

namespace ChainSync.Core.Identity;

/// <summary>Somebody who signs in with e-mail and password. Chain-wide data; an employee with an account has the same id in both.</summary>
public sealed class Account : ISynced
{
    /// <inheritdoc/>
    public required Guid Id { get; init; }

    /// <summary>The e-mail address in the form of <see cref="NormalEmail"/>: unique in the chain.</summary>
    public required string Email { get; set; }

    /// <summary>What to call them.</summary>
    public required string Name { get; set; }

    /// <summary>What they may do.</summary>
    public required Role Role { get; set; }

    /// <summary>The stores they work in or buy from; empty for an admin, who has all.</summary>
    public List<Guid> StoreIds { get; set; } = [];

    /// <summary>The customer record of a <see cref="Role.Customer"/>.</summary>
    public Guid? CustomerId { get; set; }

    /// <summary>The password's slow hash; never leaves the server, not even into the log.</summary>
    [JsonIgnore]
    public string PasswordHash { get; set; } = ""; // not "required": JSON refuses a required member that it ignores

    /// <summary>False once the account may not sign in any more.</summary>
    public bool Active { get; set; } = true;

    /// <inheritdoc/>
    public long SyncVersion { get; set; }

    /// <inheritdoc/>
    public DateTimeOffset LastSyncedAt { get; set; }

    Guid ISynced.StoreId => Store.Chain;

    /// <summary>The one spelling of an address that is stored and looked up: trimmed, lower case.</summary>
    /// <param name="email">As a person typed it.</param>
    public static string NormalEmail(string email)
    {
        ArgumentNullException.ThrowIfNull(email);
#pragma warning disable CA1308 // addresses are shown as well as compared, and people expect them in lower case
        return email.Trim().ToLowerInvariant();
#pragma warning restore CA1308
    }
}
