using ChainSync.Analytics.Forecasting.Intermittent;
using ChainSync.Analytics.Forecasting.Smoothing;
using Xunit;

namespace ChainSync.Analytics.Tests.Forecasting;

public class SmoothingTests
{
    private static readonly EtsForm Simple = new(EtsPart.Additive, EtsPart.None, false, EtsPart.None);

    [Fact]
    public void Simple_smoothing_of_the_Nile_has_the_published_estimate()
    {
        var fit = EtsEstimator.Fit(Published.Nile, 1, Simple);

        Assert.Equal(2 * 726.3905, fit.Deviance, 1e-2);
        Assert.Equal(0.2455, fit.Alpha, 2e-3);
        Assert.Equal(1110.69, fit.Level, 2.0);
        Assert.Equal(805.38, fit.Forecast(Published.Nile, 1)[0], 0.5);
    }

    [Fact]
    public void Damped_multiplicative_model_of_air_traffic_is_at_least_as_likely_as_the_reference()
    {
        var form = new EtsForm(EtsPart.Multiplicative, EtsPart.Additive, true, EtsPart.Multiplicative);

        var fit = EtsEstimator.Fit(Published.AirPassengers, 12, form);

        Assert.True(fit.Deviance <= 2 * 679.5832 + 0.5, $"deviance {fit.Deviance}");
        Assert.Equal([441.8, 434.1, 496.6], fit.Forecast(Published.AirPassengers, 3), (a, b) => Math.Abs(a - b) < 5);
    }

    [Fact]
    public void Automatic_choice_for_air_traffic_is_multiplicative()
    {
        Assert.Equal(EtsPart.Multiplicative, EtsEstimator.Select(Published.AirPassengers, 12).Form.Season);
    }

    [Fact]
    public void Theta_forecasts_equal_the_reference()
    {
        var nile = ThetaModel.FitValues(Published.Nile, 1);
        var air = ThetaModel.FitValues(Published.AirPassengers, 12);

        Assert.Equal([799.812, 798.455, 797.098], ThetaFit.ForecastValues(nile, Published.Nile, 3), (a, b) => Math.Abs(a - b) < 0.5);
        Assert.Equal([440.08, 428.38, 489.71], ThetaFit.ForecastValues(air, Published.AirPassengers, 3), (a, b) => Math.Abs(a - b) < 1);
    }

    [Fact]
    public void A_missing_value_teaches_nothing_but_time_passes()
    {
        var state = new EtsState(Simple, 0.5, 0, 0, 1, 10, 0, []);

        state.Step(double.NaN);
        Assert.Equal(10, state.Expected);
        state.Step(20);

        Assert.Equal(15, state.Expected);
    }

    [Fact]
    public void Croston_with_correction_follows_the_hand_calculation()
    {
        var state = new DemandState(new IntermittentParameters { Season = [1], Size = 0.1, Rate = 0.1, Tsb = false });
        foreach (var value in (double[])[0, 3, 0, 0, 2])
            state.Step(value);

        // size 3 → 2.9, interval 2 → 2.1; (1 − 0.1 / 2) × 2.9 / 2.1
        Assert.Equal(0.95 * 2.9 / 2.1, state.Mean, 1e-12);
    }

    [Fact]
    public void Only_the_method_of_Teunter_lowers_the_forecast_when_nothing_sells()
    {
        var croston = new DemandState(new IntermittentParameters { Season = [1], Size = 0.1, Rate = 0.1, Tsb = false });
        var tsb = new DemandState(new IntermittentParameters { Season = [1], Size = 0.1, Rate = 0.1, Tsb = true });
        double[] sold = [2, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0];
        foreach (var value in sold[..3])
        {
            croston.Step(value);
            tsb.Step(value);
        }
        var (before, beforeTsb) = (croston.Mean, tsb.Mean);

        foreach (var value in sold[3..])
        {
            croston.Step(value);
            tsb.Step(value);
        }

        Assert.Equal(before, croston.Mean);
        Assert.True(tsb.Mean < 0.5 * beforeTsb);
    }
}
