using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Anomalies.Expecting;

/// <summary>
/// Describes one period by what is known in advance, as a sparse row of regressors. The layout depends only on the grain and the columns
/// of the calendar, so that a saved filter fits a calendar that was extended.
/// </summary>
internal sealed class CalendarRow
{
    private static readonly int[] NearClosing = [-2, -1, 1, 2];

    private readonly Grain _grain;
    private readonly DateTime _start;
    private readonly Covariates _known;
    private readonly List<string> _names = [];
    private readonly List<double> _priors = [];
    private readonly List<Covariate> _states = [];
    private readonly List<Covariate> _numbers = [];
    private readonly int _hours, _year, _closing, _statesAt, _numbersAt;

    public CalendarRow(Grain grain, DateTime start, Covariates known)
    {
        (_grain, _start, _known) = (grain, start, known);
        Add("level", 4);
        if (grain != Grain.Weekly)
            for (var day = 0; day < 7; day++)
                Add($"weekday {day}", 0.15);
        _hours = _names.Count;
        if (grain == Grain.Hourly)
            for (var hour = 0; hour < 48; hour++)
                Add(hour < 24 ? $"hour {hour}" : $"weekend hour {hour - 24}", hour < 24 ? 1 : 0.1);
        _year = _names.Count;
        for (var k = 1; k <= 3; k++)
            (_, _) = (Add($"year {k} sin", 0.03 / k), Add($"year {k} cos", 0.03 / k));
        if (grain != Grain.Weekly)
            for (var k = 1; k <= 2; k++)
                (_, _) = (Add($"month {k} sin", 0.01 / k), Add($"month {k} cos", 0.01 / k));
        _closing = _names.Count;
        if (grain == Grain.Daily)
            foreach (var offset in NearClosing)
                Add($"closing {offset}", 0.1);
        _statesAt = _names.Count;
        foreach (var column in known.Columns.Where(c => c.Kind == CovariateKind.Promotion))
            AddState(column);
        _numbersAt = _names.Count;
        foreach (var column in known.Columns.Where(c => c.Kind is CovariateKind.Price or CovariateKind.Number))
        {
            _numbers.Add(column);
            Add(column.Name, column.Kind == CovariateKind.Price ? 2 : 0.1);
        }
        Holidays = [.. known.Columns.Where(c => c.Kind == CovariateKind.Holiday)];
    }

    public IReadOnlyList<string> Names => _names;

    /// <summary>Variance of each effect before anything was seen, on the scale of the filter.</summary>
    public IReadOnlyList<double> Priors => _priors;

    /// <summary>Columns whose effects are learned one by one (see <see cref="HolidayEffects"/>).</summary>
    public IReadOnlyList<Covariate> Holidays { get; }

    /// <summary>Fills the row of a period.</summary>
    /// <param name="index">Period.</param>
    /// <param name="numbers">Usual value per number column, kept by the caller.</param>
    /// <param name="row"><see cref="Names"/> long.</param>
    public void Fill(int index, NumberScales numbers, Span<double> row)
    {
        row.Clear();
        var time = _start + index * _grain.Step();
        row[0] = 1;
        if (_grain != Grain.Weekly)
            row[1 + (int)time.DayOfWeek] = 1;
        if (_grain == Grain.Hourly)
            row[_hours + time.Hour] = row[_hours + 24 + time.Hour] = 1;
        if (_grain == Grain.Hourly && time.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            row[_hours + 24 + time.Hour] = 0;
        Wave(row[_year..], 3, (time.DayOfYear - 1 + time.TimeOfDay.TotalDays) / (DateTime.IsLeapYear(time.Year) ? 366 : 365));
        if (_grain != Grain.Weekly)
            Wave(row[(_year + 6)..], 2, (time.Day - 1.0) / DateTime.DaysInMonth(time.Year, time.Month));
        if (_grain == Grain.Daily)
            for (var i = 0; i < NearClosing.Length; i++)
                row[_closing + i] = IsUnusuallyClosed(index - NearClosing[i]) ? 1 : 0;
        FillStates(index, time, row);
        for (var i = 0; i < _numbers.Count; i++)
            row[_numbersAt + i] = numbers.Scaled(_numbers[i], index);
    }

    public bool IsOpen(int index) => _known.IsOpen(index);

    public IReadOnlyList<Covariate> Numbers => _numbers;

    private void AddState(Covariate column)
    {
        _states.Add(column);
        Add(column.Name, 0.1);
        if (_grain == Grain.Daily)
            for (var day = 0; day < 7; day++)
                Add($"{column.Name} on {day}", 0.02);
    }

    private void FillStates(int index, DateTime time, Span<double> row)
    {
        var width = _grain == Grain.Daily ? 8 : 1;
        for (var i = 0; i < _states.Count; i++)
        {
            var at = _statesAt + i * width;
            row[at] = ValueAt(_states[i], index);
            if (width > 1)
                row[at + 1 + (int)time.DayOfWeek] = row[at];
        }
    }

    /// <summary>Closed now, open on the same weekday before and after: people shop around such a day.</summary>
    private bool IsUnusuallyClosed(int index) =>
        index >= 0 && !_known.IsOpen(index) && _known.IsOpen(index + 7) && (index < 7 || _known.IsOpen(index - 7));

    private static void Wave(Span<double> row, int harmonics, double phase)
    {
        for (var k = 1; k <= harmonics; k++)
            (row[2 * k - 2], row[2 * k - 1]) = Math.SinCos(2 * Math.PI * k * phase);
    }

    internal static double ValueAt(Covariate column, int index) => index < column.Values.Length ? column.Values.Span[index] : 0;

    private int Add(string name, double prior)
    {
        _names.Add(name);
        _priors.Add(prior);
        return _names.Count;
    }
}
