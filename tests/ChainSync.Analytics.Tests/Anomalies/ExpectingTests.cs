using ChainSync.Analytics.Anomalies.Expecting;
using ChainSync.Analytics.Numerics;
using Xunit;

namespace ChainSync.Analytics.Tests.Anomalies;

/// <summary>The numbers behind the alerts, against values computed by hand or by other means.</summary>
public class ExpectingTests
{
    [Fact]
    public void Count_tails_follow_the_negative_binomial()
    {
        // Size 2, mean 4: P(0…3) = (27 + 36 + 36 + 32) / 243.
        Assert.Equal(131.0 / 243, CountTails.AtMost(3, 4, 0.5), 1e-12);
        Assert.Equal(1 - 131.0 / 243, CountTails.AtLeast(4, 4, 0.5), 1e-12);
        Assert.Equal(1.0 / 9, CountTails.None(4, 0.5), 1e-12);
        Assert.Equal(1, CountTails.AtLeast(0, 4, 0.5));
    }

    [Fact]
    public void With_little_excess_the_tails_are_those_of_a_poisson() =>
        Assert.Equal(1 - 2.5 / Math.E, CountTails.AtLeast(3, 1, 1e-7), 1e-6);

    [Theory]
    [InlineData(0.0013498980316301, 3)]
    [InlineData(2.866515718791939e-7, 5)]
    [InlineData(6.22096057427178e-16, 8)]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 0)]
    public void Surprise_is_the_normal_deviate_of_its_probability(double probability, double sigmas) =>
        Assert.Equal(sigmas, CountTails.Sigmas(probability), 1e-6);

    [Fact]
    public void Without_drift_the_filter_is_ridge_regression()
    {
        var random = new Random(11);
        double[] priors = [4, 0.5, 0.1];
        const double Noise = 0.3;
        var filter = RegressionFilter.Start(priors);
        var equations = new NormalEquations(3);
        var spread = new double[3];
        for (var i = 0; i < 40; i++)
        {
            double[] row = [1, random.NextDouble(), i % 3 == 0 ? 1 : 0];
            var target = 2 + row[1] - 0.5 * row[2] + random.NextDouble();
            var (mean, variance) = filter.Predict(row, spread);
            filter.Learn(spread, target - mean, variance + Noise);
            equations.Add(row, target, 1 / Noise);
        }

        var ridge = equations.Solve([.. priors.Select(p => 1 / p)]);

        for (var j = 0; j < 3; j++)
            Assert.Equal(ridge[j], filter.Effects[j], 1e-8);
    }

    [Fact]
    public void Heavy_tails_raise_the_bar_and_light_ones_do_not_lower_it()
    {
        var (light, heavy) = (new TailCalibration(), new TailCalibration());
        for (var i = 0; i < 700; i++)
        {
            light.Learn(i % 44 == 0 ? 2.3 : 0.5);
            heavy.Learn(i % 15 == 0 ? 4 : 0.5);
        }

        Assert.InRange(heavy.Calibrate(5), 2, 3);
        Assert.True(heavy.Calibrate(5) < light.Calibrate(5));
        Assert.InRange(light.Calibrate(5), 4, 5);
        Assert.Equal(1.5, heavy.Calibrate(1.5));
        Assert.Equal(light.Calibrate(5), -light.Calibrate(-5), 0.5);
    }

    [Theory]
    [InlineData(4, 0.3, 9, 0.2)]
    [InlineData(4, 0.3, 0, 5)]
    [InlineData(0.05, 5, 12, 40)]
    [InlineData(300, 0.02, 1, 0.01)]
    public void A_count_moves_the_mean_to_the_mode_of_what_is_then_believed(double mean, double excess, double count, double prior)
    {
        // Logarithm of the posterior: a normal prior of the step times a negative binomial of size 1 / excess.
        double Posterior(double step) =>
            -step * step / (2 * prior) + count * (Math.Log(mean) + step) - (count + 1 / excess) * Math.Log(1 + excess * mean * Math.Exp(step));

        var step = CountTails.Step(mean, excess, count, prior);

        Assert.True(Posterior(step) >= Posterior(step - 1e-4) && Posterior(step) >= Posterior(step + 1e-4));
        Assert.InRange(mean * Math.Exp(step), Math.Min(mean, count), Math.Max(mean, count));
    }
}
