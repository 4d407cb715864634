using System.Globalization;
using ChainSync.Server.Data;
using ChainSync.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Xunit;

namespace ChainSync.Server.Tests.Architecture;

public class SchemaTests
{
    private const string ColumnsSql = """
        select a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull,
               coalesce(array_position(i.indkey::smallint[], a.attnum), -1)
        from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
        where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attname
        """;

    [Fact]
    public async Task The_model_is_the_migrated_database()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = new ChainSyncDb(new DbContextOptionsBuilder<ChainSyncDb>().UseNpgsql(database.Source).Options);
        var tables = db.Model.GetRelationalModel().Tables.ToList();
        Assert.True(tables.Count > 5);

        foreach (var table in tables)
            Assert.Equal(await ColumnsOfAsync(database.Source, table.Name), Columns(table));
    }

    [Fact]
    public void Migrations_are_numbered_without_gap_or_repetition()
    {
        var numbers = Directory.EnumerateFiles(Path.Combine(Sources.Root, "src/ChainSync.Server/Data/Migrations"), "*.sql")
            .Select(f => int.Parse(Path.GetFileName(f)[..4], CultureInfo.InvariantCulture)).Order().ToList();

        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
    }

    [Fact]
    public async Task The_store_leads_every_key_of_store_data()
    {
        await using var database = await TestDatabase.CreateAsync();
        // Every unique index of a table with a store_id, unless the row belongs to the chain and only mentions a store.
        await using var command = database.Source.CreateCommand("""
            select c.relname from pg_index x
            join pg_class c on c.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
            join pg_attribute s on s.attrelid = t.oid and s.attname = 'store_id'
            where t.relnamespace = 'public'::regnamespace and x.indisunique and x.indkey[0] <> s.attnum and t.relname <> 'sessions'
            """);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var strays = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) strays.Add(reader.GetString(0));

        Assert.Empty(strays);
    }

    private static async Task<List<string>> ColumnsOfAsync(NpgsqlDataSource source, string table)
    {
        await using var command = source.CreateCommand(ColumnsSql);
        command.Parameters.Add(new() { Value = table });
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await reader.ReadAsync()) columns.Add(Describe(table, reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), reader.GetInt32(3)));
        Assert.NotEmpty(columns);
        return columns;
    }

    private static List<string> Columns(ITable table) =>
    [
        .. table.Columns.OrderBy(c => c.Name, StringComparer.Ordinal)
            .Select(c => Describe(table.Name, c.Name, c.StoreType, c.IsNullable, table.PrimaryKey!.Columns.ToList().IndexOf(c))),
    ];

    private static string Describe(string table, string column, string type, bool nullable, int placeInKey) => string.Create(
        CultureInfo.InvariantCulture, $"{table}.{column} {type}{(nullable ? "" : " not null")}{(placeInKey < 0 ? "" : $" key {placeInKey}")}");
}
