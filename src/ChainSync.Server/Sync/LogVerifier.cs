using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChainSync.Server.Data;
using Npgsql;

namespace ChainSync.Server.Sync;

/// <summary>Recomputes a store's hash chain outside the database that made it.</summary>
public sealed class LogVerifier(NpgsqlDataSource dataSource)
{
    private const string RowsSql = """
        select seq, op_id, entity, entity_id, version, kind, actor_id, device_id, client_at, at, after, before, ip, salt, body_digest, hash
        from change_log where store_id = $1 order by seq
        """;

    /// <summary>Walks the log from its first row to the head.</summary>
    /// <returns>The first seq that is missing or does not verify, or null when all do.</returns>
    public async Task<long?> FirstBrokenAsync(Guid storeId, CancellationToken cancellationToken)
    {
        var (hash, seq) = (new byte[32], 0L);
        await using (var command = dataSource.CreateCommand(RowsSql))
        {
            command.Parameters.Add(new() { Value = storeId });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                seq++;
                hash = Next(storeId, seq, hash, reader);
                if (reader.GetInt64(0) != seq || !DigestHolds(reader) || !hash.AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(15))) return seq;
            }
        }
        return await HeadIsAsync(storeId, seq, hash, cancellationToken) ? null : seq + 1;
    }

    private static byte[] Next(Guid storeId, long seq, byte[] previous, NpgsqlDataReader row)
    {
        string[] header =
        [
            row.GetGuid(1).ToString(), row.GetString(2), row.GetGuid(3).ToString(), Number(row.GetInt64(4)), row.GetString(5),
            row.GetFieldValue<Guid?>(6)?.ToString() ?? "-", row.GetFieldValue<Guid?>(7)?.ToString() ?? "-",
            row.GetFieldValue<DateTimeOffset?>(8) is { } clientAt ? Number(clientAt.ToUnixTimeMilliseconds()) : "-",
            Number(row.GetFieldValue<DateTimeOffset>(9).ToUnixTimeMilliseconds()),
        ];
        var text = Encoding.UTF8.GetBytes($"{storeId}|{Number(seq)}|{string.Join('|', header)}");
        return SHA256.HashData([.. previous, .. text, .. row.GetFieldValue<byte[]>(14)]);
    }

    // An erased body leaves its salt empty: the digest in the chain stays, and nothing is left to compare it with.
    private static bool DigestHolds(NpgsqlDataReader row)
    {
        var salt = row.GetFieldValue<byte[]>(13);
        if (salt.Length == 0) return true;
        var body = string.Join('\u001f', row.TextOrNull(10) ?? "", row.TextOrNull(11) ?? "", row.TextOrNull(12) ?? "");
        return SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(body)]).AsSpan().SequenceEqual(row.GetFieldValue<byte[]>(14));
    }

    private async Task<bool> HeadIsAsync(Guid storeId, long seq, byte[] hash, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select seq = $2 and hash = $3 from store_head where store_id = $1");
        foreach (object value in new object[] { storeId, seq, hash }) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
