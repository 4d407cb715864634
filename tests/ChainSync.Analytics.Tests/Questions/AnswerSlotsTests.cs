using System.Text.Json;
using ChainSync.Analytics.Questions;
using ChainSync.QuestionsBench;
using Xunit;

namespace ChainSync.Analytics.Tests.Questions;

public sealed class AnswerSlotsTests
{
    private const string Expected = """
        {"intent":"query","metrics":["revenue"],"dimensions":["store"],"filters":[{"field":"category","op":"neq","value":"Wine"}],
         "time":{"token":"x","from":"2026-08-01","to":"2026-08-31"},"compare":null,"having":[],"sort":{"by":"revenue","dir":"desc"},"limit":null}
        """;

    private static readonly AnalyticsQuery Query = TestShop.Query("revenue by store in August except Wine");

    [Fact]
    public void Equal_answers_are_equal_whatever_the_operator_is_called() =>
        Assert.Equal(Parse(Expected), Answer(Query));

    [Fact]
    public void The_order_counts_only_beside_a_limit()
    {
        Assert.Equal(Parse(Expected), Answer(Query with { Sort = new("revenue", false) }));
        Assert.NotEqual(Parse(Expected.Replace("\"limit\":null", "\"limit\":3", StringComparison.Ordinal)), Answer(Query with { Limit = new(3), Sort = new("revenue", false) }));
    }

    [Theory]
    [InlineData("\"revenue\"]", "\"units_sold\"]")]
    [InlineData("[\"store\"]", "[]")]
    [InlineData("neq", "eq")]
    [InlineData("Wine", "Cheese")]
    [InlineData("2026-08-31", "2026-08-30")]
    [InlineData("\"compare\":null", "\"compare\":{\"kind\":\"previous_period\"}")]
    [InlineData("\"having\":[]", "\"having\":[{\"field\":\"revenue\",\"op\":\"gt\",\"value\":1}]")]
    [InlineData("\"limit\":null", "\"limit\":{\"n\":1,\"per\":\"store\"}")]
    [InlineData("\"query\"", "\"clarify\"")]
    public void Any_other_slot_makes_an_answer_wrong(string part, string other) =>
        Assert.NotEqual(Parse(Expected.Replace(part, other, StringComparison.Ordinal)), Answer(Query));

    private static AnswerSlots Answer(AnalyticsQuery query) => AnswerSlots.From(new UnderstoodQuestion(new("", query), [], []));

    private static AnswerSlots Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return AnswerSlots.FromJson(document.RootElement, null);
    }
}
