using ChainSync.Analytics.Forecasting.Reconciling;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace ChainSync.Analytics.Tests.Forecasting;

public class ReconciliationTests
{
    private static readonly HierarchyNode Tree = new("store",
    [
        new("food", [new("bread", []), new("milk", []), new("eggs", [])]),
        new("home", [new("soap", []), new("pots", [])]),
    ]);

    private static readonly string[] Order = ["store", "food", "home", "bread", "milk", "eggs", "soap", "pots"];

    [Fact]
    public void Sums_agree_and_equal_the_matrix_form_of_weighted_least_squares()
    {
        var random = new Random(11);
        for (var trial = 0; trial < 50; trial++)
        {
            var forecasts = Order.ToDictionary(n => n, _ => 10 + 90 * random.NextDouble());
            var variances = Order.ToDictionary(n => n, _ => 0.1 + 10 * random.NextDouble());

            var reconciled = Reconciliation.Reconcile(Tree, forecasts, variances);

            Assert.Equal(Dense(forecasts, variances), Order.Select(n => reconciled[n]), (a, b) => Math.Abs(a - b) < 1e-8);
            Assert.Equal(reconciled["food"], reconciled["bread"] + reconciled["milk"] + reconciled["eggs"], 1e-9);
            Assert.Equal(reconciled["store"], reconciled["food"] + reconciled["home"], 1e-9);
        }
    }

    [Fact]
    public void A_parent_without_a_forecast_is_the_sum_of_its_parts()
    {
        var bottom = Order[3..].ToDictionary(n => n, _ => 2.0);

        var reconciled = Reconciliation.Reconcile(Tree, bottom, bottom);

        Assert.Equal(10, reconciled["store"], 1e-12);
    }

    /// <summary>S (S'W⁻¹S)⁻¹ S'W⁻¹ ŷ.</summary>
    private static double[] Dense(Dictionary<string, double> forecasts, Dictionary<string, double> variances)
    {
        var sums = Matrix<double>.Build.DenseOfArray(new double[,]
        {
            { 1, 1, 1, 1, 1 }, { 1, 1, 1, 0, 0 }, { 0, 0, 0, 1, 1 },
            { 1, 0, 0, 0, 0 }, { 0, 1, 0, 0, 0 }, { 0, 0, 1, 0, 0 }, { 0, 0, 0, 1, 0 }, { 0, 0, 0, 0, 1 },
        });
        var weights = Matrix<double>.Build.DenseOfDiagonalArray([.. Order.Select(n => 1 / variances[n])]);
        var y = Vector<double>.Build.DenseOfEnumerable(Order.Select(n => forecasts[n]));
        return (sums * (sums.Transpose() * weights * sums).Solve(sums.Transpose() * weights * y)).ToArray();
    }
}
