using ChainSync.Core;
using ChainSync.Core.Categories;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Server.Data;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Sync;
using Microsoft.EntityFrameworkCore;

namespace ChainSync.Server.Features.Categories;

/// <summary>Adds, edits and archives categories.</summary>
public sealed class CategoryHandler(StoreWriter writer)
{
    public Task<Outcome<Committed>> CreateAsync(CreateCategory command, Operation operation, Caller caller, CancellationToken cancellationToken) =>
        writer.CommitAsync(
            operation, caller, ChainSyncJson.Default.CategoryInfo, StatusCodes.Status201Created,
            db => Task.FromResult(command.ToCategory(operation.StoreId).Map(category => db.Categories.Add(category).Entity)),
            CategoryInfo.Of, cancellationToken);

    public Task<Outcome<Committed>> UpdateAsync(
        Guid categoryId, PatchRequest<CategoryFields> patch, Operation operation, Caller caller, CancellationToken cancellationToken) =>
        EditAsync(categoryId, patch.BaseVersion, patch.ApplyTo, operation, caller, cancellationToken);

    /// <summary>Takes a category out of use. Products keep it, so that bringing it back brings its shelf back.</summary>
    public Task<Outcome<Committed>> ArchiveAsync(
        Guid categoryId, long? baseVersion, Operation operation, Caller caller, CancellationToken cancellationToken) =>
        EditAsync(categoryId, baseVersion, static fields => fields with { Active = false }, operation, caller, cancellationToken);

    private Task<Outcome<Committed>> EditAsync(
        Guid categoryId, long? baseVersion, Func<CategoryFields, Outcome<CategoryFields>> edit, Operation operation, Caller caller,
        CancellationToken cancellationToken) =>
        writer.CommitAsync<Category, CategoryInfo>(operation, caller, ChainSyncJson.Default.CategoryInfo, StatusCodes.Status200OK, async db =>
        {
            var storeId = operation.StoreId;
            if (await db.Categories.SingleOrDefaultAsync(c => c.StoreId == storeId && c.Id == categoryId, cancellationToken) is not { } category)
                return StoreErrors.NotFound;
            if (baseVersion is { } version && version != category.SyncVersion) return StoreErrors.VersionConflict;
            var edited = edit(CategoryFields.Of(category));
            if (!edited.IsAccepted) return edited.Rejection;
            if (edited.Value.Check(categoryId) is { } invalid) return invalid;
            if (edited.Value.ParentId is { } parent && parent != category.ParentId && await IsBelowAsync(db, storeId, parent, categoryId, cancellationToken))
                return CategoryErrors.Circle;
            edited.Value.ApplyTo(category);
            return category;
        }, CategoryInfo.Of, cancellationToken);

    // Moves of one store's categories wait for each other on the store's row: two at once could close a circle neither of them sees.
    private static async Task<bool> IsBelowAsync(ChainSyncDb db, Guid storeId, Guid id, Guid ancestor, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"select from stores where id = {storeId} for no key update", cancellationToken);
        return await db.Database.SqlQuery<bool>($"""
            with recursive above(id) as (
              select {id}::uuid
              union
              select c.parent_id from categories c join above a on c.id = a.id where c.store_id = {storeId} and c.parent_id is not null)
            select exists (select from above where id = {ancestor}) as "Value"
            """).SingleAsync(cancellationToken);
    }
}
