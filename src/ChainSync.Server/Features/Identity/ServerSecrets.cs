using System.Security.Cryptography;
using ChainSync.Core;
using ChainSync.Server.Data;
using Npgsql;

namespace ChainSync.Server.Features.Identity;

/// <summary>
/// The keys that all nodes of a chain share: made by the first one from the system's random source and kept in the
/// database, so that nobody configures, copies or commits a key.
/// </summary>
public sealed class ServerSecrets(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const int KeyBytes = 32;

    private volatile Dictionary<string, Secret>? _secrets;

    /// <summary>Signs access tokens.</summary>
    public Secret TokenKey => Get("access-token");

    /// <summary>Keys the PIN lookup hash: with the table alone, PINs cannot be tried out offline against the lookup.</summary>
    public Secret PinKey => Get("pin-lookup");

    /// <summary>From it the keys of registers are derived.</summary>
    public Secret RegisterKey => Get("register-key");

    /// <summary>Reads the keys, and makes those that are missing. Must have run, on a migrated database, before the first use.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        foreach (var name in new[] { "access-token", "pin-lookup", "register-key" })
        {
            // When two nodes start at once the first insert wins and both read its key below.
            batch.BatchCommands.Add(new("insert into server_secrets (name, kid, value, created_at) values ($1, $2, $3, $4) on conflict (name) do nothing")
            {
                Parameters =
                {
                    new() { Value = name },
                    new() { Value = Ids.New(clock).ToString("N") },
                    new() { Value = RandomNumberGenerator.GetBytes(KeyBytes) },
                    new() { Value = clock.GetUtcNow().ToMilliseconds() },
                },
            });
        }
        await batch.ExecuteNonQueryAsync(cancellationToken);

        await using var select = dataSource.CreateCommand("select name, kid, value from server_secrets");
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        var secrets = new Dictionary<string, Secret>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
            secrets.Add(reader.GetString(0), new Secret(reader.GetString(1), reader.GetFieldValue<byte[]>(2)));
        _secrets = secrets;
    }

    private Secret Get(string name) =>
        (_secrets ?? throw new InvalidOperationException("The server's secrets are used before they are loaded."))[name];

    /// <summary>A key and the name that tokens call it by.</summary>
    public sealed record Secret(string Id, byte[] Value);
}
