using ChainSync.Core.Identity;
using ChainSync.Core.Log;
using Npgsql;
using NpgsqlTypes;
using static ChainSync.Server.Data.Parameters;

namespace ChainSync.Server.Sync;

/// <summary>The last statement of every business transaction; see <c>append_changes</c> in the migrations.</summary>
public static class LogAppend
{
    private const string Sql =
        "select first_seq, last_seq, epoch from append_changes($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)";

    private static readonly string[] Kinds = ["create", "update", "delete"];

    /// <summary>Stores the operation's answer, bumps and chains the store's head and inserts the rows.</summary>
    public static NpgsqlBatchCommand Command(
        Operation operation, Caller caller, DateTimeOffset at, int status, string response, IReadOnlyCollection<Change> changes) => new(Sql)
        {
            Parameters =
            {
                new() { Value = operation.StoreId },
                new() { Value = operation.Id },
                new() { Value = operation.Type },
                new() { Value = operation.RequestHash.ToArray() },
                new() { Value = (short)status },
                new() { Value = response },
                Optional(caller.Id, NpgsqlDbType.Uuid),
                Optional(operation.DeviceId, NpgsqlDbType.Uuid),
                Optional(operation.DeviceSeq, NpgsqlDbType.Bigint),
                Optional(operation.ClientAt, NpgsqlDbType.TimestampTz),
                new() { Value = at },
                Optional(caller.Ip, NpgsqlDbType.Text),
                Column(changes, c => c.Entity),
                Column(changes, c => c.EntityId),
                Column(changes, c => c.Version),
                Column(changes, c => Kinds[(int)c.Kind]),
                new() { Value = changes.Select(c => c.After).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = changes.Select(c => c.Before).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            },
        };
}
