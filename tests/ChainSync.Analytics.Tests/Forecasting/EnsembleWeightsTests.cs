using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Forecasting.Ensembles;
using Xunit;

namespace ChainSync.Analytics.Tests.Forecasting;

public class EnsembleWeightsTests
{
    private const int Horizon = 20;

    [Fact]
    public void Two_models_that_err_apart_share_the_weight_and_a_bad_one_gets_none()
    {
        var weights = EnsembleWeights.Learn(Replays(origins: 6)).Groups["g"];

        Assert.Equal(["high", "low"], weights.Keys.Order());
        Assert.Equal(0.5, weights["high"], 0.1);
        Assert.Equal(1, weights.Values.Sum(), 1e-12);
    }

    [Fact]
    public void A_model_that_another_only_disturbs_stands_alone()
    {
        var replays = Replays(origins: 6);
        replays["exact"] = [.. replays["bad"].Select(r => r with { Predicted = (double[])r.Actual.Clone() })];

        var weights = EnsembleWeights.Learn(replays).Groups["g"];

        Assert.Equal(new Dictionary<string, double> { ["exact"] = 1 }, weights);
    }

    [Fact]
    public void Few_origins_leave_much_to_equal_shares_and_many_leave_little()
    {
        double ShareOfBetter(int origins)
        {
            var replays = Replays(origins);
            replays["good"] = [.. replays["high"].Select(r => r with { Predicted = Array.ConvertAll(r.Actual, v => v + 4.0) })];
            replays["near"] = [.. replays["high"].Select(r => r with { Predicted = Array.ConvertAll(r.Actual, v => v + 4.3) })];
            return EnsembleWeights.Learn(replays.Where(r => r.Key is "good" or "near").ToDictionary()).Groups["g"]["good"];
        }

        Assert.Equal(3.0 / 7 + 4.0 / 7 / 2, ShareOfBetter(3), 1e-9);
        Assert.Equal(36.0 / 40 + 4.0 / 40 / 2, ShareOfBetter(36), 1e-9);
    }

    [Fact]
    public void Few_origins_mean_the_median_of_all_models()
    {
        var weights = EnsembleWeights.Learn(Replays(origins: 2));

        Assert.Empty(weights.Groups);
        Assert.Equal([5.0], weights.Combine("g", new Dictionary<string, double[]> { ["a"] = [1], ["b"] = [5], ["c"] = [90] }));
    }

    /// <summary>One model too high, one too low by the same, one off by more than both.</summary>
    private static Dictionary<string, IReadOnlyList<Replay>> Replays(int origins)
    {
        var random = new Random(1);
        var actual = Enumerable.Range(0, origins).Select(_ => Enumerable.Range(0, Horizon).Select(_ => 100 + 5 * Panels.Normal(random)).ToArray()).ToArray();
        IReadOnlyList<Replay> Shifted(double by) =>
            [.. actual.Select((a, k) => new Replay("s", "g", (origins - k) * Horizon, Array.ConvertAll(a, v => v + by + 2 * Panels.Normal(random)), a, 1, []))];
        return new Dictionary<string, IReadOnlyList<Replay>>(StringComparer.Ordinal) { ["high"] = Shifted(12), ["low"] = Shifted(-12), ["bad"] = Shifted(60) };
    }
}
