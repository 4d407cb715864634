namespace ChainSync.Core.Categories;

/// <summary>What a person may edit of a category: the fields that a merge patch names.</summary>
/// <param name="Name">What the tab on the till says.</param>
/// <param name="ParentId">The category above, or null at the top.</param>
/// <param name="Position">Order among its neighbours, rising.</param>
/// <param name="Active">False once archived.</param>
public sealed record CategoryFields(string Name, Guid? ParentId = null, int Position = 0, bool Active = true)
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 100;

    /// <summary>Largest position.</summary>
    public const int MaxPosition = 1_000_000;

    /// <summary>The fields as a category has them.</summary>
    public static CategoryFields Of(Category category)
    {
        ArgumentNullException.ThrowIfNull(category);
        return new(category.Name, category.ParentId, category.Position, category.Active);
    }

    /// <summary>What is wrong with the fields of this category, whatever the store knows, or null.</summary>
    /// <param name="id">The category they are for.</param>
    public Rejection? Check(Guid id)
    {
        var errors = new FieldErrors();
        errors.Require(id != Guid.Empty, "id", "Must be a UUID made for this category.");
        errors.CheckText("name", Name, NameLength);
        errors.CheckRange("position", Position, 0, MaxPosition);
        errors.Require(ParentId != Guid.Empty, "parentId", "Must be a category's id or null.");
        errors.Require(ParentId is null || ParentId != id, "parentId", CategoryErrors.BelowItself);
        return errors.ToRejection();
    }

    /// <summary>Gives the category these values.</summary>
    public void ApplyTo(Category category)
    {
        ArgumentNullException.ThrowIfNull(category);
        category.Name = Name;
        category.ParentId = ParentId;
        category.Position = Position;
        category.Active = Active;
    }
}

/// <summary>Refusals of categories.</summary>
public static class CategoryErrors
{
    internal const string BelowItself = "Must not be the category itself or one below it.";

    /// <summary>A category would have been its own ancestor.</summary>
    public static readonly Rejection Circle = Rejection.OfField(
        Rejection.InvalidCode, "The category would stand below itself. Nothing was written.", "parentId", BelowItself);
}
