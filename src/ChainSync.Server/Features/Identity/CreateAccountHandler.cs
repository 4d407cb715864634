using System.Security.Cryptography;
using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Core.Stores;
using ChainSync.Server.Sync;

namespace ChainSync.Server.Features.Identity;

/// <summary>Adds an account, in the chain's stream.</summary>
public sealed class CreateAccountHandler(StoreWriter writer, Passwords passwords)
{
    public const string OperationType = "account.create";

    public async Task<Outcome<Committed>> HandleAsync(CreateAccount command, Guid operationId, Caller caller, CancellationToken cancellationToken)
    {
        if (command.Check() is { } invalid) return invalid;
        // The operation's hash is a fast one and is kept: it must not cover the password.
        var request = JsonSerializer.SerializeToUtf8Bytes(command with { Password = "" }, ChainSyncJson.Default.CreateAccount);
        var operation = new Operation(operationId, OperationType, Store.Chain, SHA256.HashData(request));
        var passwordHash = passwords.Hash(command.Password); // slow, so before the transaction
        return await writer.CommitAsync(operation, caller, ChainSyncJson.Default.Account, StatusCodes.Status201Created, db =>
        {
            var account = new Account
            {
                Id = command.Id,
                Email = Account.NormalEmail(command.Email),
                Name = command.Name,
                Role = command.Role,
                StoreIds = command.Role == Role.Admin ? [] : [.. command.StoreIds.Distinct()],
                CustomerId = command.CustomerId,
                PasswordHash = passwordHash,
            };
            db.Accounts.Add(account);
            return Task.FromResult<Outcome<Account>>(account);
        }, cancellationToken);
    }
}
