using System.Text;
using System.Text.Json;
using ChainSync.Analytics.Anomalies;
using ChainSync.Analytics.Series;
using ChainSync.Analytics.Tests.Forecasting;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChainSync.Analytics.Tests.Anomalies;

/// <summary>Point by point, restarted at any moment, or all at once: the same alerts, and none of them knows the future.</summary>
public class StreamingTests
{
    [Fact]
    public void Streaming_with_restarts_gives_the_alerts_of_a_batch() => Check(c =>
    {
        var batch = AnomalyScan.Run(c.Series);

        var detector = c.Series.Detector();
        var latest = new SortedDictionary<int, Alert>();
        for (var i = 0; i < c.Series.Count; i++)
        {
            if (i % c.RestartEvery == 0)
                detector = AnomalyDetector.Load(detector.Save(), c.Series.Known);
            if (double.IsNaN(c.Series.Values[i]) && i < c.Series.Count - 1)
                continue; // a feed that is silent sends no NaN, it sends nothing
            foreach (var alert in detector.Add(new SeriesPoint(c.Series.TimeAt(i), c.Series.Values[i])))
                latest[alert.Number] = alert;
        }

        return batch.SequenceEqual(latest.Values);
    });

    [Fact]
    public void An_answer_depends_on_nothing_later() => Check(c =>
    {
        var cut = c.Series.Count - c.RestartEvery - 1;
        var other = c.Series.Changed(cut, c.Series.Count - cut, v => 5 * v + 3);

        var answers = c.Series.Detector().Feed(c.Series, 0, cut);
        var answersOther = other.Detector().Feed(other, 0, cut);

        return answers.SequenceEqual(answersOther) && c.Series.Head(cut).Values.SequenceEqual(other.Head(cut).Values);
    });

    [Fact]
    public void The_state_stays_as_small_as_it_is()
    {
        var series = Streams.Shop(seed: 1);
        var detector = series.Detector();
        detector.Feed(series, 0, 150);
        var early = detector.Save().Length;

        detector.Feed(series, 150, Panels.Days);

        Assert.InRange(detector.Save().Length, 1, 1.1 * early);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Another_form_is_refused(int version)
    {
        var saved = Encoding.UTF8.GetString(Streams.Shop(seed: 1).Detector().Save());
        var other = saved.Replace("\"version\":2", $"\"version\":{version}", StringComparison.Ordinal);

        Assert.NotEqual(saved, other);
        Assert.Throws<JsonException>(() => AnomalyDetector.Load(Encoding.UTF8.GetBytes(other)));
        Assert.Throws<JsonException>(() => AnomalyDetector.Load("null"u8));
    }

    [Fact]
    public void A_longer_calendar_with_another_column_keeps_what_was_learned()
    {
        var series = Streams.Shop(seed: 9);
        var detector = series.Detector();
        detector.Feed(series, 0, 400);
        var before = Assert.NotNull(detector.Expect());

        detector.Know(series.Known.With(new Covariate("fair", CovariateKind.Promotion, new double[series.Known.Count])));
        var same = Assert.NotNull(detector.Expect());
        detector.Know(series.Known);

        Assert.Equal(before.Expected, same.Expected, 1e-9 * before.Expected);
        Assert.Equal(before, Assert.NotNull(detector.Expect()));
    }

    [Fact]
    public void A_silent_feed_is_told_by_the_clock()
    {
        var series = Streams.Shop(seed: 2);
        var detector = series.Detector();
        detector.Feed(series, 0, 300);

        Assert.Empty(detector.Advance(series.TimeAt(300).AddHours(23)));
        var alert = Assert.Single(detector.Advance(series.TimeAt(303)));

        Assert.Equal((AnomalyKind.Missing, 3, series.TimeAt(300)), (alert.Kind, alert.Periods, alert.Since));
        Assert.Equal(series.TimeAt(303), detector.Next);
    }

    private static void Check(Func<Case, bool> holds)
    {
        var cases = from seed in Gen.Choose(1, 1_000_000)
                    from kind in Gen.Elements(0, 0.3, 1.4, 3, double.NaN)
                    from day in Gen.Choose(120, 240)
                    from length in Gen.Choose(1, 20)
                    from slow in Gen.Elements(true, false)
                    from restart in Gen.Choose(1, 40)
                    select new Case(Make(seed, slow).Changed(day, length, v => Math.Round(v * kind)), restart, $"seed {seed}, ×{kind} from {day} for {length}, slow {slow}, restart {restart}");
        Prop.ForAll(cases.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    private static TimeSeries Make(int seed, bool slow)
    {
        var series = slow ? Streams.Daily(Streams.Product(seed, 1 + seed % 8, 260)) : Streams.Shop(seed).Head(260);
        return new TimeSeries(series.Id, series.Grain, series.Start, series.Values.ToArray(), series.Known);
    }

    private sealed record Case(TimeSeries Series, int RestartEvery, string Words)
    {
        public override string ToString() => Words;
    }
}
