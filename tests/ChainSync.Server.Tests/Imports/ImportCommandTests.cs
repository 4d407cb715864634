using ChainSync.Server.Data;
using ChainSync.Server.Features.Imports;
using ChainSync.Server.Features.Stores;
using ChainSync.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChainSync.Server.Tests.Imports;

public sealed class ImportCommandTests : IAsyncLifetime
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private TestChain _chain = null!;
    private TestFolder _folder = null!;

    public async ValueTask InitializeAsync() => (_chain, _folder) = (await TestChain.CreateAsync(), new TestFolder());

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _chain.DisposeAsync();
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_opened_and_the_second_run_finds_everything()
    {
        var file = await FileAsync(MadeUpHistory.Lines(300));

        Assert.Equal(0, await RunAsync(file, "Corner Shop"));
        Assert.Equal(0, await RunAsync(file, "corner shop"));

        Assert.Equal("OR1 Corner Shop GBP Europe/London", await _chain.ScalarAsync<string>(
            "select concat_ws(' ', code, name, currency, time_zone) from stores where code not like 'S_'"));
        var said = _output.ToString();
        Assert.Contains("There is no store Corner Shop; it is opened as OR1 (GBP, Europe/London).", said, StringComparison.Ordinal);
        Assert.Contains("100 %", said, StringComparison.Ordinal);
        Assert.Contains("lines written in", said, StringComparison.Ordinal);
        Assert.Contains("Store OR1, Corner Shop.", said, StringComparison.Ordinal);
        Assert.Contains("Everything was there already: nothing was added.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_into_no_store_opens_none()
    {
        Assert.Equal(0, await RunAsync(await FileAsync(MadeUpHistory.Lines(300)), "Corner Shop", dryRun: true));

        Assert.Contains("it would be opened as OR1", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Nothing was written: this was a dry run.", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(3L, await _chain.ScalarAsync<long>("select count(*) from stores"));
    }

    [Fact]
    public async Task Rejected_lines_are_written_where_asked()
    {
        var rejects = Path.Combine(_folder.Path, "out.csv");

        Assert.Equal(0, await RunAsync(await FileAsync(["1,A1,THING,5,2010-12-01 08:00,2.00,17850,UK", "bad line"]), "Corner Shop", rejects: rejects));

        Assert.Equal("line,reason,text\n3,\"1 fields instead of 8.\",\"bad line\"\n", await File.ReadAllTextAsync(rejects));
        Assert.Contains($"1 rejected lines are in {rejects}.", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_and_a_store_in_euro_are_one_sentence_and_1()
    {
        Assert.Equal(1, await RunAsync("/no/such/file", "S1"));
        Assert.StartsWith("The file /no/such/file cannot be read:", _errors.ToString(), StringComparison.Ordinal);

        Assert.Equal(1, await RunAsync(await FileAsync(["1,A1,THING,5,2010-12-01 08:00,2.00,17850,UK"]), "S1"));
        Assert.Contains("The file is in GBP and the store Store 1 sells in EUR. Nothing was written.", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_it_ends_it_cleanly_with_130()
    {
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();

        Assert.Equal(130, await RunAsync(await FileAsync(MadeUpHistory.Lines(300)), "S1", stopping: stopping.Token));

        Assert.Contains("run it again to complete it: nothing is doubled.", _errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Which file?", "--format", "online-retail", "--store", "X")]
    [InlineData("--format is missing; it is online-retail.", "f", "--store", "X")]
    [InlineData("The format xml is not known; online-retail is.", "f", "--format", "xml", "--store", "X")]
    [InlineData("--store is missing: into which store?", "f", "--format", "online-retail")]
    [InlineData("--store needs a value.", "f", "--format", "online-retail", "--store")]
    [InlineData("Unknown option --wet-run.", "f", "--wet-run")]
    [InlineData("One file at a time: f or g.", "f", "g")]
    public void A_wrong_command_is_told_what_is_wrong(string problem, params string[] args) => Assert.Equal(problem, ImportArguments.Parse(args).Problem);

    [Fact]
    public void Options_come_in_any_order() => Assert.Equal(
        new ImportArguments("f", "online-retail", "My Store", DryRun: true, "r.csv"),
        ImportArguments.Parse(["--store", "My Store", "--dry-run", "f", "--rejects", "r.csv", "--format", "online-retail"]).Arguments);

    private Task<int> RunAsync(string file, string store, bool dryRun = false, string? rejects = null, CancellationToken stopping = default)
    {
        var options = new DbContextOptionsBuilder<ChainSyncDb>().UseNpgsql(_chain.Source).Options;
        return ImportCommand.RunAsync(
            new ImportArguments(file, ImportArguments.OnlineRetail, store, dryRun, rejects),
            new ImportStores(new StoreReader(options, _chain.Source), new CreateStore(_chain.Writer), _chain.Clock),
            new OnlineRetailImport(_chain.Source, _chain.Writer, TimeProvider.System), new ImportConsole(_output, _errors, barColumns: null), stopping);
    }

    private async Task<string> FileAsync(IEnumerable<string> lines)
    {
        var path = Path.Combine(_folder.Path, "history.csv");
        await File.WriteAllBytesAsync(path, RetailFile.Of(lines));
        return path;
    }
}
