using ChainSync.Core;
using ChainSync.Core.Customers;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Sync;
using Microsoft.EntityFrameworkCore;

namespace ChainSync.Server.Features.Customers;

/// <summary>Adds, edits and archives customers.</summary>
public sealed class CustomerHandler(StoreWriter writer)
{
    public Task<Outcome<Committed>> CreateAsync(CreateCustomer command, Operation operation, Caller caller, CancellationToken cancellationToken) =>
        writer.CommitAsync(
            operation, caller, ChainSyncJson.Default.CustomerInfo, StatusCodes.Status201Created,
            db => Task.FromResult(command.ToCustomer(operation.StoreId).Map(customer => db.Customers.Add(customer).Entity)),
            CustomerInfo.Of, cancellationToken);

    public Task<Outcome<Committed>> UpdateAsync(
        Guid customerId, PatchRequest<CustomerFields> patch, Operation operation, Caller caller, CancellationToken cancellationToken) =>
        EditAsync(customerId, patch.BaseVersion, patch.ApplyTo, operation, caller, cancellationToken);

    /// <summary>Takes a customer out of the lists. Their sales still name them; erasing a person's data is another matter.</summary>
    public Task<Outcome<Committed>> ArchiveAsync(
        Guid customerId, long? baseVersion, Operation operation, Caller caller, CancellationToken cancellationToken) =>
        EditAsync(customerId, baseVersion, static fields => fields with { Active = false }, operation, caller, cancellationToken);

    private Task<Outcome<Committed>> EditAsync(
        Guid customerId, long? baseVersion, Func<CustomerFields, Outcome<CustomerFields>> edit, Operation operation, Caller caller,
        CancellationToken cancellationToken) =>
        writer.CommitAsync<Customer, CustomerInfo>(operation, caller, ChainSyncJson.Default.CustomerInfo, StatusCodes.Status200OK, async db =>
        {
            if (await db.Customers.SingleOrDefaultAsync(c => c.StoreId == operation.StoreId && c.Id == customerId, cancellationToken) is not { } customer)
                return StoreErrors.NotFound;
            if (baseVersion is { } version && version != customer.SyncVersion) return StoreErrors.VersionConflict;
            var edited = edit(CustomerFields.Of(customer));
            if (!edited.IsAccepted) return edited.Rejection;
            if (edited.Value.Check() is { } invalid) return invalid;
            edited.Value.ApplyTo(customer);
            return customer;
        }, CustomerInfo.Of, cancellationToken);
}
