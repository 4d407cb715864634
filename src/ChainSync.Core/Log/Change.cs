namespace ChainSync.Core.Log;

/// <summary>One row for the store's change log, before it has a number.</summary>
/// <param name="Entity">The kind of thing, singular: <c>product</c>, <c>sale</c>, <c>stock</c>.</param>
/// <param name="EntityId">Its id.</param>
/// <param name="Version">Its version after the change, from 1.</param>
/// <param name="Kind">What happened to it.</param>
/// <param name="After">JSON: the whole entity for a create, the changed fields for an update, null for a delete.</param>
/// <param name="Before">JSON: null for a create, what those fields were for an update, the whole entity for a delete.</param>
public sealed record Change(string Entity, Guid EntityId, long Version, ChangeKind Kind, string? After, string? Before = null);

/// <summary>What a change did to its entity.</summary>
public enum ChangeKind
{
    /// <summary>It began.</summary>
    Create,

    /// <summary>Some of its fields have other values.</summary>
    Update,

    /// <summary>It is gone; a tombstone stays.</summary>
    Delete,
}
