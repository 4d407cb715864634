using System.Text.Json.Serialization;
using ChainSync.Core.Json;

namespace ChainSync.Core.Identity;

/// <summary>What a signed-in person may do, in falling order of rights. The matrix is in <see cref="Permissions"/>.</summary>
[JsonConverter(typeof(TolerantEnumConverter<Role>))]
public enum Role
{
    /// <summary>Not signed in, or a token without a role we know.</summary>
    Guest = 0,

    /// <summary>Sees products, and their own orders and payments.</summary>
    Customer = 1,

    /// <summary>Sells and refunds in their stores.</summary>
    Staff = 2,

    /// <summary>Runs their stores: prices, overrides, days, registers, imports.</summary>
    Manager = 3,

    /// <summary>Runs the chain: every store, accounts, system.</summary>
    Admin = 4,
}
