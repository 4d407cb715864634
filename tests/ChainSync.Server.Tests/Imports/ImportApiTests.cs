using System.Net;
using System.Net.Http.Headers;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Server.Features.Imports;
using ChainSync.TestKit;
using Npgsql;
using Xunit;

namespace ChainSync.Server.Tests.Imports;

public sealed class ImportApiTests : IAsyncLifetime
{
    private static readonly string Path = $"/api/stores/{ImportStore.Id}/imports";

    private ImportStore _store = null!;
    private ApiHost _host = null!;
    private HttpClient _manager = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await ImportStore.CreateAsync();
        _host = await ApiHost.StartAsync(_store.Chain);
        _manager = _host.Client(Role.Manager, ImportStore.Id);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task A_manager_imports_a_packed_file_and_follows_it_to_its_end()
    {
        var file = RetailFile.Gzip(RetailFile.Of("1,A1,THING,5,2010-12-01 08:00,2.00,17850,UK", "1,A1,THING,many,2010-12-01 08:00,2.00,17850,UK"));

        var (answer, id) = await PostAsync(_manager, file, "application/gzip");

        Assert.Equal((202, "running", id), (answer.Status, answer.Json.GetProperty("state").GetString(), answer.Json.GetProperty("id").GetGuid()));
        var done = await EndAsync(id);
        Assert.Equal(("done", 2, 1), (done.GetProperty("state").GetString(), done.GetProperty("linesRead").GetInt32(), done.GetProperty("rejects").GetInt32()));
        Assert.Equal(1, done.GetProperty("created").GetProperty("sales").GetInt32());
        Assert.Equal(1, done.GetProperty("rules").GetProperty("sold").GetInt32());
        var rejects = await ApiAnswer.OfAsync(await _manager.GetAsync($"{Path}/{id}/rejects"));
        Assert.Equal(
            "line,reason,text\n3,\"The quantity is not a whole number within ±1,000,000.\",\"1,A1,THING,many,2010-12-01 08:00,2.00,17850,UK\"\n", rejects.Text);
    }

    [Fact]
    public async Task The_same_request_again_answers_how_the_first_is()
    {
        var file = RetailFile.Of("1,A1,THING,5,2010-12-01 08:00,2.00,17850,UK");
        var (_, id) = await PostAsync(_manager, file);
        await EndAsync(id);

        var (again, _) = await PostAsync(_manager, file, id: id);

        Assert.Equal((202, "done"), (again.Status, again.Json.GetProperty("state").GetString()));
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(1L, await _store.ScalarAsync<long>("select count(*) from imports where store_id = $1"));
    }

    [Fact]
    public async Task A_dry_run_says_what_there_would_be()
    {
        var (_, id) = await PostAsync(_manager, RetailFile.Of("1,A1,THING,5,2010-12-01 08:00,2.00,17850,UK"), query: "?format=online-retail&dryRun=true");

        var done = await EndAsync(id);

        Assert.True(done.GetProperty("dryRun").GetBoolean());
        Assert.Equal(1, done.GetProperty("created").GetProperty("sales").GetInt32());
        Assert.Equal(0L, await _store.ScalarAsync<long>("select count(*) from sales where store_id = $1"));
    }

    [Fact]
    public async Task A_bad_file_fails_with_its_reason()
    {
        var (_, id) = await PostAsync(_manager, "date;amount\n"u8.ToArray());

        var done = await EndAsync(id);

        Assert.Equal("failed", done.GetProperty("state").GetString());
        Assert.Contains("does not name the column InvoiceNo", done.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Staff, true, 403)]
    [InlineData(Role.Customer, true, 403)]
    [InlineData(Role.Manager, false, 404)]
    public async Task Only_a_manager_of_the_store_may(Role role, bool ofTheStore, int status)
    {
        var client = _host.Client(role, ofTheStore ? ImportStore.Id : TestChain.StoreIds[0]);
        var (_, id) = await PostAsync(_manager, RetailFile.Of("1,A1,THING,5,2010-12-01 08:00,2.00,17850,UK"));

        Assert.Equal(status, (await PostAsync(client, RetailFile.Of())).Answer.Status);
        Assert.Equal(status, (int)(await client.GetAsync($"{Path}/{id}")).StatusCode);
        Assert.Equal(status, (int)(await client.GetAsync($"{Path}/{id}/rejects")).StatusCode);
        Assert.Equal(status, (int)(await client.DeleteAsync($"{Path}/{id}")).StatusCode);
        Assert.Equal(401, (await PostAsync(_host.Anonymous(), RetailFile.Of())).Answer.Status);
        await EndAsync(id);
    }

    [Fact]
    public async Task A_request_that_cannot_be_one_is_refused()
    {
        Assert.Equal("common.invalid", (await PostAsync(_manager, RetailFile.Of(), query: "?format=xml")).Answer.Code);
        Assert.Equal("common.unsupported-media-type", (await PostAsync(_manager, RetailFile.Of(), "image/png")).Answer.Code);
        using var keyless = new ByteArrayContent(RetailFile.Of());
        keyless.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        Assert.Equal("operation.missing-id", (await ApiAnswer.OfAsync(await _manager.PostAsync($"{Path}?format=online-retail", keyless))).Code);
        Assert.Equal(404, (int)(await _manager.GetAsync($"{Path}/{Ids.New(_host.Chain.Clock)}")).StatusCode);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_before_it_is_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}?format=online-retail") { Content = new Promised(200_000_001) };
        request.Headers.Add("Idempotency-Key", Ids.New(_host.Chain.Clock).ToString());
        request.Headers.ExpectContinue = true;

        var answer = await ApiAnswer.OfAsync(await _manager.SendAsync(request));

        Assert.Equal("common.too-large", answer.Code);
    }

    [Fact]
    public async Task A_second_import_waits_for_its_turn_and_a_cancelled_one_ends_after_its_chunk()
    {
        await using var holder = await _store.Chain.Source.OpenConnectionAsync();
        await using var holding = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select 1 from store_head where store_id = $1 for update", holder, holding) { Parameters = { new() { Value = ImportStore.Id } } })
            await hold.ExecuteScalarAsync();
        var (_, id) = await PostAsync(_manager, RetailFile.Of(MadeUpHistory.Lines(1_200)));

        var (second, _) = await PostAsync(_manager, RetailFile.Of("1,A1,THING,5,2010-12-01 08:00,2.00,17850,UK"));
        var (cancel, _) = (await _manager.DeleteAsync($"{Path}/{id}"), 0);
        await holding.RollbackAsync();
        var done = await EndAsync(id);

        Assert.Equal((409, "imports.already-running"), (second.Status, second.Code));
        Assert.Equal(HttpStatusCode.NoContent, cancel.StatusCode);
        Assert.Equal(("failed", ImportJobs.Cancelled), (done.GetProperty("state").GetString(), done.GetProperty("error").GetString()));
        Assert.InRange(await _store.ScalarAsync<long>("select count(*) from operation where store_id = $1 and type = 'import.chunk'"), 0, 1);
        Assert.Null(await _store.FirstBrokenAsync());
    }

    [Fact]
    public async Task An_import_that_a_dead_server_left_is_found_at_the_next_start()
    {
        var id = Ids.New(_host.Chain.Clock);
        var status = ImportStatus.Of(id, ImportStatus.Running, false, new ImportProgress { LinesTotal = 10, LinesRead = 5 });
        await new ImportTable(_store.Chain.Source, _store.Chain.Clock).TryBeginAsync(ImportStore.Id, status, Caller.System, CancellationToken.None);

        await using var next = await ApiHost.StartAsync(_store.Chain);

        var found = (await ApiAnswer.OfAsync(await next.Client(Role.Manager, ImportStore.Id).GetAsync($"{Path}/{id}"))).Json;
        Assert.Equal(("failed", ImportJobs.Interrupted, 5), (found.GetProperty("state").GetString(), found.GetProperty("error").GetString(), found.GetProperty("linesRead").GetInt32()));
    }

    private async Task<(ApiAnswer Answer, Guid Id)> PostAsync(
        HttpClient client, byte[] file, string type = "text/csv", Guid? id = null, string query = "?format=online-retail")
    {
        var operation = id ?? Ids.New(_host.Chain.Clock);
        using var request = new HttpRequestMessage(HttpMethod.Post, Path + query) { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.Add("Idempotency-Key", operation.ToString());
        return (await ApiAnswer.OfAsync(await client.SendAsync(request)), operation);
    }

    private async Task<System.Text.Json.JsonElement> EndAsync(Guid id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var status = (await ApiAnswer.OfAsync(await _manager.GetAsync($"{Path}/{id}", patience.Token))).Json;
            if (status.GetProperty("state").GetString() != ImportStatus.Running) return status;
        }
    }

    private sealed class Promised : HttpContent
    {
        private readonly long _length;

        public Promised(long length)
        {
            _length = length;
            Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            throw new InvalidOperationException("Nothing should be asked for.");

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return true;
        }
    }
}
