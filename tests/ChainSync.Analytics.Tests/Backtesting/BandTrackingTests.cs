using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Tests.Forecasting;
using Xunit;

namespace ChainSync.Analytics.Tests.Backtesting;

public class BandTrackingTests
{
    private const int Horizon = 5, Step = 10;

    [Fact]
    public void Errors_that_stay_as_they_were_leave_the_bands_alone()
    {
        var factors = Enumerable.Range(0, 100).Select(seed => BandTracking.Factors(Origins(seed, 15, _ => 1), Errors)).ToArray();

        Assert.InRange(factors.Average(f => f.Lower), 0.95, 1.05);
        Assert.InRange(factors.Average(f => f.Upper), 0.95, 1.05);
    }

    [Theory]
    [InlineData(1.12, 1.15, 2)]
    [InlineData(0.89, 0.6, 0.9)]
    public void Bands_follow_errors_that_grow_or_shrink(double perOrigin, double least, double most)
    {
        var (lower, upper) = BandTracking.Factors(Origins(3, 15, age => Math.Pow(perOrigin, -age)), Errors);

        Assert.InRange(lower, least, most);
        Assert.InRange(upper, least, most);
    }

    [Fact]
    public void Each_side_follows_its_own_errors()
    {
        // Forecasts fall ever further behind a shop that grows.
        var replays = Origins(4, 15, _ => 1, drift: age => 2 - 0.2 * age);

        var (lower, upper) = BandTracking.Factors(replays, Errors);

        Assert.True(lower < 1 && upper > 1.1, $"{lower:F2} and {upper:F2}");
    }

    [Fact]
    public void Bands_of_a_spread_that_grows_by_the_origin_hold_most_of_their_share()
    {
        var (inside, all) = (0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var replays = Origins(seed, 30, age => Math.Pow(1.06, -age));
            var newest = replays.Min(r => r.Origin);
            var calibration = ConformalCalibration.Learn(replays.Where(r => r.Origin != newest));
            foreach (var replay in replays.Where(r => r.Origin == newest))
            {
                var band = calibration.Bands(replay.SeriesId, "", replay.Predicted, [0.8])[0];
                for (var h = 0; h < Horizon; h++, all++)
                    inside += replay.Actual[h] >= band.Lower[h] && replay.Actual[h] <= band.Upper[h] ? 1 : 0;
            }
        }

        // By 6 % an origin over thirty origins: bands of all errors alike would hold 47 %.
        Assert.InRange((double)inside / all, 0.62, 0.84);
    }

    [Fact]
    public void Origins_that_have_not_ended_are_no_evidence()
    {
        // All origins overlap: none had ended when the next began.
        Replay[] replays = [.. Origins(5, 8, age => Math.Pow(1.5, -age)).Select(r => r with { Origin = 100 + (r.Origin - 100) / Step })];

        Assert.Equal((1, 1), BandTracking.Factors([.. replays.Where(r => r.Origin < 100 + Horizon)], Errors));
    }

    private static IEnumerable<double> Errors(Replay replay) => replay.Actual.Select((a, h) => a - replay.Predicted[h]);

    /// <summary>Ten series at each origin; the spread and the mean of their errors depend on the origin's age, 0 for the newest.</summary>
    private static Replay[] Origins(int seed, int count, Func<int, double> spread, Func<int, double>? drift = null)
    {
        var random = new Random(seed);
        double[] Days(int age) => [.. Enumerable.Range(0, Horizon).Select(_ => 100 + (drift?.Invoke(age) ?? 0) + spread(age) * Panels.Normal(random))];
        return [.. from age in Enumerable.Range(0, count)
                   from series in Enumerable.Range(0, 10)
                   select new Replay($"s{series}", "", 100 + age * Step, [.. Enumerable.Repeat(100.0, Horizon)], Days(age), 1, [])];
    }
}
