using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Forecasting;
using ChainSync.Analytics.Forecasting.Ensembles;
using ChainSync.Analytics.Forecasting.Recurrent;
using ChainSync.Analytics.Forecasting.Trees;
using ChainSync.Analytics.Series;
using Xunit;

namespace ChainSync.Analytics.Tests.Forecasting;

/// <summary>What every model promises.</summary>
public class EveryModelTests
{
    public static TheoryData<string> Names => [.. ForecastModels.Singles.Select(m => m.Name)];

    /// <summary>The global models with little training: what is promised here does not depend on how much they learned.</summary>
    internal static IForecastModel Model(string name) => name switch
    {
        ModelNames.Lstm => new LstmModel(steps: 25),
        ModelNames.Trees => new TreesModel(trees: 40),
        _ => ForecastModels.Named(name),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Saved_and_loaded_it_forecasts_bit_for_bit_the_same(string name)
    {
        var panel = Panels.Brisk(2);
        var (trained, _) = CalibratedModel.Train(Model(name), panel, BacktestPlan.Rolling(14, 3, 14, refitEvery: 3));

        var loaded = ModelJson.Load(ModelJson.Save(trained));

        foreach (var series in panel)
        {
            var (before, after) = (trained.Forecast(series, 21), loaded.Forecast(series, 21));
            Assert.Equal(before.Mean, after.Mean);
            Assert.Equal(before.Bands.SelectMany(b => b.Upper), after.Bands.SelectMany(b => b.Upper));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forecasts_are_finite_not_negative_and_zero_when_closed(string name)
    {
        var panel = Panels.Slow().Select(s => s.With(new Covariates(s.Count + 10, [], Closed(s.Count + 10)))).ToList();

        var forecast = Model(name).Fit(panel).Predict(panel[1], 10);

        Assert.All(forecast, f => Assert.True(double.IsFinite(f) && f >= 0, $"{f}"));
        Assert.Contains(forecast, f => f > 0);
        for (var h = 0; h < forecast.Length; h++)
            Assert.True(panel[1].Known.IsOpen(panel[1].Count + h) || forecast[h] == 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Too_short_and_constant_series_are_still_answered(string name)
    {
        List<TimeSeries> panel =
        [
            new("short", Grain.Daily, Panels.Monday, new double[] { 4, 6 }),
            new("constant", Grain.Daily, Panels.Monday, Enumerable.Repeat(5.0, 200).ToArray()),
            new("zero", Grain.Daily, Panels.Monday, new double[200]),
        ];

        var fitted = Model(name).Fit(panel);

        Assert.All(fitted.Predict(panel[0], 7), f => Assert.InRange(f, 3.9, 6.1));
        Assert.All(fitted.Predict(panel[1], 7), f => Assert.Equal(5, f, name is ModelNames.Lstm or ModelNames.Trees ? 4.0 : 1e-9));
        Assert.All(fitted.Predict(panel[2], 7), f => Assert.Equal(0, f, 1e-2));
    }

    [Theory]
    [InlineData(ModelNames.Linear)]
    [InlineData(ModelNames.Arima)]
    [InlineData(ModelNames.Prophet)]
    [InlineData(ModelNames.Ets)]
    [InlineData(ModelNames.Theta)]
        public void Known_promotions_are_forecast(string name)
    {
        var panel = Panels.Brisk();

        var replays = Backtest.Run(Model(name), panel, BacktestPlan.Rolling(28, 1, 28));

        // 5 % noise alone costs a mean absolute error of 4 %; a forecast blind to promotions about 12 %.
        Assert.True(Accuracy.Of(replays).Wape < 0.065, $"{Accuracy.Of(replays).Wape}");
    }

    [Theory]
    [InlineData(ModelNames.SeasonalNaive)]
    [InlineData(ModelNames.Linear)]
    [InlineData(ModelNames.Arima)]
    [InlineData(ModelNames.Prophet)]
    [InlineData(ModelNames.Ets)]
    [InlineData(ModelNames.Theta)]
    public void Hours_of_the_day_are_learned(string name)
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 24 * 30).Select(i => Math.Round(200 * (1.2 + Math.Sin(2 * Math.PI * i / 24)) * (1 + 0.03 * Panels.Normal(random))));
        List<TimeSeries> panel = [new("hours", Grain.Hourly, Panels.Monday, values.ToArray())];

        var replays = Backtest.Run(Model(name), panel, BacktestPlan.Rolling(24, 2, 24, refitEvery: 2));

        Assert.True(Accuracy.Of(replays).Wape < 0.06, $"{Accuracy.Of(replays).Wape}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Weeks_are_forecast_near_their_level(string name)
    {
        var random = new Random(9);
        List<TimeSeries> panel = [.. Enumerable.Range(0, 3).Select(k => new TimeSeries(
            $"week {k}", Grain.Weekly, Panels.Monday, Enumerable.Range(0, 150).Select(_ => 50 * (k + 1) + 3 * Panels.Normal(random)).ToArray()))];

        var forecast = Model(name).Fit(panel).Predict(panel[2], 8);

        Assert.All(forecast, f => Assert.InRange(f, 125, 175));
    }

    [Fact]
    public void Ensemble_is_saved_with_its_members_and_beats_the_naive_forecast()
    {
        var panel = Panels.Brisk();
        IForecastModel[] members = [Model(ModelNames.SeasonalNaive), Model(ModelNames.Linear), Model(ModelNames.Theta)];
        var model = new EnsembleModel(members, BacktestPlan.Rolling(14, 4, 14, refitEvery: 4));

        var (trained, replays) = CalibratedModel.Train(model, panel, BacktestPlan.Rolling(14, 2, 14));
        var naive = Backtest.Run(members[0], panel, BacktestPlan.Rolling(14, 2, 14));

        Assert.Equal(trained.Forecast(panel[0], 14).Mean, ModelJson.Load(ModelJson.Save(trained)).Forecast(panel[0], 14).Mean);
        Assert.True(Accuracy.Of(replays).Wape < 0.6 * Accuracy.Of(naive).Wape);
    }

    private static bool[] Closed(int count) => [.. Enumerable.Range(0, count).Select(i => i % 7 == 6)];
}
