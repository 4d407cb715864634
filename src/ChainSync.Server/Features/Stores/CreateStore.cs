using System.Security.Cryptography;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Core.Stores;
using ChainSync.Server.Data;
using ChainSync.Server.Sync;
using Microsoft.EntityFrameworkCore;

namespace ChainSync.Server.Features.Stores;

/// <summary>Opens a store: its row in the chain's stream, the head of its own stream, and its tax classes there.</summary>
public sealed class CreateStore(StoreWriter writer)
{
    /// <summary>Opens the store unless one of that id exists already; safe to repeat.</summary>
    /// <param name="store">The store.</param>
    /// <param name="taxClasses">Its tax classes: code, name, rate in ppm.</param>
    /// <param name="caller">Who opens it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Outcome<Committed>> HandleAsync(
        Store store, IReadOnlyList<(string Code, string Name, int RatePpm)> taxClasses, Caller caller, CancellationToken cancellationToken)
    {
        var opened = await writer.CommitAsync(
            Named(Store.Chain, "store.create", store.Id), caller, ChainSyncJson.Default.Store, 201, db => OpenAsync(db, store, cancellationToken), cancellationToken);
        if (!opened.IsAccepted) return opened;
        return await writer.CommitAsync(
            Named(store.Id, "tax-class.create", store.Id), caller, ChainSyncJson.Default.Store, 201, db => AddTaxClasses(db, store, taxClasses), cancellationToken);
    }

    /// <summary>The id of a store's tax class, the same on every run.</summary>
    public static Guid TaxClassId(Guid storeId, string code) => Ids.Named(storeId, $"tax-class:{code}");

    private static async Task<Outcome<Store>> OpenAsync(ChainSyncDb db, Store store, CancellationToken cancellationToken)
    {
        db.Stores.Add(store);
        var epoch = new Guid(RandomNumberGenerator.GetBytes(16)); // tells this life of the log from any other; not an id of a thing
        await db.Database.ExecuteSqlAsync($"insert into store_head (store_id, epoch) values ({store.Id}, {epoch})", cancellationToken);
        return store;
    }

    private static Task<Outcome<Store>> AddTaxClasses(ChainSyncDb db, Store store, IReadOnlyList<(string Code, string Name, int RatePpm)> taxClasses)
    {
        foreach (var (code, name, ratePpm) in taxClasses)
            db.TaxClasses.Add(new TaxClass { StoreId = store.Id, Id = TaxClassId(store.Id, code), Code = code, Name = name, RatePpm = ratePpm });
        return Task.FromResult<Outcome<Store>>(store);
    }

    // The operation's id follows from the store's: opening the same store again is a repeat.
    private static Operation Named(Guid stream, string type, Guid storeId) =>
        new(Ids.Named(storeId, type), type, stream, SHA256.HashData(storeId.ToByteArray()));
}
