using ChainSync.Analytics.Series;
using Xunit;

namespace ChainSync.Analytics.Tests.Series;

public class TimeSeriesTests
{
    private static readonly DateTime Start = new(2026, 3, 1);
    private static readonly bool[] LastClosed = [false, false, false, true];

    public static TheoryData<SeriesProblem, int, int[], double[]> Bad => new()
    {
        { SeriesProblem.Empty, -1, [], [] },
        { SeriesProblem.DuplicateTime, 2, [0, 1, 1], [1, 2, 3] },
        { SeriesProblem.UnorderedTime, 2, [0, 2, 1], [1, 2, 3] },
        { SeriesProblem.NotANumber, 1, [0, 1], [1, double.NaN] },
        { SeriesProblem.NotANumber, 0, [0, 1], [double.PositiveInfinity, 1] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Bad_points_are_refused_with_cause_and_place(SeriesProblem problem, int index, int[] days, double[] values)
    {
        var points = days.Zip(values, (d, v) => new SeriesPoint(Start.AddDays(d), v)).ToList();

        var refusal = Assert.Throws<SeriesException>(() => TimeSeries.FromPoints("a", Grain.Daily, points));

        Assert.Equal((problem, index), (refusal.Problem, refusal.Index));
    }

    [Fact]
    public void A_time_off_the_grid_is_refused()
    {
        List<SeriesPoint> points = [new(Start, 1), new(Start.AddHours(25), 2)];

        Assert.Equal(SeriesProblem.OffGridTime, Assert.Throws<SeriesException>(() => TimeSeries.FromPoints("a", Grain.Daily, points)).Problem);
    }

    [Fact]
    public void Gaps_become_missing_and_closed_days_teach_nothing()
    {
        var known = new Covariates(4, [], LastClosed);
        var series = TimeSeries.FromPoints("a", Grain.Daily, [new(Start, 1), new(Start.AddDays(2), 3), new(Start.AddDays(3), 0)], known);

        Assert.Equal([1, double.NaN, 3, double.NaN], series.Observed());
        Assert.Equal([true, false, true, false], Enumerable.Range(0, 4).Select(series.IsObserved));
    }

    [Fact]
    public void Stock_outs_are_missing_demand()
    {
        var series = new TimeSeries("a", Grain.Daily, Start, new double[] { 4, 0, 5 }) { Group = "g" };

        var demand = series.WithStockOuts([false, true, false]);

        Assert.Equal([4, double.NaN, 5], demand.Values.ToArray());
        Assert.Equal("g", demand.Group);
    }

    [Fact]
    public void Only_missing_values_are_refused()
    {
        Assert.Equal(SeriesProblem.AllMissing, Assert.Throws<SeriesException>(() => new TimeSeries("a", Grain.Daily, Start, new[] { double.NaN })).Problem);
    }

    [Fact]
    public void Regressors_must_cover_history_and_future()
    {
        Assert.Equal(SeriesProblem.Regressor, Assert.Throws<SeriesException>(
            () => new TimeSeries("a", Grain.Daily, Start, new double[] { 1, 2, 3 }, new Covariates(2, []))).Problem);
        Assert.Equal(SeriesProblem.Regressor, Assert.Throws<SeriesException>(() => new Covariates(3, []).Require(4)).Problem);
        Assert.Equal(1, Assert.Throws<SeriesException>(
            () => new Covariates(2, [new Covariate("price", CovariateKind.Price, new[] { 1, double.NaN })])).Index);
    }
}
