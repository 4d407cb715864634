using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace ChainSync.Server.Data;

/// <summary>The statement of a list with just the conditions that were asked for.</summary>
public sealed class ListStatement
{
    // A search looks through this many rows for each that it shall find before it goes to its index: 2 ms where that was in vain.
    private const int WindowPerRow = 10;

    private readonly StringBuilder _where = new("where true");
    private readonly NpgsqlBatchCommand _command = new();
    private readonly string _columns;
    private readonly string _table;
    private readonly string _joins;

    /// <param name="columns">What is read.</param>
    /// <param name="table">Where from, with its alias if it has one; the conditions are about this table.</param>
    /// <param name="joins">What each row is joined with; must neither drop nor double a row.</param>
    public ListStatement(string columns, string table, string joins = "") => (_columns, _table, _joins) = (columns, table, joins);

    /// <summary>Adds a condition, in which <c>?</c> stands for the value, unless the value is null.</summary>
    public ListStatement And(string condition, object? value, NpgsqlDbType? type = null)
    {
        if (value is null or DBNull) return this;
        _where.Append(" and ").Append(condition.Replace("?", Add(value, type), StringComparison.Ordinal));
        return this;
    }

    /// <summary>Adds the condition that a row comes after these keys, unless there are none.</summary>
    public ListStatement After(string keys, params IReadOnlyList<object>? values)
    {
        if (values is null) return this;
        _where.Append(CultureInfo.InvariantCulture, $" and ({keys}) > ({string.Join(", ", values.Select(v => Add(v, null)))})");
        return this;
    }

    /// <summary>Adds the condition that a row comes before these keys, for a list from the newest on, unless there are none.</summary>
    public ListStatement Before(string keys, params IReadOnlyList<object>? values)
    {
        if (values is null) return this;
        _where.Append(CultureInfo.InvariantCulture, $" and ({keys}) < ({string.Join(", ", values.Select(v => Add(v, null)))})");
        return this;
    }

    /// <summary>The statement, in this order and with one row more than a page, which tells whether there is another.</summary>
    public NpgsqlBatchCommand OrderBy(string keys, int limit)
    {
        _command.CommandText = $"select {_columns} from {_table} {_joins} {_where} order by {keys} limit {Add(limit + 1, null)}";
        return _command;
    }

    /// <summary>
    /// The same in the order of names, of the rows that fit <paramref name="words"/>. The planner cannot tell a rare word from a
    /// common one. So the first names are looked through for it, which is all that a common one needs; if they do not fill the page
    /// the search's own index is asked, whose hits, few by then, are sorted.
    /// </summary>
    /// <param name="match">The condition made by <see cref="TextSearch.Matches"/>.</param>
    /// <param name="words">What <see cref="TextSearch.Words"/> gave.</param>
    /// <param name="name">The column to order by.</param>
    /// <param name="id">The column that orders equal names.</param>
    /// <param name="places">The two columns' places among the columns that are read, such as <c>3, 1</c>.</param>
    /// <param name="limit">The page's size.</param>
    public NpgsqlBatchCommand SearchByName(string match, string words, string name, string id, string places, int limit)
    {
        var fits = match.Replace("?", Add(words, NpgsqlDbType.Text), StringComparison.Ordinal);
        var (rows, window) = (Add(limit + 1, null), Add((limit + 1) * WindowPerRow, null));
        var alias = _table.Split(' ')[^1];
        // An expression in the last order keeps the planner from walking the index of names after all.
        _command.CommandText = $"""
            with near as materialized (
              select {_columns} from (select * from {_table} {_where} order by {name}, {id} limit {window}) {alias} {_joins}
              where {fits} order by {name}, {id} limit {rows})
            select * from near where (select count(*) from near) = {rows}
            union all
            (select {_columns} from {_table} {_joins} {_where} and {fits} and (select count(*) from near) < {rows}
             order by {name} || '', {id} limit {rows})
            order by {places}
            """;
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
