using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Linear;

/// <summary>Which parts of the calendar a regression reads.</summary>
[Flags]
internal enum DesignParts
{
    None = 0,
    Trend = 1,
    Week = 2,
    Year = 4,
    Known = 8,
    All = Trend | Week | Year | Known,
}

/// <summary>
/// Turns any period of a series, past or future, into a row of regressors: damped trend, phase of day and week, Fourier terms of the
/// month and the year, known-in-advance columns, planned states by weekday, and the days around an unusual closing.
/// </summary>
internal sealed class CalendarDesign
{
    /// <summary>Share of the slope that survives one day: a trend of a year ago says little about the next month.</summary>
    private const double DailyDamping = 0.97;

    private readonly TimeSeries _series;
    private readonly int _fitted;
    private readonly List<(string Name, double Penalty, Func<int, double> Value)> _columns = [];
    private readonly bool[] _usuallyOpen = new bool[7];

    /// <param name="series">History; its covariates describe the future too.</param>
    /// <param name="fitted">Periods the regression learns from; the trend bends after them.</param>
    /// <param name="parts">What to include.</param>
    public CalendarDesign(TimeSeries series, int fitted, DesignParts parts)
    {
        (_series, _fitted) = (series, fitted);
        _columns.Add(("level", 0, _ => 1));
        if (parts.HasFlag(DesignParts.Trend))
            _columns.Add(("trend", 2, Trend));
        if (parts.HasFlag(DesignParts.Week))
            AddPhases();
        if (parts.HasFlag(DesignParts.Year))
            AddFourier();
        if (parts.HasFlag(DesignParts.Known) && !series.Known.IsNone)
            AddKnown();
        Names = [.. _columns.Select(c => c.Name)];
        Penalties = [.. _columns.Select(c => c.Penalty)];
    }

    public string[] Names { get; }

    /// <summary>Ridge penalty per column, in observations: how much evidence it takes to believe half of an effect.</summary>
    public double[] Penalties { get; }

    public void Row(int index, Span<double> row)
    {
        for (var j = 0; j < row.Length; j++)
            row[j] = _columns[j].Value(index);
    }

    /// <summary>All rows of a stretch, one after the other.</summary>
    public double[] Rows(int from, int count)
    {
        var rows = new double[count * Names.Length];
        for (var i = 0; i < count; i++)
            Row(from + i, rows.AsSpan(i * Names.Length, Names.Length));
        return rows;
    }

    private double Trend(int index)
    {
        var ahead = index - _fitted;
        var perYear = _series.Grain.PeriodsPerYear();
        if (ahead <= 0)
            return ahead / perYear;
        var damping = Math.Pow(DailyDamping, _series.Grain.Step().TotalDays);
        return damping * (1 - Math.Pow(damping, ahead)) / (1 - damping) / perYear;
    }

    private void AddPhases()
    {
        if (_series.Grain == Grain.Weekly)
            return;
        for (var day = 0; day < 7; day++)
        {
            var weekday = (DayOfWeek)day;
            _columns.Add(($"weekday {weekday}", 0.2, i => _series.TimeAt(i).DayOfWeek == weekday ? 1 : 0));
        }
        if (_series.Grain != Grain.Hourly)
            return;
        for (var hour = 0; hour < 24; hour++)
        {
            var (clock, name) = (hour, $"hour {hour:00}");
            _columns.Add((name, 0.2, i => _series.TimeAt(i).Hour == clock ? 1 : 0));
            _columns.Add(($"weekend {name}", 1, i => _series.TimeAt(i) is var t && t.Hour == clock && IsWeekend(t) ? 1 : 0));
        }
    }

    private static bool IsWeekend(DateTime time) => time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private void AddFourier()
    {
        var years = _fitted / _series.Grain.PeriodsPerYear();
        var harmonics = years switch { < 1 => 0, < 1.9 => 2, _ => 6 };
        for (var k = 1; k <= harmonics; k++)
            AddHarmonic($"year {k}", 1 + k, k, t => (t.DayOfYear - 1 + t.TimeOfDay.TotalDays) / (DateTime.IsLeapYear(t.Year) ? 366 : 365));
        if (_series.Grain != Grain.Weekly && years >= 0.5)
            for (var k = 1; k <= 3; k++)
                AddHarmonic($"month {k}", 3, k, t => (t.Day - 1.0) / DateTime.DaysInMonth(t.Year, t.Month));
    }

    private void AddHarmonic(string name, double penalty, int k, Func<DateTime, double> phase)
    {
        _columns.Add(($"{name} sin", penalty, i => Math.Sin(2 * Math.PI * k * phase(_series.TimeAt(i)))));
        _columns.Add(($"{name} cos", penalty, i => Math.Cos(2 * Math.PI * k * phase(_series.TimeAt(i)))));
    }

    private void AddKnown()
    {
        foreach (var column in _series.Known.Columns)
        {
            var (values, from) = (column.Values, Centre(column));
            switch (column.Kind)
            {
                case CovariateKind.Price:
                    _columns.Add((column.Name, 0.05, i => i < values.Length && values.Span[i] > 0 ? Math.Log(values.Span[i] / from) : 0));
                    break;
                case CovariateKind.Number:
                    var scale = Spread(column, from);
                    _columns.Add((column.Name, 2, i => i < values.Length ? (values.Span[i] - from) / scale : 0));
                    break;
                default:
                    _columns.Add((column.Name, column.Kind == CovariateKind.Holiday ? 0.7 : 0.5, i => i < values.Length ? values.Span[i] : 0));
                    if (column.Kind == CovariateKind.Promotion && _series.Grain == Grain.Daily)
                        AddByWeekday(column);
                    break;
            }
        }
        if (_series.Grain == Grain.Daily)
            AddUnusualClosing();
    }

    private void AddByWeekday(Covariate column)
    {
        for (var day = 0; day < 7; day++)
        {
            var weekday = (DayOfWeek)day;
            _columns.Add(($"{column.Name} on {weekday}", 6, i =>
                i < column.Values.Length && _series.TimeAt(i).DayOfWeek == weekday ? column.Values.Span[i] : 0));
        }
    }

    /// <summary>People shop ahead of a closed day and after it; the closed weekday itself is part of the week.</summary>
    private void AddUnusualClosing()
    {
        Span<int> open = stackalloc int[7];
        for (var i = 0; i < _fitted; i++)
            open[(int)_series.TimeAt(i).DayOfWeek] += _series.Known.IsOpen(i) ? 1 : -1;
        for (var day = 0; day < 7; day++)
            _usuallyOpen[day] = open[day] > 0;
        foreach (var offset in (ReadOnlySpan<int>)[-2, -1, 1, 2])
        {
            var shift = offset;
            _columns.Add(($"closing {offset:+0;-0}", 0.7, i => IsUnusuallyClosed(i - shift) ? 1 : 0));
        }
    }

    private bool IsUnusuallyClosed(int index) =>
        index >= 0 && !_series.Known.IsOpen(index) && _usuallyOpen[(int)_series.TimeAt(index).DayOfWeek];

    private double Centre(Covariate column)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in column.Values.Span[..Math.Min(_fitted, column.Values.Length)])
            if (column.Kind != CovariateKind.Price || value > 0)
                (sum, count) = (sum + value, count + 1);
        return count == 0 ? 1 : sum / count;
    }

    private double Spread(Covariate column, double centre)
    {
        var known = column.Values.Span[..Math.Min(_fitted, column.Values.Length)];
        var sum = 0.0;
        foreach (var value in known)
            sum += (value - centre) * (value - centre);
        return sum > 0 ? Math.Sqrt(sum / known.Length) : 1;
    }
}
