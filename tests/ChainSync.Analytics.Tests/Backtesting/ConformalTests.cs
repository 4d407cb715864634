using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Tests.Forecasting;
using Xunit;

namespace ChainSync.Analytics.Tests.Backtesting;

public class ConformalTests
{
    [Theory]
    [InlineData(0.80)]
    [InlineData(0.95)]
    public void Bands_hold_their_share_of_new_outcomes_even_when_errors_are_skewed(double level)
    {
        var random = new Random(2);
        var calibration = ConformalCalibration.Learn(Draw(random, 200));

        var (inside, all) = (0, 0);
        foreach (var replay in Draw(random, 200))
        {
            var band = calibration.Bands(replay.SeriesId, "", replay.Predicted, [level])[0];
            for (var h = 0; h < replay.Actual.Length; h++, all++)
                inside += replay.Actual[h] >= band.Lower[h] && replay.Actual[h] <= band.Upper[h] ? 1 : 0;
        }

        Assert.Equal(level, (double)inside / all, 0.02);
    }

    [Fact]
    public void Bands_nest_and_widen_with_the_horizon_when_errors_do()
    {
        var calibration = ConformalCalibration.Learn(Draw(new Random(2), 200));
        var predicted = Enumerable.Repeat(100.0, 20).ToArray();

        var bands = calibration.Bands("s1", "", predicted, [0.95, 0.5, 0.8]);

        Assert.Equal([0.5, 0.8, 0.95], bands.Select(b => b.Level));
        Assert.True(bands[1].Upper[19] - bands[1].Lower[19] > 1.5 * (bands[1].Upper[0] - bands[1].Lower[0]));
        for (var h = 0; h < 20; h++)
            Assert.True(bands[2].Lower[h] <= bands[1].Lower[h] && bands[1].Upper[h] <= bands[2].Upper[h]);
    }

    [Fact]
    public void Stock_for_a_service_level_covers_that_share_of_slow_days()
    {
        var random = new Random(6);
        var calibration = ConformalCalibration.Learn(Counts(random, 300));

        var (covered, all) = (0, 0);
        foreach (var replay in Counts(random, 300))
        {
            var stock = calibration.Quantile(replay.SeriesId, "", replay.Predicted, 0.9);
            for (var h = 0; h < stock.Length; h++, all++)
                covered += replay.Actual[h] <= stock[h] ? 1 : 0;
        }

        Assert.InRange((double)covered / all, 0.89, 0.95);
    }

    [Theory]
    [InlineData(3, 10)]
    [InlineData(1, 10)]
    [InlineData(1, 5)]
    [InlineData(3, 5)]
    [InlineData(20, 5)]
    public void Bands_hold_their_share_when_the_errors_of_an_origin_come_together(int series, int origins)
    {
        var random = new Random(11);

        var (inside, all) = (0, 0);
        for (var shop = 0; shop < 300; shop++)
        {
            var replays = Shocked(random, origins + 1, series).ToList();
            var calibration = ConformalCalibration.Learn(replays.Skip(series));
            foreach (var replay in replays.Take(series))
            {
                var band = calibration.Bands(replay.SeriesId, "", replay.Predicted, [0.8])[0];
                for (var h = 0; h < replay.Actual.Length; h++, all++)
                    inside += replay.Actual[h] >= band.Lower[h] && replay.Actual[h] <= band.Upper[h] ? 1 : 0;
            }
        }

        // Five origins of one series are little to go by: there the bands are rather too wide.
        Assert.InRange((double)inside / all, 0.78, series == 1 ? 0.86 : 0.84);
    }

    [Fact]
    public void Errors_that_come_together_are_worth_little_more_than_their_origins()
    {
        var random = new Random(12);
        Replay[] together = [.. Shocked(random, 30, 3, noise: 0.01)];
        Replay[] apart = [.. Shocked(random, 30, 3, shock: 0)];

        Assert.InRange(Independence.Of(together, Errors), 30, 60);
        Assert.InRange(Independence.Of(apart, Errors), 400, 900);
    }

    private static IEnumerable<double> Errors(Replay replay) => replay.Actual.Select((a, h) => a - replay.Predicted[h]);

    [Fact]
    public void Nothing_learned_means_no_bands()
    {
        Assert.Empty(ConformalCalibration.Learn([]).Bands("a", "", [1, 2], [0.8]));
    }

    /// <summary>Exponential errors, wider for later steps and for the second series.</summary>
    private static IEnumerable<Replay> Draw(Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var actual = new double[20];
            for (var h = 0; h < actual.Length; h++)
                actual[h] = 100 + (1 + i % 2) * (1 + 0.1 * h) * (-Math.Log(1 - random.NextDouble()) - 1);
            yield return new Replay($"s{i % 2}", "", count - i, Enumerable.Repeat(100.0, 20).ToArray(), actual, 1, []);
        }
    }

    /// <summary>Series whose errors share a shock per origin; newest origin first.</summary>
    private static IEnumerable<Replay> Shocked(Random random, int origins, int count, double shock = 1, double noise = 1)
    {
        for (var k = 0; k < origins; k++)
        {
            var common = shock * Panels.Normal(random);
            for (var series = 0; series < count; series++)
                yield return new Replay(
                    $"s{series}", "", (k + 1) * 10, Enumerable.Repeat(100.0, 10).ToArray(),
                    Enumerable.Range(0, 10).Select(_ => 100 + common + noise * Panels.Normal(random)).ToArray(), 1, []);
        }
    }

    private static IEnumerable<Replay> Counts(Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var mean = 0.2 + 2.5 * random.NextDouble();
            var actual = new double[10];
            for (var h = 0; h < actual.Length; h++)
                for (var product = random.NextDouble(); product > Math.Exp(-mean); product *= random.NextDouble())
                    actual[h]++;
            yield return new Replay($"s{i % 5}", "", count - i, Enumerable.Repeat(mean, 10).ToArray(), actual, 1, []);
        }
    }
}
