using ChainSync.Analytics.Forecasting.Recurrent;
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
        var weights = Array.ConvertAll(LstmTrainer.Start(Shape, random), w => (double)w);
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

    private static (double Loss, double Slope) Loss(double output, double target, bool slow) =>
        slow ? LstmLoss.Poisson(output, target, 1.7) : LstmLoss.Absolute(output, target);

    private static double[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Panels.Normal(random))];
}
