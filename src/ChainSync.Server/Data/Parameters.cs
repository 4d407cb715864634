using Npgsql;
using NpgsqlTypes;

namespace ChainSync.Server.Data;

/// <summary>Parameters of statements that Npgsql has no short word for.</summary>
internal static class Parameters
{
    /// <summary>A value that may be missing; PostgreSQL must be told the type of a null.</summary>
    public static NpgsqlParameter Optional(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    /// <summary>One column of many rows, for <c>unnest</c>.</summary>
    public static NpgsqlParameter Column<TRow, T>(IEnumerable<TRow> rows, Func<TRow, T> value) => new() { Value = rows.Select(value).ToArray() };
}
