using ChainSync.Analytics.Questions;
using ChainSync.QuestionsBench;
using Xunit;

namespace ChainSync.Analytics.Tests.Questions;

public sealed class FollowUpTests
{
    [Theory]
    [InlineData("revenue by category last month", "and for Hilltop only?", "revenue by category at Hilltop last month")]
    [InlineData("revenue by category at Hilltop last month", "what about Quayside?", "revenue by category at Quayside last month")]
    [InlineData("revenue by category last month", "and last week?", "revenue by category last week")]
    [InlineData("revenue by category last month", "and the month before?", "revenue by category in July")]
    [InlineData("revenue by store last month", "same but compared to the month before", "revenue by store last month vs the month before")]
    [InlineData("revenue by store this month", "compare that with last year", "revenue by store this month vs the same period last year")]
    [InlineData("revenue by store last month", "by category instead", "revenue by category last month")]
    [InlineData("revenue last week", "break it down by product", "revenue by product last week")]
    [InlineData("revenue by store last month", "and the margin?", "margin by store last month")]
    [InlineData("revenue by store last month", "now show transactions instead", "transactions by store last month")]
    [InlineData("revenue by store last month", "excluding Hilltop", "revenue by store last month excluding Hilltop")]
    [InlineData("revenue by category at Hilltop last month", "for all stores", "revenue by category last month")]
    [InlineData("top 10 products by revenue last month", "just the top 5", "top 5 products by revenue last month")]
    [InlineData("top 10 products by revenue last month", "and the bottom 10?", "bottom 10 products by revenue last month")]
    [InlineData("top 10 products by revenue last month", "only for cheese", "top 10 cheese products by revenue last month")]
    [InlineData("daily revenue last month", "weekly", "weekly revenue last month")]
    [InlineData("forecast Lemon Curd for next week", "and for Rye Crackers?", "forecast Rye Crackers for next week")]
    [InlineData("forecast Lemon Curd for next week", "and the week after?", "forecast Lemon Curd from 21 September 2026 to 27 September 2026")]
    [InlineData("which products are out of stock", "at Riverside", "which products are out of stock at Riverside")]
    [InlineData("revenue yesterday", "and the day before yesterday?", "revenue the day before yesterday")]
    [InlineData("revenue last week", "what about tomorrow?", "how much will we sell tomorrow")]
    [InlineData("revenue by store last month", "how many units did we sell yesterday at Hilltop?", "units sold yesterday at Hilltop")]
    [InlineData("revenue by store last month", "what should I reorder?", "what should I reorder")]
    public void A_follow_up_changes_the_last_query(string before, string then, string same)
    {
        var query = TestShop.Read(then, TestShop.Query(before));

        Assert.Equal(Slots(TestShop.Read(same)), Slots(query));
    }

    [Fact]
    public void A_whole_question_ignores_the_last_one()
    {
        var query = TestShop.Query("margin by category this month", TestShop.Query("top 5 products by revenue at Hilltop last week"));

        Assert.Equal(Slots(TestShop.Read("margin by category this month")), Slots(new UnderstoodQuestion(new("", query), [], [])));
    }

    [Fact]
    public void Without_a_question_before_a_follow_up_is_asked_back() =>
        Assert.IsType<UnclearQuestion>(TestShop.Read("and for Hilltop only?"));

    private static IEnumerable<string> Slots(QuestionOutcome outcome) =>
        AnswerSlots.From(outcome) is var slots ? slots.Slots.Order(StringComparer.Ordinal).Prepend(slots.Intent) : [];
}
