namespace ChainSync.Core.Identity;

/// <summary>Who asks. Built from a verified token only, never from anything else a request says.</summary>
/// <param name="Id">The account's or employee's id; an employee with an account has one id for both. Null for a guest.</param>
/// <param name="Name">The name shown on receipts and in the log page.</param>
/// <param name="Role">The role the token carries.</param>
/// <param name="Stores">The stores the caller works in or buys from. Not used for an admin, who has all.</param>
/// <param name="CustomerId">The customer record of a <see cref="Role.Customer"/>.</param>
/// <param name="Ip">The address the request came from, kept in the log for the audit page.</param>
public sealed record Caller(Guid? Id, string Name, Role Role, IReadOnlySet<Guid> Stores, Guid? CustomerId = null, string? Ip = null)
{
    /// <summary>Nobody: no token was shown.</summary>
    public static Caller Guest { get; } = new(null, "guest", Role.Guest, new HashSet<Guid>());

    /// <summary>ChainSync itself: the demo seed and command-line work on the server's own machine.</summary>
    public static Caller System { get; } = new(null, "system", Role.Admin, new HashSet<Guid>());

    /// <summary>Whether the store is one of the caller's.</summary>
    /// <param name="storeId">A store's id, or the nil id for chain-wide data, which only an admin has.</param>
    public bool HasStore(Guid storeId) => Role == Role.Admin || Stores.Contains(storeId);
}
