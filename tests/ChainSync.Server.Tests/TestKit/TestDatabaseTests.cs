using ChainSync.Server.Data;
using ChainSync.TestKit;
using Npgsql;
using Xunit;

namespace ChainSync.Server.Tests.TestKit;

public class TestDatabaseTests
{
    private static readonly DatabaseTemplate Template = new(async (source, cancellationToken) =>
    {
        await using var command = source.CreateCommand("CREATE EXTENSION pg_trgm; CREATE TABLE item (name text); INSERT INTO item VALUES ('prepared')");
        await command.ExecuteNonQueryAsync(cancellationToken);
    });

    [Fact]
    public async Task Each_database_begins_as_the_template_and_is_alone()
    {
        await using var one = await TestDatabase.CreateAsync(Template);
        await using var other = await TestDatabase.CreateAsync(Template);

        await ScalarAsync(one, "INSERT INTO item VALUES ('mine')");

        Assert.Equal(2L, await ScalarAsync(one, "SELECT count(*) FROM item"));
        Assert.Equal(1L, await ScalarAsync(other, "SELECT count(*) FROM item"));
    }

    [Fact]
    public async Task Without_a_template_it_has_the_schema_of_this_build()
    {
        await using var database = await TestDatabase.CreateAsync();

        Assert.Equal(0, await Migrator.MigrateAsync(database.Source, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Databases_can_be_made_at_the_same_time()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TestDatabase.CreateAsync(Template)));

        Assert.Equal(8, databases.Select(database => database.Name).Distinct().Count());
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task A_disposed_database_is_gone_even_with_a_session_open()
    {
        var database = await TestDatabase.CreateAsync(Template);
        await using var left = new NpgsqlConnection(database.ConnectionString);
        await left.OpenAsync();

        await database.DisposeAsync();

        await using var again = new NpgsqlConnection(database.ConnectionString);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => again.OpenAsync());
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, refusal.SqlState);
    }

    [Fact]
    public async Task Tests_sign_in_without_a_superusers_rights()
    {
        await using var database = await TestDatabase.CreateAsync(Template);

        Assert.Equal("off", await ScalarAsync(database, "SHOW is_superuser"));
    }

    [Theory]
    [InlineData("SELECT lower('ÄÖÜ ΣΊΣΥΦΟΣ ЖУК')", "äöü σίσυφοσ жук")]
    [InlineData("SELECT 'größe' ILIKE 'GRÖSSE' OR 'größe' ILIKE 'GRÖßE'", true)]
    [InlineData("SELECT to_tsvector('simple', 'Müsli Größe') @@ to_tsquery('simple', 'müsli & größe')", true)]
    [InlineData("SELECT 'Käsekuchen groß' % 'käsekuchen'", true)]
    [InlineData("SELECT array_length(show_trgm('жук'), 1)", 4)]
    public async Task Text_search_knows_the_letters_beyond_ascii(string sql, object expected)
    {
        await using var database = await TestDatabase.CreateAsync(Template);

        Assert.Equal(expected, await ScalarAsync(database, sql));
    }

    private static async Task<object?> ScalarAsync(TestDatabase database, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
