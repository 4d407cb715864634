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

        var weights = EnsembleWeights.Learn(replays);

        Assert.Equal(new Dictionary<string, double> { ["exact"] = 1 }, weights.Groups["g"]);
        Assert.Equal(new Dictionary<string, double> { ["exact"] = 1 }, weights.Series["s"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(36)]
    public void Few_origins_leave_much_to_equal_shares_and_many_leave_little(int origins)
    {
        var weights = EnsembleWeights.Learn(GoodAndNear(origins, apart: Horizon)).Groups["g"];

        Assert.Equal((origins + 2.0) / (origins + 4), weights["good"], 1e-9);
    }

    [Fact]
    public void Origins_that_overlap_teach_what_their_span_holds()
    {
        var dense = EnsembleWeights.Learn(GoodAndNear(origins: 21, apart: 1)).Groups["g"];

        Assert.Equal((2 + 2.0) / (2 + 4), dense["good"], 1e-9);
    }

    [Fact]
    public void Models_as_good_as_each_other_weigh_alike()
    {
        var high = Replays(origins: 6)["high"];
        var mirrored = new Dictionary<string, IReadOnlyList<Replay>>(StringComparer.Ordinal)
        {
            ["high"] = high,
            ["low"] = [.. high.Select(r => r with { Predicted = [.. r.Actual.Zip(r.Predicted, (a, p) => 2 * a - p)] })],
        };

        var weights = EnsembleWeights.Learn(mirrored);

        Assert.All(weights.Groups["g"].Values.Concat(weights.Series["s"].Values), w => Assert.Equal(0.5, w, 1e-9));
    }

    [Fact]
    public void Each_series_leans_to_the_model_that_suits_it()
    {
        var random = new Random(7);
        var ids = Enumerable.Range(0, 12).Select(i => $"s{i:00}").ToArray();
        IReadOnlyList<Replay> Suited(Func<int, bool> suits) =>
            [.. ids.SelectMany((id, i) => Truth(random, 5).Select(a => Replayed(id, a.Origin, a.Values, suits(i) ? 2 : 10, random)))];
        var replays = new Dictionary<string, IReadOnlyList<Replay>>(StringComparer.Ordinal) { ["even"] = Suited(i => i % 2 == 0), ["last"] = Suited(i => i == 11), ["odd"] = Suited(i => i % 2 == 1) };
        var aligned = Aligned(replays);

        var weights = EnsembleWeights.Learn(aligned);

        Assert.All(ids.Where((_, i) => i % 2 == 0), id => Assert.True(weights.Series[id].GetValueOrDefault("even") > 0.85));
        Assert.All(ids.Where((_, i) => i % 2 == 1 && i < 11), id => Assert.True(weights.Series[id].GetValueOrDefault("odd") > 0.85));
        Assert.True(weights.Series["s11"].GetValueOrDefault("last") > weights.Series["s09"].GetValueOrDefault("last"));
    }

    [Fact]
    public void A_series_in_other_units_changes_no_weight()
    {
        var random = new Random(11);
        IReadOnlyList<Replay> Of(double noise) =>
            [.. Enumerable.Range(0, 3).Select(i => "abc"[i..(i + 1)]).SelectMany(id => Truth(random, 5).Select(a => Replayed(id, a.Origin, a.Values, noise, random)))];
        var replays = Aligned(new Dictionary<string, IReadOnlyList<Replay>>(StringComparer.Ordinal) { ["x"] = Of(6), ["y"] = Of(7), ["z"] = Of(8) });
        var scaled = replays.ToDictionary(r => r.Key, r => (IReadOnlyList<Replay>)[.. r.Value.Select(x => x.SeriesId == "b" ? Times(x, 1024) : x)]);

        var (before, after) = (EnsembleWeights.Learn(replays), EnsembleWeights.Learn(scaled));

        Assert.Equal(before.Groups["g"], after.Groups["g"]);
        Assert.Equal(before.Series["a"], after.Series["a"]);
        Assert.Equal(before.Series["b"], after.Series["b"]);
    }

    [Fact]
    public void Slow_series_take_the_weighted_median_and_others_the_mean()
    {
        var weights = new EnsembleWeights
        {
            Groups = new Dictionary<string, IReadOnlyDictionary<string, double>> { ["slow"] = Thirds(), ["brisk"] = Thirds() },
            SlowGroups = new HashSet<string> { "slow" },
        };
        var forecasts = new Dictionary<string, double[]> { ["a"] = [1], ["b"] = [2], ["c"] = [90], ["unwanted"] = [1e6] };

        Assert.Equal([2.0], weights.Combine("new", "slow", forecasts));
        Assert.Equal([31.0], weights.Combine("new", "brisk", forecasts), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Theory]
    [InlineData(0.05, true)]
    [InlineData(1, false)]
    public void Slow_groups_are_known_by_their_sales(double units, bool slow)
    {
        var replays = Replays(origins: 3).ToDictionary(r => r.Key, r => (IReadOnlyList<Replay>)[.. r.Value.Select(x => Times(x, units))]);

        Assert.Equal(slow, EnsembleWeights.Learn(replays).SlowGroups.Contains("g"));
    }

    [Fact]
    public void No_replays_mean_the_median_of_all_models()
    {
        var weights = EnsembleWeights.Learn(Replays(origins: 0));

        Assert.Empty(weights.Groups);
        Assert.Equal([5.0], weights.Combine("s", "g", new Dictionary<string, double[]> { ["a"] = [1], ["b"] = [5], ["c"] = [90] }));
        Assert.Equal([3.0], weights.Combine("s", "g", new Dictionary<string, double[]> { ["a"] = [1], ["b"] = [5] }));
    }

    private static Dictionary<string, double> Thirds() => new() { ["a"] = 1 / 3.0, ["b"] = 1 / 3.0, ["c"] = 1 / 3.0 };

    private static Replay Times(Replay replay, double factor) => replay with
    {
        Actual = Array.ConvertAll(replay.Actual, v => v * factor),
        Predicted = Array.ConvertAll(replay.Predicted, v => v * factor),
        NaiveError = replay.NaiveError * factor,
    };

    private static IEnumerable<(int Origin, double[] Values)> Truth(Random random, int origins) =>
        Enumerable.Range(1, origins).Select(k => (k * Horizon, Enumerable.Range(0, Horizon).Select(_ => 100 + 5 * Panels.Normal(random)).ToArray()));

    private static Replay Replayed(string id, int origin, double[] actual, double noise, Random random) =>
        new(id, "g", origin, Array.ConvertAll(actual, v => v + noise * Panels.Normal(random)), actual, 5, []);

    /// <summary>All models against the first one's truth: each keeps its own errors.</summary>
    private static Dictionary<string, IReadOnlyList<Replay>> Aligned(Dictionary<string, IReadOnlyList<Replay>> replays)
    {
        var truth = replays.Values.First();
        return replays.ToDictionary(r => r.Key, r => (IReadOnlyList<Replay>)[.. r.Value.Zip(truth, (own, first) => own with
        {
            Actual = first.Actual,
            Predicted = [.. first.Actual.Select((a, h) => a + own.Predicted[h] - own.Actual[h])],
        })]);
    }

    private static Dictionary<string, IReadOnlyList<Replay>> GoodAndNear(int origins, int apart)
    {
        var truth = Replays(origins)["high"].Select((r, k) => r with { Origin = (origins - k) * apart }).ToArray();
        IReadOnlyList<Replay> Off(double by) => [.. truth.Select(r => r with { Predicted = Array.ConvertAll(r.Actual, v => v + by) })];
        return new Dictionary<string, IReadOnlyList<Replay>>(StringComparer.Ordinal) { ["good"] = Off(4.0), ["near"] = Off(4.3) };
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
