using ChainSync.Analytics.Forecasting.Panels;

namespace ChainSync.Analytics.Forecasting.Trees;

/// <summary>
/// How the demand of a slow panel spreads over weekday (and hour) and planned states: factors around 1, learned over all series
/// together, because one slow series says little of its own week.
/// </summary>
internal sealed class DayShares
{
    /// <summary>Sales that must speak for a combination of weekday and planned states before half of it is believed.</summary>
    private const double PriorOfState = 200;

    /// <summary>Sales of one series that must speak for its own rhythm.</summary>
    private const double PriorOfSeries = 60;

    private const int YearsLearned = 1;

    /// <summary>Factor per <see cref="PanelSeries.Phase"/>.</summary>
    public required Dictionary<int, double> Phases { get; init; }

    /// <summary>Factor per <see cref="PanelSeries.Signature"/>: phase together with planned states.</summary>
    public required Dictionary<int, double> Signatures { get; init; }

    public static DayShares Learn(IEnumerable<PanelSeries> panel)
    {
        var (phases, signatures) = (new Tally(), new Dictionary<int, (int Phase, double Sold, double Expected)>());
        foreach (var series in panel)
            foreach (var (i, expected) in Levels(series))
            {
                phases.Add(series.Phase(i), series.Observed[i], expected);
                var (_, sold, usual) = signatures.GetValueOrDefault(series.Signature(i));
                signatures[series.Signature(i)] = (series.Phase(i), sold + series.Observed[i], usual + expected);
            }
        var byPhase = phases.Factors();
        return new DayShares
        {
            Phases = byPhase,
            Signatures = signatures.ToDictionary(
                s => s.Key, s => (s.Value.Sold + PriorOfState * byPhase[s.Value.Phase]) / (s.Value.Expected + PriorOfState)),
        };
    }

    /// <summary>Factor of a period; a combination never seen counts as its phase.</summary>
    public double Of(PanelSeries series, int index) =>
        Signatures.TryGetValue(series.Signature(index), out var share) ? share : Phases.GetValueOrDefault(series.Phase(index), 1);

    /// <summary>What one series' own rhythm adds to the common one, per phase; shrunk to 1.</summary>
    public Dictionary<int, double> OwnOf(PanelSeries series)
    {
        var sums = new Dictionary<int, (double Sold, double Expected)>();
        foreach (var (i, level) in Levels(series))
        {
            var (sold, expected) = sums.GetValueOrDefault(series.Phase(i));
            sums[series.Phase(i)] = (sold + series.Observed[i], expected + level * Of(series, i));
        }
        return sums.ToDictionary(s => s.Key, s => (s.Value.Sold + PriorOfSeries) / (s.Value.Expected + PriorOfSeries));
    }

    /// <summary>The known periods of the last year, each with the level around it.</summary>
    private static IEnumerable<(int Index, double Level)> Levels(PanelSeries series)
    {
        const int Around = PanelSeries.LevelWindow;
        var year = (int)(YearsLearned * Analytics.Series.Grains.PeriodsPerYear(series.Series.Grain));
        for (var i = Math.Max(0, series.Observed.Length - year); i < series.Observed.Length; i++)
            if (!double.IsNaN(series.Observed[i]) && series.Mean(Math.Min(i + Around / 2, series.Observed.Length), Around) is var level && level > 0)
                yield return (i, level);
    }

    private sealed class Tally
    {
        private readonly Dictionary<int, (double Sold, double Expected)> _sums = [];

        public void Add(int phase, double sold, double expected)
        {
            var (before, usual) = _sums.GetValueOrDefault(phase);
            _sums[phase] = (before + sold, usual + expected);
        }

        public Dictionary<int, double> Factors() =>
            _sums.ToDictionary(s => s.Key, s => (s.Value.Sold + PriorOfSeries) / (s.Value.Expected + PriorOfSeries));
    }
}
