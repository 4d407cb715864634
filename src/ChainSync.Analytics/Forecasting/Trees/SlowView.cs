using ChainSync.Analytics.Forecasting.Panels;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Trees;

/// <summary>
/// One slow series as <see cref="SlowTreesModel"/> sees it: what sold, what sold while there was something to sell, and the price. A run
/// of zeros that chance hardly explains is an empty shelf: its days are left out of the stocked means from the day it becomes unlikely.
/// </summary>
internal sealed class SlowView
{
    /// <summary>Sales a run of zeros must have missed before it counts as an empty shelf: e⁻⁴ is two in a hundred.</summary>
    private const double UnlikelyMissed = 4;

    private const double RateWeight = 0.03;

    private readonly double[] _stockedSums;
    private readonly int[] _stockedCounts;
    private readonly double[] _squares;
    private readonly double[] _priceSums;
    private readonly double[] _prices;

    /// <param name="series">History; its covariates reach <paramref name="future"/> periods further.</param>
    /// <param name="future">Periods past the end that will be asked about.</param>
    public SlowView(TimeSeries series, int future)
    {
        Panel = new PanelSeries(series, null, future);
        Block = series.Grain.Season();
        First = Array.FindIndex(Panel.Observed, v => v > 0);
        var count = series.Count;
        (_stockedSums, _stockedCounts, _squares) = (new double[count + 1], new int[count + 1], new double[count + 1]);
        var stocked = Stocked(Panel.Observed);
        for (var i = 0; i < count; i++)
        {
            var known = !double.IsNaN(stocked[i]);
            _stockedSums[i + 1] = _stockedSums[i] + (known ? stocked[i] : 0);
            _stockedCounts[i + 1] = _stockedCounts[i] + (known ? 1 : 0);
            _squares[i + 1] = _squares[i] + (double.IsNaN(Panel.Observed[i]) ? 0 : Panel.Observed[i] * Panel.Observed[i]);
        }
        var price = series.Known.Columns.FirstOrDefault(c => c.Kind == CovariateKind.Price);
        _prices = price is null ? [] : price.Values[..Math.Min(price.Values.Length, count + future)].ToArray();
        _priceSums = new double[_prices.Length + 1];
        for (var i = 0; i < _prices.Length; i++)
            _priceSums[i + 1] = _priceSums[i] + _prices[i];
    }

    public PanelSeries Panel { get; }

    /// <summary>Periods that are forecast as one: a week of days, a day of hours, a week.</summary>
    public int Block { get; }

    /// <summary>First period with a sale; −1 when nothing was ever sold.</summary>
    public int First { get; }

    /// <summary>The unit the series is measured in at an origin; above 0.</summary>
    public double Unit(int origin) => Math.Max(Panel.Level(origin), 0.03);

    /// <summary>Mean over the stocked periods of a window before the origin; NaN when there are none.</summary>
    public double StockedMean(int origin, int window)
    {
        var from = Math.Max(0, origin - window);
        var count = _stockedCounts[origin] - _stockedCounts[from];
        return count > 0 ? (_stockedSums[origin] - _stockedSums[from]) / count : double.NaN;
    }

    /// <summary>Share of a window's known periods that were spent with an empty shelf.</summary>
    public double EmptyShare(int origin, int window)
    {
        var from = Math.Max(0, origin - window);
        var known = Panel.KnownIn(from, origin);
        return known > 0 ? 1 - (double)(_stockedCounts[origin] - _stockedCounts[from]) / known : 0;
    }

    /// <summary>Mean square over mean, minus the mean: 1 for Poisson demand, more for lumpy one.</summary>
    public double Lumpiness(int origin, int window)
    {
        var from = Math.Max(0, origin - window);
        var (mean, known) = (Panel.Mean(origin, window), Panel.KnownIn(from, origin));
        return mean > 0 ? (_squares[origin] - _squares[from]) / (known * mean) - mean : 0;
    }

    /// <summary>Price of a period relative to the mean price of a window before the origin; 1 when prices are not known.</summary>
    public double PriceRatio(int period, int origin, int window)
    {
        var from = Math.Max(0, origin - window);
        if (_prices.Length == 0 || origin <= from)
            return 1;
        var usual = (_priceSums[origin] - _priceSums[from]) / (origin - from);
        return usual > 0 ? Price(period) / usual : 1;
    }

    /// <summary>Price of a period relative to the highest of a window before the origin; 1 when prices are not known.</summary>
    public double PriceAgainstHighest(int period, int origin, int window)
    {
        if (_prices.Length == 0)
            return 1;
        var highest = 0.0;
        for (var i = Math.Max(0, origin - window); i < origin; i++)
            highest = Math.Max(highest, _prices[i]);
        return highest > 0 ? Price(period) / highest : 1;
    }

    /// <summary>Price of a period; 0 when prices are not known.</summary>
    public double Price(int period) => _prices.Length == 0 ? 0 : _prices[Math.Min(period, _prices.Length - 1)];

    private static double[] Stocked(double[] observed)
    {
        var stocked = (double[])observed.Clone();
        var (rate, run) = (double.NaN, 0);
        for (var i = 0; i < stocked.Length; i++)
        {
            if (double.IsNaN(observed[i]))
                continue;
            run = observed[i] > 0 ? 0 : run + 1;
            if (double.IsNaN(rate))
                rate = observed[i] > 0 ? observed[i] : double.NaN;
            else if (run * rate > UnlikelyMissed)
                stocked[i] = double.NaN;
            else
                rate += RateWeight * (observed[i] - rate);
        }
        return stocked;
    }
}
