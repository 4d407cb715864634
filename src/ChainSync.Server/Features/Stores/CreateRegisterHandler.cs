using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Core.Stores;
using ChainSync.Server.Data;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Sync;
using Microsoft.EntityFrameworkCore;

namespace ChainSync.Server.Features.Stores;

/// <summary>Registers a device as a till: gives it its number, its receipt series and its key.</summary>
public sealed class CreateRegisterHandler(StoreWriter writer, RegisterKeys keys)
{
    public const string Operation = "register.create";

    public async Task<Outcome<Committed>> HandleAsync(CreateRegister command, Operation operation, Caller caller, CancellationToken cancellationToken)
    {
        if (command.Check() is { } invalid) return invalid;
        var outcome = await writer.CommitAsync(
            operation, caller, ChainSyncJson.Default.RegisterCreated, StatusCodes.Status201Created,
            db => AddAsync(db, operation.StoreId, command, cancellationToken), cancellationToken);
        // The stored answer is without the key. A repeat shows it again, but only to somebody who may still make registers.
        return outcome.IsAccepted && Permissions.MaySend(caller, operation.StoreId, Operation) ? WithKey(outcome.Value, operation.StoreId) : outcome;
    }

    private async Task<Outcome<RegisterCreated>> AddAsync(ChainSyncDb db, Guid storeId, CreateRegister command, CancellationToken cancellationToken)
    {
        // Holding the store's row lets registers of a store be numbered one after the other.
        if (await db.Stores.FromSql($"select * from stores where id = {storeId} for no key update").SingleOrDefaultAsync(cancellationToken) is not { } store)
            return StoreErrors.NotFound;
        var number = 1 + (await db.Registers.Where(r => r.StoreId == storeId).MaxAsync(r => (int?)r.Number, cancellationToken) ?? 0);
        var register = new Register
        {
            StoreId = storeId,
            Id = command.Id,
            Number = number,
            Name = command.Name,
            Series = $"{store.Code}-R{number}",
            KeyHash = RegisterKeys.HashOf(keys.KeyOf(storeId, command.Id)),
        };
        db.Registers.Add(register);
        return new RegisterCreated(register.Id, register.Number, register.Name, register.Series);
    }

    private Committed WithKey(Committed committed, Guid storeId)
    {
        var answer = JsonSerializer.Deserialize(committed.Json, ChainSyncJson.Default.RegisterCreated)!;
        return committed with { Json = JsonSerializer.Serialize(answer with { Key = keys.KeyOf(storeId, answer.Id) }, ChainSyncJson.Default.RegisterCreated) };
    }
}
