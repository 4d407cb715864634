using ChainSync.Analytics.Forecasting.Ensembles;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using Replay = ChainSync.Analytics.Backtesting.Replay;

namespace ChainSync.Analytics.Tests.Forecasting;

/// <summary>What holds for any replays. They are made from a number, so that failing ones can be had again.</summary>
public sealed class EnsembleProperties
{
    [Fact]
    public void Weights_are_shares_and_the_forecast_lies_among_the_models() => Check(seed =>
    {
        var replays = Made(seed);
        var weights = EnsembleWeights.Learn(replays);

        return weights.Groups.Values.Concat(weights.Series.Values).All(w => w.Values.All(v => v > 0) && Math.Abs(w.Values.Sum() - 1) < 1e-9)
            && replays.Values.First().All(sample =>
            {
                var forecasts = replays.ToDictionary(r => r.Key, r => r.Value.First(x => x.SeriesId == sample.SeriesId && x.Origin == sample.Origin).Predicted);
                return weights.Combine(sample.SeriesId, sample.Group, forecasts)
                    .Select((v, h) => v >= forecasts.Values.Min(f => f[h]) - 1e-9 && v <= forecasts.Values.Max(f => f[h]) + 1e-9).All(inside => inside);
            });
    });

    /// <summary>Powers of two, so that not even rounding differs.</summary>
    [Fact]
    public void The_unit_of_a_series_does_not_matter() => Check(seed =>
    {
        var replays = Made(seed);
        var scaled = replays.ToDictionary(r => r.Key, r => (IReadOnlyList<Replay>)[.. r.Value.Select(x => x.SeriesId == "s0" ? Times(x, 1 << (seed & 15)) : x)]);

        return Told(EnsembleWeights.Learn(replays)) == Told(EnsembleWeights.Learn(scaled));
    });

    [Fact]
    public void The_order_of_models_and_replays_does_not_matter() => Check(seed =>
    {
        var (replays, random) = (Made(seed), new Random(seed));
        var shuffled = replays.Reverse().ToDictionary(r => r.Key, r => (IReadOnlyList<Replay>)[.. r.Value.OrderBy(_ => random.Next())]);

        return Told(EnsembleWeights.Learn(replays)) == Told(EnsembleWeights.Learn(shuffled));
    });

    [Fact]
    public void A_model_that_is_best_by_far_gets_nearly_everything() => Check(seed =>
    {
        var replays = Made(seed, origins: 4);
        replays["best"] = [.. replays.Values.First().Select(r => r with { Predicted = Array.ConvertAll(r.Actual, a => double.IsNaN(a) ? 0 : a * 1.0001) })];

        return EnsembleWeights.Learn(replays).Series.Values.All(w => w.GetValueOrDefault("best") > 0.95);
    });

    private static void Check(Func<int, bool> holds) =>
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    private static string Told(EnsembleWeights weights) => string.Join(
        '\n', weights.Groups.Concat(weights.Series).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.Key + ": " + string.Join(' ', g.Value.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => $"{w.Key}={w.Value:0.000000000}"))));

    private static Replay Times(Replay replay, double factor) => replay with
    {
        Actual = Array.ConvertAll(replay.Actual, v => v * factor),
        Predicted = Array.ConvertAll(replay.Predicted, v => v * factor),
        NaiveError = replay.NaiveError * factor,
    };

    /// <summary>Two to five models on one to six brisk series; each model has a noise of its own on each series, and some days are not known.</summary>
    private static Dictionary<string, IReadOnlyList<Replay>> Made(int seed, int? origins = null)
    {
        var random = new Random(seed);
        var (models, series, count, horizon) = (2 + random.Next(4), 1 + random.Next(6), origins ?? 1 + random.Next(7), 3 + random.Next(12));
        var replays = Enumerable.Range(0, models).ToDictionary(m => $"m{m}", _ => new List<Replay>(), StringComparer.Ordinal);
        for (var s = 0; s < series; s++)
        {
            var (level, noises) = (50.0 * (1 + random.Next(20)), Enumerable.Range(0, models).Select(_ => 0.02 + 0.2 * random.NextDouble()).ToArray());
            for (var o = count; o >= 1; o--)
            {
                var truth = Enumerable.Range(0, horizon).Select(h => level * (1 + 0.1 * Panels.Normal(random))).ToArray();
                var actual = Array.ConvertAll(truth, v => random.Next(10) == 0 ? double.NaN : v);
                for (var m = 0; m < models; m++)
                    replays[$"m{m}"].Add(new Replay($"s{s}", $"g{s % 2}", o * horizon, Array.ConvertAll(truth, v => v + noises[m] * level * Panels.Normal(random)), actual, 0.1 * level, []));
            }
        }
        return replays.ToDictionary(r => r.Key, r => (IReadOnlyList<Replay>)r.Value, StringComparer.Ordinal);
    }
}
