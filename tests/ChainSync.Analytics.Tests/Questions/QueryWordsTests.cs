using ChainSync.Analytics.Questions;
using ChainSync.QuestionsBench;
using Xunit;

namespace ChainSync.Analytics.Tests.Questions;

public sealed class QueryWordsTests
{
    private static readonly QueryWords Words = new(MetricCatalogue.Standard);

    [Fact]
    public void A_query_is_said_whole()
    {
        var query = TestShop.Query("top 3 products in each store by margin last month except Garden, compared with the month before");

        Assert.Equal(
            "Gross margin by store and product, category not Garden, from 1 Aug 2026 to 31 Aug 2026, compared with the previous period (from 1 Jul 2026 to 31 Jul 2026), top 3 in each store, highest gross margin first",
            Words.Say(query));
    }

    [Theory]
    [InlineData("revenue by store last month")]
    [InlineData("top 5 products by revenue this quarter")]
    [InlineData("bottom 3 categories by margin last quarter")]
    [InlineData("best selling product in each store last month")]
    [InlineData("sales excluding Hilltop last week")]
    [InlineData("cheese vs wine units last month")]
    [InlineData("products with more than 50 units sold but margin under 15% this month")]
    [InlineData("refund amount and refunds by category last week")]
    [InlineData("stock of Lemon Curd at Hilltop")]
    [InlineData("weekly revenue for Riverside since June")]
    [InlineData("anomalies in refunds at Hilltop last week")]
    [InlineData("forecast revenue for Riverside next month")]
    [InlineData("share of revenue by category this month")]
    [InlineData("new customers by store in July")]
    [InlineData("which products have run out")]
    [InlineData("items with fewer than 14 days of stock")]
    public void The_words_of_a_query_read_as_a_question_give_it_again(string question)
    {
        var words = Words.Say(TestShop.Query(question));

        var again = TestShop.Read(words);

        Assert.Equal(Slots(TestShop.Read(question)), Slots(again).ToList());
    }

    private static IEnumerable<string> Slots(QuestionOutcome outcome) =>
        AnswerSlots.From(outcome) is var slots ? slots.Slots.Order(StringComparer.Ordinal).Prepend(slots.Intent) : [];
}
