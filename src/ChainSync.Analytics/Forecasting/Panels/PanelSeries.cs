using ChainSync.Analytics.Forecasting.Linear;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Panels;

/// <summary>
/// One series as a global model sees it: quick means over any past window, and what the calendar says of any period. Nothing here
/// looks past the period it is asked about, except at what is known in advance.
/// </summary>
internal sealed class PanelSeries
{
    /// <summary>Periods that define the level a series is measured in.</summary>
    public const int LevelWindow = 56;

    private readonly double[] _sums;
    private readonly int[] _counts;
    private static readonly double[] Smoothings = [0.02, 0.06, 0.2];

    private readonly double[][] _smoothed = new double[Smoothings.Length][];
    private readonly int[] _sinceSale;
    private readonly double[] _effects;
    private readonly int[] _signatures;
    private readonly int _planned;

    /// <param name="series">History; its covariates reach <paramref name="future"/> periods further.</param>
    /// <param name="effects">Calendar regression learned earlier, or null.</param>
    /// <param name="future">Periods past the end that will be asked about.</param>
    public PanelSeries(TimeSeries series, CalendarRegression? effects, int future)
    {
        Series = series;
        Observed = series.Observed();
        (_sums, _counts) = (new double[Observed.Length + 1], new int[Observed.Length + 1]);
        for (var i = 0; i < Observed.Length; i++)
        {
            var known = !double.IsNaN(Observed[i]);
            _sums[i + 1] = _sums[i] + (known ? Observed[i] : 0);
            _counts[i + 1] = _counts[i] + (known ? 1 : 0);
        }
        for (var k = 0; k < Smoothings.Length; k++)
            _smoothed[k] = Smooth(Observed, Smoothings[k]);
        _sinceSale = SinceSale(Observed);
        var span = series.Count + future;
        _effects = effects is null ? new double[span] : CalendarEffects.Of(effects, series, span);
        var planned = series.Known.Columns.Where(c => c.Kind == CovariateKind.Promotion).ToArray();
        (_signatures, _planned) = (Signatures(series, planned, span), planned.Length);
        OverallMean = Math.Max(_sums[^1] / Math.Max(1, _counts[^1]), 1e-9);
    }

    public TimeSeries Series { get; }

    /// <summary>Values, NaN where closed or not known.</summary>
    public double[] Observed { get; }

    public double OverallMean { get; }

    /// <summary>Mean of the known values in [<paramref name="to"/> − window, <paramref name="to"/>); NaN when there are none.</summary>
    public double Mean(int to, int window)
    {
        var from = Math.Max(0, to - window);
        to = Math.Min(Math.Max(to, 0), Observed.Length);
        return from >= to || _counts[to] == _counts[from] ? double.NaN : (_sums[to] - _sums[from]) / (_counts[to] - _counts[from]);
    }

    /// <summary>The unit the series is measured in at an origin; above 0.</summary>
    public double Level(int origin)
    {
        var level = Mean(origin, LevelWindow);
        return level > 0 ? level : Math.Max(OverallMean * 0.1, 1e-6);
    }

    /// <summary>Exponentially smoothed values before the origin: slow, usual and fast; NaN before the first value.</summary>
    public double Smoothed(int origin, int speed) => origin == 0 ? double.NaN : _smoothed[speed][Math.Min(origin, Observed.Length) - 1];

    /// <summary>Observed periods since something was sold: a long run at a brisk product means an empty shelf, not a lack of demand.</summary>
    public int SinceSale(int origin) => origin == 0 ? 0 : _sinceSale[Math.Min(origin, Observed.Length) - 1];

    /// <summary>Effect of the known calendar in the period, on the scale of the regression; 0 when nothing is known.</summary>
    public double Effect(int index) => _effects[index];

    /// <summary>
    /// Mean of the last values before the origin that share weekday (and hour) and planned states with the target: what such a period
    /// usually brings. NaN when there is none within the reach.
    /// </summary>
    public double LikeMean(int origin, int target, int most)
    {
        var (sum, count, wanted) = (0.0, 0, _signatures[target]);
        for (var i = Math.Min(origin, Observed.Length) - 1; i >= 0 && i >= origin - 40 * most && count < most; i--)
            if (_signatures[i] == wanted && !double.IsNaN(Observed[i]))
                (sum, count) = (sum + Observed[i], count + 1);
        return count > 0 ? sum / count : double.NaN;
    }

    /// <summary>Weekday (and hour) of a period together with its planned states: periods of one signature are alike.</summary>
    public int Signature(int index) => _signatures[index];

    /// <summary>Weekday (and hour) of a period alone; 0 in weekly series.</summary>
    public int Phase(int index) => _signatures[index] >> _planned;

    /// <summary>Known values in [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public int KnownIn(int from, int to) => _counts[to] - _counts[from];

    /// <summary>Share of zero periods in a window before the origin.</summary>
    public double ZeroShare(int origin, int window)
    {
        var (zeros, known) = (0, 0);
        for (var i = Math.Max(0, origin - window); i < Math.Min(origin, Observed.Length); i++)
            if (!double.IsNaN(Observed[i]))
                (zeros, known) = (zeros + (Observed[i] == 0 ? 1 : 0), known + 1);
        return known > 0 ? (double)zeros / known : 0;
    }

    /// <summary>The first values count equally, so that the start is forgotten as a mean is.</summary>
    private static double[] Smooth(double[] values, double smoothing)
    {
        var (smoothed, level, count) = (new double[values.Length], double.NaN, 0);
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                count++;
                level = count == 1 ? values[i] : level + Math.Max(smoothing, 1.0 / count) * (values[i] - level);
            }
            smoothed[i] = level;
        }
        return smoothed;
    }

    private static int[] SinceSale(double[] values)
    {
        var (since, run) = (new int[values.Length], 0);
        for (var i = 0; i < values.Length; i++)
        {
            run = values[i] > 0 ? 0 : double.IsNaN(values[i]) ? run : run + 1;
            since[i] = run;
        }
        return since;
    }

    private static int[] Signatures(TimeSeries series, Covariate[] planned, int span)
    {
        var signatures = new int[span];
        for (var i = 0; i < span; i++)
        {
            var time = series.TimeAt(i);
            var code = series.Grain switch { Grain.Weekly => 0, Grain.Hourly => (int)time.DayOfWeek * 24 + time.Hour, _ => (int)time.DayOfWeek };
            foreach (var column in planned)
                code = code * 2 + (column.Values.Span[i] >= 0.5 ? 1 : 0);
            signatures[i] = code;
        }
        return signatures;
    }
}
