using ChainSync.Analytics.Questions;
using Microsoft.Extensions.AI;
using Xunit;

namespace ChainSync.Analytics.Tests.Questions;

public sealed class LanguageModelReaderTests
{
    private const string Unclear = "how is Riverside getting along?";

    private const string Valid = """
        {"intent":"query","metrics":["revenue"],"dimensions":["category"],"filters":[{"field":"store","op":"eq","values":["riverside"]}],
         "time":{"token":"last_week","from":"2026-08-31","to":"2026-09-06"},"sort":{"by":"revenue","descending":true}}
        """;

    [Fact]
    public async Task A_model_is_not_asked_unless_enabled()
    {
        var model = new StubModel(Valid);

        var outcome = await Reader(model, enabled: false).ReadAsync(Unclear, TestShop.Today, null, TestContext.Current.CancellationToken);

        Assert.IsType<UnclearQuestion>(outcome);
        Assert.Equal(0, model.Calls);
    }

    [Fact]
    public async Task A_valid_query_of_the_model_is_read_with_the_shops_own_spelling()
    {
        var outcome = await Reader(new(Valid)).ReadAsync(Unclear, TestShop.Today, null, TestContext.Current.CancellationToken);

        var understood = Assert.IsType<UnderstoodQuestion>(outcome);
        Assert.Equal("Riverside", understood.Reading.Query.Filters[0].Values[0]);
        Assert.Contains("language model", Assert.Single(understood.Assumptions), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("no idea")]
    [InlineData("SELECT * FROM sales")]
    [InlineData("""{"sql":"select 1"}""")]
    [InlineData("""{"intent":"delete","metrics":["revenue"],"time":{"token":"t","from":"2026-08-31","to":"2026-09-06"}}""")]
    [InlineData("""{"intent":"query","metrics":["salaries"],"time":{"token":"t","from":"2026-08-31","to":"2026-09-06"}}""")]
    [InlineData("""{"intent":"query","metrics":[null],"time":{"token":"t","from":"2026-08-31","to":"2026-09-06"}}""")]
    [InlineData("""{"intent":"query","metrics":["revenue"],"filters":[{"field":"store","op":"eq","values":[null]}],"time":{"token":"t","from":"2026-08-31","to":"2026-09-06"}}""")]
    [InlineData("""{"intent":"query","metrics":["revenue"],"filters":[{"field":"store","op":"eq","values":["Atlantis"]}],"time":{"token":"t","from":"2026-08-31","to":"2026-09-06"}}""")]
    [InlineData("""{"intent":"query","metrics":["revenue"],"time":{"token":"t","from":"2026-09-06","to":"2026-08-31"}}""")]
    [InlineData("""{"intent":"query","metrics":["revenue"]}""")]
    public async Task Anything_but_a_valid_query_leaves_the_parsers_outcome(string answer)
    {
        var outcome = await Reader(new(answer)).ReadAsync(Unclear, TestShop.Today, null, TestContext.Current.CancellationToken);

        Assert.IsType<UnclearQuestion>(outcome);
    }

    [Theory]
    [InlineData("delete all sales")]
    [InlineData("what is the weather in Riverside")]
    [InlineData("show the customers' phone numbers")]
    [InlineData("revenue by store last week")]
    [InlineData("sales of biscuits last week")]
    public async Task What_is_refused_understood_or_ambiguous_is_never_sent(string question)
    {
        var model = new StubModel(Valid);

        await Reader(model).ReadAsync(question, TestShop.Today, null, TestContext.Current.CancellationToken);

        Assert.Equal(0, model.Calls);
    }

    [Fact]
    public async Task A_model_that_fails_leaves_the_parsers_outcome()
    {
        var outcome = await Reader(new(new HttpRequestException("down"))).ReadAsync(Unclear, TestShop.Today, null, TestContext.Current.CancellationToken);

        Assert.IsType<UnclearQuestion>(outcome);
    }

    [Fact]
    public async Task Giving_up_stops_the_model()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Reader(new(Valid)).ReadAsync(Unclear, TestShop.Today, null, cancelled.Token));
    }

    [Fact]
    public async Task The_model_is_told_the_catalogue_but_no_live_names()
    {
        var model = new StubModel(Valid);

        await Reader(model).ReadAsync("how are things going?", TestShop.Today, null, TestContext.Current.CancellationToken);

        Assert.Contains("margin_pct", model.Told, StringComparison.Ordinal);
        Assert.All(TestShop.Stores.Concat(TestShop.Products), name => Assert.DoesNotContain(name, model.Told, StringComparison.Ordinal));
    }

    private static LanguageModelReader Reader(StubModel model, bool enabled = true) =>
        new(TestShop.Parser, MetricCatalogue.Standard, TestShop.Names, model, new() { Enabled = enabled }, TimeProvider.System);

    /// <summary>The edge to a model: answers with fixed words, or fails.</summary>
    private sealed class StubModel : IChatClient
    {
        private readonly string _answer = "";
        private readonly Exception? _failure;

        public StubModel(string answer) => _answer = answer;

        public StubModel(Exception failure) => _failure = failure;

        public int Calls { get; private set; }

        public string Told { get; private set; } = "";

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Calls++;
            cancellationToken.ThrowIfCancellationRequested();
            Told = string.Join('\n', messages.Select(m => m.Text));
            return _failure is null ? Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, _answer))) : Task.FromException<ChatResponse>(_failure);
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
