using ChainSync.Analytics.Questions;
using Xunit;

namespace ChainSync.Analytics.Tests.Questions;

public sealed class UnclearTests
{
    [Fact]
    public void A_name_that_fits_two_products_is_asked_back_with_both()
    {
        var unclear = Assert.IsType<UnclearQuestion>(TestShop.Read("sales of biscuits last week"));

        Assert.Equal(UnclearReason.AmbiguousName, unclear.Reason);
        Assert.Equal(["Cat Biscuits 2kg", "Dog Biscuits 5kg"], unclear.Readings.Select(r => Assert.Single(r.Query.Filters).Values[0]));
        Assert.All(unclear.Readings, r => Assert.Equal(new DateOnly(2026, 8, 31), r.Query.Time.From));
    }

    [Fact]
    public void A_name_that_fits_nothing_offers_the_nearest()
    {
        var unclear = Assert.IsType<UnclearQuestion>(TestShop.Read("revenue at Hillside last week"));

        Assert.Equal(UnclearReason.UnknownName, unclear.Reason);
        Assert.Contains(unclear.Readings, r => r.Query.Filters.Any(f => f.Values.Contains("Hilltop")));
    }

    [Theory]
    [InlineData("How are we doing?")]
    [InlineData("how is Riverside doing?")]
    [InlineData("give me a report")]
    [InlineData("last month")]
    [InlineData("Riverside")]
    [InlineData("compare the stores")]
    [InlineData("what is happening?")]
    [InlineData("show me the data")]
    [InlineData("how did it go?")]
    public void A_question_without_a_figure_offers_figures(string question)
    {
        var unclear = Assert.IsType<UnclearQuestion>(TestShop.Read(question));

        Assert.Equal(UnclearReason.MissingMetric, unclear.Reason);
        Assert.InRange(unclear.Readings.Count, 2, 3);
    }

    [Fact]
    public void A_question_for_the_cause_offers_where_and_when()
    {
        var unclear = Assert.IsType<UnclearQuestion>(TestShop.Read("Why did revenue drop last week?"));

        Assert.Equal(UnclearReason.Cause, unclear.Reason);
        Assert.Equal(3, unclear.Readings.Count);
        Assert.Contains(unclear.Readings, r => r.Query.Intent == QueryIntent.Anomaly);
    }

    [Fact]
    public void Parts_that_do_not_go_together_are_said()
    {
        var unclear = Assert.IsType<UnclearQuestion>(TestShop.Read("forecast margin for next month"));

        Assert.Equal(UnclearReason.Unsupported, unclear.Reason);
        Assert.Contains("gross margin", unclear.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reading_offered_is_valid()
    {
        var validator = new QueryValidator(MetricCatalogue.Standard, TestShop.Names);
        string[] questions = ["How are we doing?", "show me biscuits", "why did sales drop?", "revenue at Hillside", "stock of biscuits at Hilltop", "forecast biscuits for next week"];

        Assert.All(
            questions.Select(q => Assert.IsType<UnclearQuestion>(TestShop.Read(q))).SelectMany(u => u.Readings),
            reading => Assert.Empty(validator.Problems(reading.Query)));
    }

    [Theory]
    [InlineData("revenue by store", "No period given: the last 30 days.")]
    [InlineData("busiest hour", "No period given: the last 90 days.")]
    [InlineData("revnue by store last month", "Read 'revnue' as 'revenue'.")]
    [InlineData("best store last month", "No measure named: revenue.")]
    [InlineData("top products last month", "No number given: the first 10.")]
    public void What_a_question_leaves_open_is_said(string question, string assumption) =>
        Assert.Contains(assumption, Assert.IsType<UnderstoodQuestion>(TestShop.Read(question)).Assumptions);

    [Theory]
    [InlineData("refunds by store last week", "refund_amount")]
    [InlineData("margin by category last month", "gross_profit")]
    [InlineData("how much Lemon Curd did we sell last week", "revenue")]
    [InlineData("what is running low at Hilltop", "days_of_cover")]
    public void Another_likely_reading_is_offered_beside_the_answer(string question, string metric)
    {
        var understood = Assert.IsType<UnderstoodQuestion>(TestShop.Read(question));

        var other = Assert.Single(understood.Alternatives);
        Assert.Equal([metric], other.Query.Metrics);
        Assert.Equal(understood.Reading.Query.Filters, other.Query.Filters);
    }
}
