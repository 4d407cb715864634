using ChainSync.Analytics.Forecasting.Arima;
using Xunit;

namespace ChainSync.Analytics.Tests.Forecasting;

public class ArimaTests
{
    [Fact]
    public void Airline_model_has_the_published_likelihood_and_coefficients()
    {
        var values = Array.ConvertAll(Published.AirPassengers, Math.Log);

        var fit = ArimaEstimator.Fit(values, new ArimaOrder(0, 1, 1, 0, 1, 1, 12));

        Assert.Equal(244.6965, fit.LogLikelihood, 1e-3);
        Assert.Equal(-0.4018, fit.Coefficients.Ma[0], 1e-3);
        Assert.Equal(-0.5569, fit.Coefficients.SeasonalMa[0], 1e-3);
        var forecast = ArimaFit.ForecastValues(fit.Order, fit.Coefficients, values, 3);
        Assert.Equal([6.1102, 6.0538, 6.1717], forecast, (a, b) => Math.Abs(a - b) < 5e-4);
    }

    [Fact]
    public void Accidental_deaths_have_the_published_likelihood()
    {
        var fit = ArimaEstimator.Fit(Published.AccidentalDeaths, new ArimaOrder(0, 1, 1, 0, 1, 1, 12));

        Assert.Equal(-425.44, fit.LogLikelihood, 5e-3);
        Assert.Equal(-0.4303, fit.Coefficients.Ma[0], 2e-3);
        Assert.Equal(-0.5528, fit.Coefficients.SeasonalMa[0], 2e-3);
        Assert.Equal(99347, fit.Variance, 150.0);
    }

    [Fact]
    public void Lake_Huron_around_its_published_trend_has_the_published_autoregression()
    {
        var aroundTrend = Published.LakeHuron.Select((v, i) => v - (579.0993924 - 0.0215679265 * (1875 + i - 1920))).ToArray();

        var fit = ArimaEstimator.Fit(aroundTrend, new ArimaOrder(2, 0, 0, 0, 0, 0, 1));

        Assert.Equal(-101.198, fit.LogLikelihood, 1e-3);
        Assert.Equal(1.0048, fit.Coefficients.Ar[0], 1e-3);
        Assert.Equal(-0.2913, fit.Coefficients.Ar[1], 1e-3);
    }

    [Fact]
    public void Missing_quarters_are_integrated_out_as_published_for_the_presidents()
    {
        var aroundMean = Array.ConvertAll(Published.Presidents, v => v - 56.22225348);

        var fit = ArimaEstimator.Fit(aroundMean, new ArimaOrder(3, 0, 0, 0, 0, 0, 1));

        Assert.Equal(-414.082, fit.LogLikelihood, 1e-3);
        Assert.Equal([0.7496, 0.2523, -0.1890], fit.Coefficients.Ar, (a, b) => Math.Abs(a - b) < 1e-3);
        var forecast = ArimaFit.ForecastValues(fit.Order, fit.Coefficients, aroundMean, 3);
        Assert.Equal([29.842, 34.410, 39.308], forecast.Select(f => f + 56.22225348), (a, b) => Math.Abs(a - b) < 0.02);
    }

    [Fact]
    public void Random_walks_are_differenced_and_noise_is_not()
    {
        var (walks, noises) = (0, 0);
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var noise = Enumerable.Range(0, 200).Select(_ => Panels.Normal(random)).ToArray();
            var walk = new double[noise.Length];
            for (var i = 1; i < walk.Length; i++)
                walk[i] = walk[i - 1] + noise[i];
            walks += Stationarity.Differences(walk, 2) == 1 ? 1 : 0;
            noises += Stationarity.Differences(noise, 2) == 0 ? 1 : 0;
        }

        Assert.InRange(walks, 16, 20);
        Assert.InRange(noises, 16, 20);
    }

    [Fact]
    public void A_seasonal_moving_average_is_recognised()
    {
        var random = new Random(12);
        var shocks = Enumerable.Range(0, 407).Select(_ => Panels.Normal(random)).ToArray();
        var values = shocks[7..].Select((e, i) => e + 0.8 * shocks[i]).ToArray();

        var order = ArimaSelection.Select(values, 7);

        Assert.True(order.SeasonalQ >= 1 || order.SeasonalP >= 1, order.ToString());
    }

    [Fact]
    public void One_loud_value_after_a_closed_day_is_no_new_level()
    {
        var random = new Random(3);
        var order = new ArimaOrder(0, 1, 1, 0, 0, 0, 7);
        var smoothing = new ArmaCoefficients([], [-0.9], [], []);
        var values = Enumerable.Range(0, 200).Select(_ => 100 + Panels.Normal(random)).ToArray();
        values[^1] = 110;

        var open = ArimaFit.ForecastValues(order, smoothing, values, 5);
        values[^2] = double.NaN;
        var closed = ArimaFit.ForecastValues(order, smoothing, values, 5);

        Assert.InRange(open[0], 100.5, 101.5);
        Assert.Equal(open, closed, (a, b) => Math.Abs(a - b) < 0.3);
    }

    [Fact]
    public void Any_numbers_become_a_stationary_autoregression()
    {
        var random = new Random(8);
        for (var trial = 0; trial < 200; trial++)
        {
            var ar = Polynomial.Stationary([.. Enumerable.Range(0, 4).Select(_ => 1.5 * Panels.Normal(random))]);

            var response = new double[20_000];
            response[0] = 1;
            for (var t = 1; t < response.Length; t++)
                for (var k = 1; k <= Math.Min(t, 4); k++)
                    response[t] += ar[k - 1] * response[t - k];

            Assert.True(response.Max(Math.Abs) < 1e4, $"trial {trial} explodes");
        }
    }

    [Theory]
    [InlineData(1, 0, 0, 0, 1)]
    [InlineData(0, 2, 0, 0, 1)]
    [InlineData(3, 3, 0, 0, 1)]
    [InlineData(2, 1, 1, 1, 7)]
    [InlineData(1, 2, 0, 1, 24)]
    [InlineData(3, 0, 1, 0, 24)]
    public void The_state_before_the_first_value_is_as_uncertain_as_after_a_step_without_one(int p, int q, int seasonalP, int seasonalQ, int season)
    {
        var order = new ArimaOrder(p, 0, q, seasonalP, 0, seasonalQ, season);
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var coefficients = ArmaCoefficients.FromFree(Enumerable.Range(0, order.Free).Select(_ => 4 * random.NextDouble() - 2).ToArray(), order);
            var (ar, ma) = (coefficients.ExpandAr(season), coefficients.ExpandMa(season));
            var n = Math.Max(ar.Length, ma.Length + 1);
            double[] arOf = [.. ar, .. new double[n - ar.Length]], shock = [1, .. ma, .. new double[n - 1 - ma.Length]];

            var covariance = ArmaCovariance.Stationary(arOf, shock);

            // P = T P T' + R R', written out for the companion form.
            double P(int i, int j) => i < n && j < n ? covariance[i * n + j] : 0;
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                {
                    var stepped = arOf[i] * arOf[j] * P(0, 0) + arOf[i] * P(0, j + 1) + arOf[j] * P(i + 1, 0) + P(i + 1, j + 1) + shock[i] * shock[j];
                    Assert.True(Math.Abs(stepped - P(i, j)) <= 1e-8 * (1 + P(0, 0)), $"seed {seed}: {P(i, j)} at {i}, {j} becomes {stepped}");
                }
        }
    }
}
