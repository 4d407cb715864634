using System.Security.Cryptography;
using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Server.Sync;

namespace ChainSync.Server.Features.Identity;

/// <summary>Adds an employee, in their store's stream.</summary>
public sealed class CreateEmployeeHandler(StoreWriter writer, Passwords passwords)
{
    public const string OperationType = "employee.create";

    public async Task<Outcome<Committed>> HandleAsync(CreateEmployee command, Guid operationId, Caller caller, CancellationToken cancellationToken)
    {
        if (command.Check() is { } invalid) return invalid;
        if (command.Role >= caller.Role && caller.Role != Role.Admin) return StoreErrors.Forbidden; // nobody makes their own equals
        // The operation's hash is a fast one and is kept: it must not cover the PIN.
        var request = JsonSerializer.SerializeToUtf8Bytes(command with { Pin = null }, ChainSyncJson.Default.CreateEmployee);
        var operation = new Operation(operationId, OperationType, command.StoreId, SHA256.HashData(request));
        var pinHash = command.Pin is null ? null : passwords.Hash(command.Pin); // slow, so before the transaction
        var pinLookup = command.Pin is null ? null : passwords.PinLookup(command.StoreId, command.Pin);
        return await writer.CommitAsync(operation, caller, ChainSyncJson.Default.Employee, StatusCodes.Status201Created, db =>
        {
            var employee = new Employee
            {
                StoreId = command.StoreId,
                Id = command.Id,
                Name = command.Name,
                Email = command.Email is null ? null : Account.NormalEmail(command.Email),
                Role = command.Role,
                PinLookup = pinLookup,
                PinHash = pinHash,
            };
            db.Employees.Add(employee);
            return Task.FromResult<Outcome<Employee>>(employee);
        }, cancellationToken);
    }
}
