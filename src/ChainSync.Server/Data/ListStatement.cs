using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace ChainSync.Server.Data;

/// <summary>The statement of a list with just the conditions that were asked for.</summary>
public sealed class ListStatement
{
    private readonly StringBuilder _sql;
    private readonly NpgsqlBatchCommand _command = new();

    /// <param name="select">Everything before the conditions, without the <c>where</c>.</param>
    public ListStatement(string select) => _sql = new StringBuilder(select).Append(" where true");

    /// <summary>Adds a condition, in which <c>?</c> stands for the value, unless the value is null.</summary>
    public ListStatement And(string condition, object? value, NpgsqlDbType? type = null)
    {
        if (value is null or DBNull) return this;
        _sql.Append(" and ").Append(condition.Replace("?", Add(value, type), StringComparison.Ordinal));
        return this;
    }

    /// <summary>Adds the condition that a row comes after these keys, unless there are none.</summary>
    public ListStatement After(string keys, params IReadOnlyList<object>? values)
    {
        if (values is null) return this;
        _sql.Append(CultureInfo.InvariantCulture, $" and ({keys}) > ({string.Join(", ", values.Select(v => Add(v, null)))})");
        return this;
    }

    /// <summary>Adds the condition that a row comes before these keys, for a list from the newest on, unless there are none.</summary>
    public ListStatement Before(string keys, params IReadOnlyList<object>? values)
    {
        if (values is null) return this;
        _sql.Append(CultureInfo.InvariantCulture, $" and ({keys}) < ({string.Join(", ", values.Select(v => Add(v, null)))})");
        return this;
    }

    /// <summary>The statement, in this order and with one row more than a page, which tells whether there is another.</summary>
    public NpgsqlBatchCommand OrderBy(string keys, int limit)
    {
        _sql.Append(CultureInfo.InvariantCulture, $" order by {keys} limit {Add(limit + 1, null)}");
        _command.CommandText = _sql.ToString();
        return _command;
    }

    private string Add(object value, NpgsqlDbType? type)
    {
        var parameter = new NpgsqlParameter { Value = value };
        if (type is { } t) parameter.NpgsqlDbType = t;
        _command.Parameters.Add(parameter);
        return string.Create(CultureInfo.InvariantCulture, $"${_command.Parameters.Count}");
    }
}
