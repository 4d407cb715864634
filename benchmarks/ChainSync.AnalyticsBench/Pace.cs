using System.Diagnostics;
using System.Globalization;
using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Forecasting;

namespace ChainSync.AnalyticsBench;

/// <summary>Tells on the error stream what is under way, which part of the whole is done and for how long it has run; foresees the end.</summary>
internal sealed class Pace(IEnumerable<DataSet> sets, IReadOnlySet<string>? models) : IProgress<BacktestProgress>
{
    /// <summary>The part of the whole that tells of the rest.</summary>
    private const double Telling = 0.02;

    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <summary>What a period in a stretch costs, roughly and only relative to each other.</summary>
    private static readonly Dictionary<string, double> Costs = new(StringComparer.Ordinal)
    {
        [ModelNames.SeasonalNaive] = 0.1, [ModelNames.SamePhaseMean] = 0.1, [ModelNames.Croston] = 0.2, [ModelNames.Tsb] = 0.3,
        [ModelNames.Arima] = 60, [ModelNames.Trees] = 30, [ModelNames.Lstm] = 60,
    };

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _telling = new();
    private double _all = sets.Sum(s => s.ModelsOf(models).Sum(m => Cost(s, m)));
    private double _done, _current;
    private string _set = "";
    private TimeSpan _told;

    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>When the run would end at this pace, as soon as there is one.</summary>
    public TimeSpan Foreseen => _done > Telling * _all ? Elapsed * (_all / _done) : Elapsed;

    /// <summary>Counts what is left of a set as another set, when that is cheaper.</summary>
    public bool Swap(DataSet set, IEnumerable<IForecastModel> left, DataSet other, IEnumerable<IForecastModel> whole)
    {
        var saved = left.Sum(m => Cost(set, m)) - whole.Sum(m => Cost(other, m));
        if (saved > 0)
            _all -= saved;
        return saved > 0;
    }

    public void Begin(DataSet set, IForecastModel model) => (_set, _current) = (set.Name, Cost(set, model));

    public void End(string what)
    {
        (_done, _current) = (_done + _current, 0);
        Tell(_done, what);
    }

    public void Report(BacktestProgress value)
    {
        lock (_telling)
            if (value.Done < value.Total && Elapsed - _told >= BetweenLines)
                Tell(_done + _current * value.Done / value.Total, $"{_set} {value.Model}: {value.Done} of {value.Total} stretches");
    }

    public void Tell(string what) => Tell(_done, what);

    private void Tell(double done, string what)
    {
        _told = Elapsed;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Elapsed:hh\\:mm\\:ss} {(_all > 0 ? done / _all : 1),4:0 %}  {what}"));
    }

    private static double Cost(DataSet set, IForecastModel model) =>
        Costs.GetValueOrDefault(model.Name, 9) * set.Panel.Sum(s => (double)s.Count) * set.PlanFor(model).Origins.Count / set.PlanFor(model).RefitEvery;
}
