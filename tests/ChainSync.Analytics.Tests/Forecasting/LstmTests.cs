using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Forecasting.Baselines;
using ChainSync.Analytics.Forecasting.Panels;
using ChainSync.Analytics.Forecasting.Recurrent;
using ChainSync.Analytics.Series;
using Xunit;

namespace ChainSync.Analytics.Tests.Forecasting;

public class LstmTests
{
    private const int Window = 7;
    private const int Horizon = 4;
    private static readonly LstmShape Shape = new(Inputs: 3, Hidden: 5, Known: 2, Decoder: 4);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradient_equals_the_numeric_one(bool slow)
    {
        var random = new Random(3);
        var weights = Array.ConvertAll(Draw(random, Shape.Count), w => 0.4 * w);
        var (inputs, known) = (Draw(random, Window * Shape.Inputs), Draw(random, Horizon * Shape.Known));
        var targets = Array.ConvertAll(Draw(random, Horizon), Math.Abs);
        var network = new LstmNetwork<double>(Shape, Window, Horizon);

        var (outputs, gradient, errors) = (new double[Horizon], new double[Shape.Count], new double[Horizon]);
        network.Forward(weights, inputs, known, outputs);
        for (var k = 0; k < Horizon; k++)
            errors[k] = Loss(outputs[k], targets[k], slow).Slope;
        network.Backward(weights, inputs, known, errors, gradient);

        for (var i = 0; i < weights.Length; i++)
        {
            var numeric = (LossAt(1e-5) - LossAt(-1e-5)) / 2e-5;
            Assert.True(Math.Abs(numeric - gradient[i]) < 1e-7 * (1 + Math.Abs(numeric)), $"weight {i}: {gradient[i]} is not {numeric}");

            double LossAt(double shift)
            {
                var kept = weights[i];
                weights[i] += shift;
                network.Forward(weights, inputs, known, outputs);
                weights[i] = kept;
                return outputs.Zip(targets).Sum(p => Loss(p.First, p.Second, slow).Loss);
            }
        }
    }

    [Fact]
    public void Training_is_the_same_on_every_run_and_learns_the_week()
    {
        var panel = Panels.Brisk(2);
        var model = new LstmModel(steps: 120);

        var first = model.Fit(panel).Predict(panel[0], 14);
        var second = model.Fit(panel).Predict(panel[0], 14);

        Assert.Equal(first, second);
        var saturday = Enumerable.Range(0, 14).First(h => panel[0].TimeAt(panel[0].Count + h).DayOfWeek == DayOfWeek.Saturday);
        Assert.True(first[saturday] > 1.2 * first[saturday + 1], "Saturday must stand above Sunday");
    }

    [Fact]
    public void Training_starts_near_the_mean_of_like_periods()
    {
        var series = Panels.Brisk(1)[0];

        var forecast = new LstmModel(steps: 0).Fit([series]).Predict(series, 14);

        var view = new PanelSeries(series, null, 14);
        for (var h = 0; h < forecast.Length; h++)
            Assert.Equal(1, forecast[h] / view.LikeMean(series.Count, series.Count + h, 8), 0.2);
    }

    /// <summary>Noise about a week's pattern: learned by heart it would be far from what comes.</summary>
    [Fact]
    public void A_single_short_series_is_not_learned_by_heart()
    {
        var (random, values) = (new Random(5), new double[240]);
        for (var i = 0; i < values.Length; i++)
            values[i] = 100 * (1 + 0.4 * Math.Sin(2 * Math.PI * i / 7)) * Math.Exp(0.4 * Panels.Normal(random));
        var series = new TimeSeries("one", Grain.Daily, new DateTime(2024, 1, 1), values);
        var plan = BacktestPlan.Rolling(horizon: 28, origins: 3, step: 28, refitEvery: 3);

        var network = Accuracy.Of(Backtest.Run(new LstmModel(), [series], plan, cancellationToken: TestContext.Current.CancellationToken)).Wape;
        var seasonal = Accuracy.Of(Backtest.Run(new SamePhaseMean(), [series], plan, cancellationToken: TestContext.Current.CancellationToken)).Wape;

        Assert.True(network < 1.1 * seasonal, $"network {network:0.000}, seasonal mean {seasonal:0.000}");
    }

    private static (double Loss, double Slope) Loss(double output, double target, bool slow) =>
        slow ? LstmLoss.Poisson(output, target, 1.7) : LstmLoss.Absolute(output, target);

    private static double[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Panels.Normal(random))];
}
