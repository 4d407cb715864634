using ChainSync.Analytics.Anomalies;
using ChainSync.Analytics.Tests.Forecasting;
using ChainSync.AnomaliesBench;
using Xunit;

namespace ChainSync.Analytics.Tests.Anomalies;

/// <summary>The bench's own judge: what it calls right, wrong and recovery.</summary>
public class ScoringTests
{
    private static readonly DateOnly First = DateOnly.FromDateTime(Panels.Monday);

    [Fact]
    public void Alerts_are_judged_by_a_day_of_tolerance_and_a_week_of_recovery()
    {
        var score = Score(events: [(100, 102), (200, 200), (300, 310)], alerts: [(103, 103), (150, 150), (206, 207), (305, 320)]);

        Assert.Equal([Verdict.Hit, Verdict.False, Verdict.Recovery, Verdict.Hit], score.Alerts.Select(a => a.Verdict));
        Assert.Equal(2.0 / 3, score.Precision, 1e-12);
        Assert.Equal(2.0 / 3, score.StrictPrecision, 1e-12);
        Assert.Equal(2.0 / 3, score.Recall, 1e-12);
        Assert.Equal(1.0, score.RecallFrom(103), 1e-12);
    }

    [Fact]
    public void Alerts_before_the_scored_days_do_not_count()
    {
        Assert.Empty(Score(events: [], alerts: [(20, 49)]).Alerts);
        Assert.Single(Score(events: [], alerts: [(20, 50)]).Alerts);
    }

    [Fact]
    public void Rank_correlation_counts_order_only()
    {
        Assert.Equal(1, Ranks.Spearman([(1, 10), (2, 20), (3, 1000)]), 1e-12);
        Assert.Equal(-0.5, Ranks.Spearman([(1, 2), (2, 3), (3, 1)]), 1e-12);
        Assert.Equal(Math.Sqrt(3) / 2, Ranks.Spearman([(1, 1), (1, 2), (2, 3)]), 1e-12);
    }

    [Fact]
    public void Streams_are_scored_by_windows_after_the_probation()
    {
        var start = new DateTime(2024, 1, 1);
        var stream = new NabStream("s", [.. Enumerable.Range(0, 100).Select(i => start.AddHours(i))], new double[100], [(start.AddHours(40), start.AddHours(50)), (start.AddHours(80), start.AddHours(90))]);
        var alerts = WindowScore.Merge(Enumerable.Range(0, 100).Where(h => h is 5 or 45 or 46 or 49 or 70 or 95).Select(h => start.AddHours(h)), TimeSpan.FromHours(3));

        var score = WindowScore.Of(stream, alerts);

        Assert.Equal(new WindowScore(Right: 1, Alerts: 3, Found: 1, Windows: 2), score);
        Assert.Equal(2 * (1 / 3.0) * 0.5 / (1 / 3.0 + 0.5), score.F1, 1e-12);
    }

    /// <summary>Days count from the first; an event's size is its first day, so that the strength filter can be told.</summary>
    private static EventScore Score((int From, int To)[] events, (int From, int To)[] alerts)
    {
        var series = new LabelledSeries("m5dept", Streams.Shop(seed: 1), First.AddDays(50), [.. events.Select(e => new InjectedEvent("spike", First.AddDays(e.From), First.AddDays(e.To), e.From + (e.From == 200 ? -150 : 0)))], 0);
        var found = alerts.Select((a, i) => Alert(i + 1, a.From, a.To)).ToList();
        return EventScore.Of([(series, found)], new ShopCalendars(Path.Combine("no", "such", "folder")));
    }

    private static Alert Alert(int number, int from, int to) => new()
    {
        SeriesId = "shop", Number = number, Kind = AnomalyKind.Spike, Since = Panels.Monday.AddDays(from), Raised = Panels.Monday.AddDays(from),
        Through = Panels.Monday.AddDays(to), Periods = to - from + 1, Expected = 1, Seen = 2, Lower = 0, Upper = 1, Sigmas = 5, Distance = 5,
        MoneyAtStake = double.NaN, Severity = 50, Explanation = "",
    };
}
