using ChainSync.Analytics.Forecasting.Linear;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Prophet;

/// <summary>
/// Rows of the decomposable model of Taylor and Letham (2018): piecewise linear trend with a changepoint grid over the first 80 % of
/// the history, Fourier terms of the day, week and year, holidays and other known columns.
/// </summary>
internal sealed class ProphetDesign
{
    public const int Changepoints = 25;
    private const double ChangepointRange = 0.8;

    /// <summary>Level and slope come first, then the changes of slope, then the rest.</summary>
    public const int TrendColumns = 2 + Changepoints;

    private readonly TimeSeries _series;
    private readonly int _fitted;
    private readonly CalendarDesign _known;
    private readonly (double Period, int Terms)[] _seasons;

    public ProphetDesign(TimeSeries series, int fitted)
    {
        (_series, _fitted) = (series, fitted);
        _known = new CalendarDesign(series, fitted, DesignParts.Known);
        _seasons = [.. Seasons(series.Grain, fitted)];
        FourierColumns = 2 * _seasons.Sum(s => s.Terms);
        Width = TrendColumns + FourierColumns + _known.Names.Length - 1;
    }

    public int FourierColumns { get; }

    public int Width { get; }

    /// <summary>Names of the known columns, after the trend and the seasons.</summary>
    public string[] KnownNames => _known.Names[1..];

    public void Row(int index, Span<double> row)
    {
        var t = (double)index / Math.Max(1, _fitted - 1);
        (row[0], row[1]) = (1, t);
        for (var j = 0; j < Changepoints; j++)
            row[2 + j] = Math.Max(0, t - (j + 1) * ChangepointRange / (Changepoints + 1));
        var at = TrendColumns;
        var days = (_series.TimeAt(index) - DateTime.UnixEpoch).TotalDays;
        foreach (var (period, terms) in _seasons)
            for (var k = 1; k <= terms; k++)
            {
                (row[at], row[at + 1]) = Math.SinCos(2 * Math.PI * k * days / period);
                at += 2;
            }
        Span<double> known = stackalloc double[_known.Names.Length];
        _known.Row(index, known);
        known[1..].CopyTo(row[at..]);
    }

    /// <summary>Prophet's defaults: a season is modelled once two of its cycles have been seen.</summary>
    private static IEnumerable<(double Period, int Terms)> Seasons(Grain grain, int fitted)
    {
        var days = fitted * grain.Step().TotalDays;
        if (days >= 2 * 365.25)
            yield return (365.25, grain == Grain.Weekly ? 6 : 10);
        if (grain != Grain.Weekly && days >= 14)
            yield return (7, 3);
        if (grain == Grain.Hourly && days >= 2)
            yield return (1, 6);
    }
}
