namespace ChainSync.Core.Categories;

/// <summary>Adds a category to a store.</summary>
/// <param name="Id">Made by the device that creates it.</param>
/// <param name="Name">What the tab on the till says.</param>
/// <param name="ParentId">The category above, or null at the top.</param>
/// <param name="Position">Order among its neighbours, rising.</param>
/// <param name="Active">False: not shown yet.</param>
public sealed record CreateCategory(Guid Id, string Name, Guid? ParentId = null, int Position = 0, bool Active = true)
{
    /// <summary>The new category of a store, or what is wrong with the request.</summary>
    /// <param name="storeId">The store.</param>
    public Outcome<Category> ToCategory(Guid storeId)
    {
        var fields = new CategoryFields(Name, ParentId, Position, Active);
        if (fields.Check(Id) is { } invalid) return invalid;
        var category = new Category { StoreId = storeId, Id = Id, Name = Name };
        fields.ApplyTo(category);
        return category;
    }
}

/// <summary>A category as a store answers it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What the tab on the till says.</param>
/// <param name="Position">Order among its neighbours, rising.</param>
/// <param name="Active">False once archived.</param>
/// <param name="SyncVersion">Its version, for <c>If-Match</c>.</param>
/// <param name="LastSyncedAt">When it was last changed, UTC.</param>
/// <param name="ParentId">The category above, or null at the top.</param>
public sealed record CategoryInfo(
    Guid Id, string Name, int Position, bool Active, long SyncVersion, DateTimeOffset LastSyncedAt, Guid? ParentId = null)
{
    /// <summary>The answer of a category.</summary>
    public static CategoryInfo Of(Category category)
    {
        ArgumentNullException.ThrowIfNull(category);
        return new(
            category.Id, category.Name, category.Position, category.Active, category.SyncVersion, category.LastSyncedAt, category.ParentId);
    }
}
