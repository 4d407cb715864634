using Xunit;

namespace ChainSync.Analytics.Tests.Questions;

public sealed class TimeGrammarTests
{
    // Today is Thursday 2026-09-10.
    [Theory]
    [InlineData("today", "2026-09-10", "2026-09-10")]
    [InlineData("the day before yesterday", "2026-09-08", "2026-09-08")]
    [InlineData("3 days ago", "2026-09-07", "2026-09-07")]
    [InlineData("this week", "2026-09-07", "2026-09-10")]
    [InlineData("last week", "2026-08-31", "2026-09-06")]
    [InlineData("the week before last", "2026-08-24", "2026-08-30")]
    [InlineData("two weeks ago", "2026-08-24", "2026-08-30")]
    [InlineData("this month so far", "2026-09-01", "2026-09-10")]
    [InlineData("month to date", "2026-09-01", "2026-09-10")]
    [InlineData("the last 3 months", "2026-06-01", "2026-08-31")]
    [InlineData("the past 12 months", "2025-09-01", "2026-08-31")]
    [InlineData("the last 7 days", "2026-09-03", "2026-09-09")]
    [InlineData("over the past fortnight", "2026-08-27", "2026-09-09")]
    [InlineData("last 2 weeks", "2026-08-24", "2026-09-06")]
    [InlineData("this quarter", "2026-07-01", "2026-09-10")]
    [InlineData("last quarter", "2026-04-01", "2026-06-30")]
    [InlineData("Q1", "2026-01-01", "2026-03-31")]
    [InlineData("Q4", "2025-10-01", "2025-12-31")]
    [InlineData("Q2 2024", "2024-04-01", "2024-06-30")]
    [InlineData("the third quarter of 2025", "2025-07-01", "2025-09-30")]
    [InlineData("H1 2026", "2026-01-01", "2026-06-30")]
    [InlineData("the second half of 2025", "2025-07-01", "2025-12-31")]
    [InlineData("YTD", "2026-01-01", "2026-09-10")]
    [InlineData("last year", "2025-01-01", "2025-12-31")]
    [InlineData("in 2024", "2024-01-01", "2024-12-31")]
    [InlineData("in February", "2026-02-01", "2026-02-28")]
    [InlineData("in February 2024", "2024-02-01", "2024-02-29")]
    [InlineData("in November", "2025-11-01", "2025-11-30")]
    [InlineData("in September", "2026-09-01", "2026-09-10")]
    [InlineData("last September", "2025-09-01", "2025-09-30")]
    [InlineData("May last year", "2025-05-01", "2025-05-31")]
    [InlineData("in May", "2026-05-01", "2026-05-31")]
    [InlineData("on Monday", "2026-09-07", "2026-09-07")]
    [InlineData("last Friday", "2026-09-04", "2026-09-04")]
    [InlineData("on Thursday", "2026-09-03", "2026-09-03")]
    [InlineData("Tuesday last week", "2026-09-01", "2026-09-01")]
    [InlineData("last weekend", "2026-09-05", "2026-09-06")]
    [InlineData("over the weekend", "2026-09-05", "2026-09-06")]
    [InlineData("on 14 February", "2026-02-14", "2026-02-14")]
    [InlineData("on Dec 24th", "2025-12-24", "2025-12-24")]
    [InlineData("on 5/3/2026", "2026-03-05", "2026-03-05")]
    [InlineData("on 2026-03-05", "2026-03-05", "2026-03-05")]
    [InlineData("from 28 Dec to 3 Jan", "2025-12-28", "2026-01-03")]
    [InlineData("between 1 and 15 March", "2026-03-01", "2026-03-15")]
    [InlineData("1-24 Dec 2025", "2025-12-01", "2025-12-24")]
    [InlineData("Jan to Mar", "2026-01-01", "2026-03-31")]
    [InlineData("from last Monday to yesterday", "2026-09-07", "2026-09-09")]
    [InlineData("since June", "2026-06-01", "2026-09-10")]
    [InlineData("since the start of the quarter", "2026-07-01", "2026-09-10")]
    [InlineData("since last Friday", "2026-09-04", "2026-09-10")]
    [InlineData("in the first week of August", "2026-08-01", "2026-08-07")]
    [InlineData("in the last 10 days of August", "2026-08-22", "2026-08-31")]
    [InlineData("the week of 12 August", "2026-08-10", "2026-08-16")]
    [InlineData("week 10", "2026-03-02", "2026-03-08")]
    [InlineData("on Black Friday", "2025-11-28", "2025-11-28")]
    [InlineData("on Black Friday 2024", "2024-11-29", "2024-11-29")]
    [InlineData("at Easter", "2026-04-05", "2026-04-05")]
    [InlineData("at Easter 2025", "2025-04-20", "2025-04-20")]
    [InlineData("on Mother's Day", "2026-03-15", "2026-03-15")]
    [InlineData("on Father's Day", "2026-06-21", "2026-06-21")]
    [InlineData("on Boxing Day", "2025-12-26", "2025-12-26")]
    [InlineData("the week before Christmas", "2025-12-18", "2025-12-24")]
    [InlineData("last summer", "2026-06-01", "2026-08-31")]
    [InlineData("since the beginning of the year", "2026-01-01", "2026-09-10")]
    [InlineData("of all time", "2000-01-01", "2026-09-10")]
    public void A_stretch_of_time_becomes_its_days(string words, string from, string to)
    {
        var time = TestShop.Query($"revenue {words}").Time;

        Assert.Equal((from, to), (Day(time.From), Day(time.To)));
    }

    [Theory]
    [InlineData("tomorrow", "2026-09-11", "2026-09-11")]
    [InlineData("next week", "2026-09-14", "2026-09-20")]
    [InlineData("next 14 days", "2026-09-11", "2026-09-24")]
    [InlineData("next month", "2026-10-01", "2026-10-31")]
    [InlineData("on Saturday", "2026-09-12", "2026-09-12")]
    [InlineData("this weekend", "2026-09-12", "2026-09-13")]
    [InlineData("in November", "2026-11-01", "2026-11-30")]
    [InlineData("on Christmas Eve", "2026-12-24", "2026-12-24")]
    [InlineData("for the rest of the month", "2026-09-11", "2026-09-30")]
    [InlineData("this month", "2026-09-10", "2026-09-30")]
    public void A_forecast_reads_the_same_words_forwards(string words, string from, string to)
    {
        var time = TestShop.Query($"forecast revenue {words}").Time;

        Assert.Equal((from, to), (Day(time.From), Day(time.To)));
    }

    [Theory]
    [InlineData("revenue this week vs last week", "2026-08-31", "2026-09-03")]
    [InlineData("revenue last week vs the week before", "2026-08-24", "2026-08-30")]
    [InlineData("revenue last month compared to the previous month", "2026-07-01", "2026-07-31")]
    [InlineData("revenue this year vs last year", "2025-01-01", "2025-09-10")]
    [InlineData("revenue in February 2026 vs February 2024", "2024-02-01", "2024-02-29")]
    [InlineData("revenue today vs yesterday", "2026-09-09", "2026-09-09")]
    [InlineData("revenue yesterday compared with the same day last week", "2026-09-02", "2026-09-02")]
    [InlineData("revenue last 7 days vs the previous period", "2026-08-27", "2026-09-02")]
    [InlineData("revenue last quarter year on year", "2025-04-01", "2025-06-30")]
    [InlineData("did revenue grow last month", "2026-07-01", "2026-07-31")]
    public void A_comparison_becomes_the_other_days(string question, string from, string to)
    {
        var compare = TestShop.Query(question).Compare;

        Assert.NotNull(compare);
        Assert.Equal((from, to), (Day(compare.From), Day(compare.To)));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
