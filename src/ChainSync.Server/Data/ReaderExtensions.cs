using Npgsql;

namespace ChainSync.Server.Data;

/// <summary>What Npgsql's reader lacks.</summary>
public static class ReaderExtensions
{
    /// <summary>A text, or null where the column is null.</summary>
    public static string? TextOrNull(this NpgsqlDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
}
