using ChainSync.Core.Identity;
using ChainSync.Core.Stores;
using ChainSync.Server.Sync;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>Rights on reads. A store or namespace that the caller may not see answers like one that does not exist.</summary>
public static class Rights
{
    /// <summary>The caller, when they may read this namespace of this store.</summary>
    /// <exception cref="RejectionException">They may not.</exception>
    public static Caller Reading(this Caller caller, Guid storeId, string ns) =>
        storeId != Store.Chain && caller.HasStore(storeId) && Permissions.MaySee(caller.Role, ns) ? caller : throw new RejectionException(StoreErrors.NotFound);

    /// <summary>What the caller sees of a store's catalogue. Every shelf is public, but staff of another store have no business in this one's office.</summary>
    /// <exception cref="RejectionException">There is no such store, or it is another one's.</exception>
    public static CatalogueView CatalogueOf(this Caller caller, Guid storeId)
    {
        if (storeId == Store.Chain) throw new RejectionException(StoreErrors.NotFound);
        if (caller.Role < Role.Staff) return CatalogueView.Public;
        caller.Reading(storeId, "products");
        return CatalogueView.Staff;
    }

    /// <summary>The caller, when their role is at least this one.</summary>
    /// <exception cref="RejectionException">It is less.</exception>
    public static Caller AtLeast(this Caller caller, Role role) =>
        caller.Role >= role ? caller : throw new RejectionException(StoreErrors.Forbidden);

    /// <summary>Says to the API description which refusals an endpoint knows.</summary>
    public static TBuilder ProducesProblems<TBuilder>(this TBuilder builder, params ReadOnlySpan<int> statuses)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), ["application/problem+json"]));
        return builder;
    }
}

/// <summary>How much of a catalogue somebody sees.</summary>
public enum CatalogueView
{
    /// <summary>What is on offer, without the shop's own figures.</summary>
    Public,

    /// <summary>Everything.</summary>
    Staff,
}
