using System.Globalization;
using System.Text.Json;
using ChainSync.Analytics.Anomalies.Evidence;
using ChainSync.Analytics.Anomalies.Expecting;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Anomalies;

/// <summary>
/// Watches one series, point by point. Each period is compared with what its past and the known calendar lead to expect, by three
/// tests: one period alone, sums of one and two weeks, runs without a sale. Causal: an answer depends on nothing later. Deterministic.
/// The state is constant in size and survives a restart by <see cref="Save"/>. Not safe for threads.
/// </summary>
public sealed class AnomalyDetector
{
    private const int Version = 1;

    /// <summary>Open periods a new level must last before it is the normal one.</summary>
    private const int Adopted = 28;

    internal static double HeldSilence = 2.5; internal static int Confirm = 2; internal static bool Calib = true; 
    private static readonly IReadOnlyList<Alert> Nothing = [];

    private readonly AnomalyOptions _options;
    private readonly DetectorState _state;
    private readonly List<OpenAlert> _touched = [];
    private readonly CalendarRow _calendar;
    private readonly double[] _row, _spread;

    /// <summary>A detector that has seen nothing.</summary>
    /// <param name="id">Key of the series.</param>
    /// <param name="grain">Length of a period.</param>
    /// <param name="start">Local start of period 0; all points lie on its grid.</param>
    /// <param name="known">Calendar from <paramref name="start"/> on; must cover each period that is added.</param>
    /// <param name="options">Sensitivity; the shipped defaults when null.</param>
    public AnomalyDetector(string id, Grain grain, DateTime start, Covariates? known = null, AnomalyOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        Known = known ?? Covariates.None;
        _calendar = new CalendarRow(grain, start, Known);
        _options = options ?? new AnomalyOptions();
        _state = new DetectorState { Version = Version, Id = id, Grain = grain, Start = start, Columns = _calendar.Names, Shift = ShiftTest.Start(grain) };
        (_row, _spread) = (new double[_calendar.Names.Count], new double[_calendar.Names.Count]);
    }

    /// <summary>The calendar in use.</summary>
    public Covariates Known { get; private set; }

    /// <summary>Takes the newest point; periods skipped since the last one count as missing when they were open.</summary>
    /// <param name="point">Not earlier than the newest one; the same time again is a duplicate and is not learned from. NaN: missing.</param>
    /// <param name="stock">Stock at the end of the period; NaN when not known.</param>
    /// <param name="price">Price of one unit, in major units of money; NaN when not known. For turnover series: 1.</param>
    /// <returns>Alerts that were opened or extended, as they now are; mostly none.</returns>
    /// <exception cref="SeriesException">A time off the grid or before the newest, an infinite value, a calendar that ends too early.</exception>
    public IReadOnlyList<Alert> Add(SeriesPoint point, double stock = double.NaN, double price = double.NaN)
    {
        var index = IndexOf(point);
        _touched.Clear();
        if (index < _state.Next)
            Repeat(index, point.Value, price);
        else
        {
            while (_state.Next < index)
                Step(double.NaN, double.NaN, price);
            Step(point.Value, stock, price);
        }
        return Answer();
    }

    /// <summary>Counts open periods that ended before <paramref name="now"/> without a point as missing.</summary>
    /// <param name="now">Local time.</param>
    /// <returns>Alerts that were opened or extended.</returns>
    public IReadOnlyList<Alert> Advance(DateTime now)
    {
        _touched.Clear();
        while (_state.Start + (_state.Next + 1) * _state.Grain.Step() <= now)
            Step(double.NaN, double.NaN, double.NaN);
        return Answer();
    }

    private int IndexOf(SeriesPoint point)
    {
        var shown = point.Time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var (index, remainder) = Math.DivRem((point.Time - _state.Start).Ticks, _state.Grain.Step().Ticks);
        if (remainder != 0)
            throw new SeriesException(SeriesProblem.OffGridTime, _state.Next, $"Series '{_state.Id}': {shown} is not on the {_state.Grain} grid.");
        if (index < _state.Next - 1 || index < 0)
            throw new SeriesException(SeriesProblem.UnorderedTime, _state.Next, $"Series '{_state.Id}': {shown} comes after a later time.");
        if (double.IsInfinity(point.Value))
            throw new SeriesException(SeriesProblem.NotANumber, _state.Next, $"Series '{_state.Id}': the value at {shown} is infinite.");
        Known.Require(checked((int)index) + 1);
        return (int)index;
    }

    private void Step(double value, double stock, double price)
    {
        var index = _state.Next++;
        if (!_calendar.IsOpen(index))
            return;
        if (_state.Model is { } model)
        {
            _state.Ordinal++;
            Judge(model, index, value, stock, price);
        }
        else
            WarmUp(index, value);
    }

    /// <summary>The first weeks choose the model's scale and are then learned from, without alerts. Zeros before the first sale are not counted: the product was not on sale.</summary>
    private void WarmUp(int index, double value)
    {
        if (_state.WarmUp.Count == 0)
        {
            if (value is 0 or double.NaN)
                return;
            _state.WarmUpFrom = index;
        }
        _state.WarmUp.Add(value);
        var enough = Enough(_state.Grain);
        if (_state.WarmUp.Count(v => !double.IsNaN(v)) < enough)
            return;
        _state.Model = SeriesModel.Choose(_state.WarmUp.ToArray(), _calendar);
        var open = 0;
        for (var at = _state.WarmUpFrom; open < _state.WarmUp.Count; at++)
            if (_calendar.IsOpen(at))
            {
                _state.Ordinal++;
                Judge(_state.Model, at, _state.WarmUp[open++], double.NaN, double.NaN);
            }
        _state.WarmUp.Clear();
    }

    internal static int Hours = 48, QuietHours = 72;
    private static int Enough(Grain grain) => grain == Grain.Hourly ? Hours : Math.Max(8, 4 * grain.Season());

    private static int Quiet(Grain grain) => grain == Grain.Hourly ? QuietHours : 2 * Enough(grain);

    private void Judge(SeriesModel model, int index, double value, double stock, double price)
    {
        var outlook = model.Expect(_calendar, index, _row, _spread);
        var finding = double.IsNaN(value) ? Absent() : Present(model, outlook, value, stock);
        if (finding.Ratio >= 1 && _state.Ordinal > Quiet(_state.Grain))
            Note(model, outlook, index, finding, double.IsNaN(value) ? 0 : value, price);
        if (!double.IsNaN(value))
            Learn(model, outlook, index, value, stock, finding);
        model.Drift(outlook);
    }

    private Finding Absent()
    {
        var sigmas = CountTails.Sigmas(_state.MissingRate);
        _state.MissingRate += 0.01 * (1 - _state.MissingRate);
        return new Finding(AnomalyKind.Missing, _state.MissingRate < 0.1 ? Math.Max(sigmas, 1) * 10 : 0, 1, 1);
    }

    private Finding Present(SeriesModel model, in Outlook outlook, double value, double stock)
    {
        _state.MissingRate -= 0.01 * _state.MissingRate;
        var counts = model.Family == ValueFamily.Count;
        var raw = model.Surprise(outlook, value);
        var surprise = Calib ? model.Tails.Calibrate(raw) : raw;
        var single = value == 0 && surprise < 0 ? AnomalyKind.Outage : surprise < 0 ? AnomalyKind.Drop : AnomalyKind.Spike;
        var best = new Finding(single, Math.Abs(surprise), counts ? _options.CountPointSigmas : _options.PointSigmas, 1);
        if (model.Family != ValueFamily.Plain)
        {
            var silence = _state.Silence.Test(model, outlook, value, stock > 0);
            best = Stronger(best, new Finding(AnomalyKind.Outage, silence, _options.OutageSigmas, _state.Silence.Run));
        }
        _state.Shift.Add(model, outlook, value);
        var (sigmas, window) = _state.Shift.Test();
        var threshold = counts ? _options.CountShiftSigmas : _options.ShiftSigmas;
        var confirmed = _state.Shift.Confirm(sigmas, threshold) >= Confirm;
        if (confirmed)
            best = Stronger(best, new Finding(sigmas > 0 ? AnomalyKind.LevelUp : AnomalyKind.LevelDown, Math.Abs(sigmas), threshold, window));
        if (value == 0 && stock <= 0 && best.Kind is AnomalyKind.Outage or AnomalyKind.Drop or AnomalyKind.LevelDown)
            best = best with { Kind = AnomalyKind.NoGoods };
        return best;
    }

    private static Finding Stronger(Finding one, Finding other) => other.Ratio > one.Ratio ? other : one;

    /// <summary>
    /// A new level and an improbable silence are not learned from until they have lasted <see cref="Adopted"/> periods: then they are
    /// the new normal. So the return to the old level is no surprise, and a restocked product is not a spike.
    /// </summary>
    private void Learn(SeriesModel model, in Outlook outlook, int index, double value, double stock, in Finding finding)
    {
        var shifted = finding.Ratio >= 1 && finding.Kind is AnomalyKind.LevelUp or AnomalyKind.LevelDown;
        var silent = value == 0 && _state.Silence.Sigmas >= HeldSilence;
        _state.ShiftedFor = finding.Ratio >= 1 && shifted || silent ? _state.ShiftedFor + 1 : 0;
        if (_state.ShiftedFor >= Adopted)
        {
            model.Filter.Covariance[0] += 0.1;
            _state.ShiftedFor = 0;
            _state.Shift.Forget();
            _state.Silence.Forget();
        }
        else if (finding.Ratio >= 1 && shifted || silent)
            return;
        if (outlook.Holiday == 0)
            model.Tails.Learn(model.Surprise(outlook, value));
        if (!(value == 0 && stock <= 0))
            model.Learn(_calendar, index, outlook, value, _spread);
    }

    private void Repeat(int index, double value, double price)
    {
        if (_state.Model is null)
            return;
        var model = _state.Model;
        var outlook = model.Expect(_calendar, index, _row, _spread);
        Note(model, outlook, index, new Finding(AnomalyKind.Duplicate, 10, 1, 1), value, price);
    }

    private void Note(SeriesModel model, in Outlook outlook, int index, in Finding finding, double seen, double price)
    {
        var counts = model.Family == ValueFamily.Count;
        var band = counts ? _options.CountPointSigmas : _options.PointSigmas;
        var error = Math.Abs(seen - outlook.Expected);
        var flag = new Flag(index, _state.Ordinal, finding, outlook.Expected, seen, model.ValueAt(outlook, -band), model.ValueAt(outlook, band),
            error / Math.Max(model.Noise.Linear, 1e-12), error / Math.Max(Math.Abs(outlook.Expected), 1e-12), price);
        var day = (int)(index * _state.Grain.Step().TotalDays);
        if (_state.Book.Take(flag, day, _options) is { } alert && !_touched.Contains(alert))
            _touched.Add(alert);
    }

    private IReadOnlyList<Alert> Answer() => _touched.Count == 0 ? Nothing : [.. _touched.Select(Describe)];

    private Alert Describe(OpenAlert alert)
    {
        var n = alert.Periods;
        var distance = alert.Distance / n;
        return new Alert
        {
            SeriesId = _state.Id,
            Number = alert.Number,
            Kind = alert.Kind,
            Since = TimeAt(alert.Since),
            Raised = TimeAt(alert.Raised),
            Through = TimeAt(alert.Through),
            Periods = n,
            Expected = alert.Expected / n,
            Seen = alert.Seen / n,
            Lower = alert.Lower / n,
            Upper = alert.Upper / n,
            Sigmas = alert.Sigmas,
            Distance = distance,
            MoneyAtStake = alert.Money,
            Severity = 100 * (1 - 1 / (1 + distance / 8 + alert.Trade / 50)),
            Explanation = "",
        };
    }

    private DateTime TimeAt(int index) => _state.Start + index * _state.Grain.Step();

    /// <summary>The state as UTF-8 JSON, versioned.</summary>
    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(_state, DetectorJsonContext.Default.DetectorState);
}
