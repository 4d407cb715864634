using ChainSync.Analytics.Anomalies.Evidence;
using ChainSync.Analytics.Anomalies.Expecting;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Anomalies;

/// <summary>Judges one period after the other: expect, test, flag, learn.</summary>
internal sealed class SeriesWatch
{
    /// <summary>Open periods a new level or a silence must last before it is the normal one.</summary>
    private const int Adopted = 28;

    /// <summary>Variance given to the level when it is to be found anew.</summary>
    private const double Reopened = 0.1;

    /// <summary>Surprise of a silence from which zeros are not learned from, where they are not told apart as <see cref="Availability"/> does.</summary>
    private const double HeldSilence = 2.5;

    /// <summary>Periods in a row that a sum must stay beyond its threshold.</summary>
    private const int Confirmed = 3;

    /// <summary>Smoothing of the share of missing periods, and the share from which a gap is no news.</summary>
    private const double MissingMemory = 0.01;

    private const double UsuallyMissing = 0.1;

    /// <summary>Multiple of the usual warm-up after which a series with hardly a value begins anew.</summary>
    private const int LongestWarmUp = 8;

    private readonly DetectorState _state;
    private readonly CalendarRow _calendar;
    private readonly AnomalyOptions _options;
    private readonly double[] _row, _spread;

    public SeriesWatch(DetectorState state, CalendarRow calendar, AnomalyOptions options)
    {
        (_state, _calendar, _options) = (state, calendar, options);
        (_row, _spread) = (new double[calendar.Names.Count], new double[calendar.Names.Count]);
    }

    private bool IsQuiet => _state.Ordinal <= (_state.Grain == Grain.Hourly ? 60 : 2 * WarmUpPeriods);

    private int WarmUpPeriods => _state.Grain switch { Grain.Hourly => 48, Grain.Daily => 28, _ => 8 };

    /// <summary>The next period passes.</summary>
    /// <returns>The alert that was opened or extended, if any.</returns>
    public OpenAlert? Step(double value, double stock, double price)
    {
        var index = _state.Next++;
        if (!_calendar.IsOpen(index))
            return null;
        if (_state.Model is { } model)
            return Judge(model, index, value, stock, price);
        WarmUp(index, value);
        return null;
    }

    /// <summary>The newest period was reported again.</summary>
    public OpenAlert? Repeat(double value, double price)
    {
        var index = _state.Next - 1;
        if (_state.Model is not { } model || !_calendar.IsOpen(index))
            return null;
        var outlook = model.Expect(_calendar, index, _row, _spread);
        return Note(model, outlook, index, Finding.Fact(AnomalyKind.Duplicate), value, price);
    }

    public ExpectedPeriod? Expect(int ahead)
    {
        var index = _state.Next - 1 + ahead;
        if (_state.Model is not { } model)
            return null;
        var outlook = model.Expect(_calendar, index, _row, _spread);
        var wander = model.Wander(outlook).Level * (ahead - 1);
        return _calendar.IsOpen(index) ? Band(model, outlook with { Uncertainty = outlook.Uncertainty + wander }, index) : new ExpectedPeriod(TimeAt(index), 0, 0, 0);
    }

    public DateTime TimeAt(int index) => _state.Start + index * _state.Grain.Step();

    /// <summary>
    /// The first weeks choose the model's scale and are then learned from, without alerts. Zeros before the first sale are not counted:
    /// the product was not on sale.
    /// </summary>
    private void WarmUp(int index, double value)
    {
        if (_state.WarmUp.Count == 0)
        {
            if (value is 0 or double.NaN)
                return;
            _state.WarmUpFrom = index;
        }
        _state.WarmUp.Add(value);
        if (_state.WarmUp.Count(v => !double.IsNaN(v)) < WarmUpPeriods)
        {
            if (_state.WarmUp.Count >= LongestWarmUp * WarmUpPeriods)
                _state.WarmUp.Clear(); // hardly a value in all that time: begin anew rather than grow
            return;
        }
        _state.Model = SeriesModel.Choose(_state.WarmUp.ToArray(), _calendar);
        var open = 0;
        for (var at = _state.WarmUpFrom; open < _state.WarmUp.Count; at++)
            if (_calendar.IsOpen(at))
                Judge(_state.Model, at, _state.WarmUp[open++], double.NaN, double.NaN);
        _state.WarmUp.Clear();
    }

    private OpenAlert? Judge(SeriesModel model, int index, double value, double stock, double price)
    {
        _state.Ordinal++;
        var missing = double.IsNaN(value);
        var outlook = model.Expect(_calendar, index, _row, _spread);
        var finding = missing ? Absent() : Present(model, outlook, value, stock, price);
        _state.MissingRate += MissingMemory * ((missing ? 1 : 0) - _state.MissingRate);
        var alert = finding.IsFlagged && !IsQuiet ? Note(model, outlook, index, finding, missing ? 0 : value, price) : null;
        if (!missing)
            Learn(model, outlook, index, value, stock, finding);
        model.Drift(outlook);
        return alert;
    }

    private Finding Absent() => _state.MissingRate < UsuallyMissing ? Finding.Fact(AnomalyKind.Missing) : Finding.None;

    private Finding Present(SeriesModel model, in Outlook outlook, double value, double stock, double price)
    {
        var thresholds = Thresholds(model);
        var surprise = model.Surprise(outlook, value);
        var single = surprise > 0 ? AnomalyKind.Spike : value == 0 ? AnomalyKind.Outage : AnomalyKind.Drop;
        var best = Finding.Of(single, Math.Abs(surprise), thresholds.Point);
        if (model.Family != ValueFamily.Plain)
        {
            var silence = _state.Silence.Test(model, outlook, value, stock > 0);
            best = best.Or(Finding.Of(AnomalyKind.Outage, silence, thresholds.Silence, _state.Silence.Run));
        }
        if (!IsSilent(model)) // a silence is judged by itself and is no level
            _state.Shift.Add(model, outlook, value, price);
        var shift = _state.Shift.Test(model.Family == ValueFamily.Count);
        if (_state.Shift.Confirm(shift, thresholds.Shift) >= Confirmed)
            best = best.Or(Finding.Of(shift > 0 ? AnomalyKind.LevelUp : AnomalyKind.LevelDown, Math.Abs(shift), thresholds.Shift, _state.Shift.Onset()));
        return IsEmptyShelf(value, stock) && best.Kind is not AnomalyKind.LevelUp ? best with { Kind = AnomalyKind.NoGoods } : best;
    }

    /// <summary>Whether the period belongs to a silence rather than to the demand.</summary>
    private bool IsSilent(SeriesModel model) =>
        model.Family == ValueFamily.Count ? _state.Silence.Availability.Off > 0.5 : _state.Silence.Sigmas >= HeldSilence;

    private static bool IsEmptyShelf(double value, double stock) => value == 0 && stock <= 0;

    private AnomalyThresholds Thresholds(SeriesModel model) =>
        _state.Grain == Grain.Hourly ? _options.Hourly : model.Family == ValueFamily.Count ? _options.Slow : _options.Brisk;

    /// <summary>
    /// A new level and an improbable silence are not learned from until they have lasted <see cref="Adopted"/> periods: then they are
    /// the new normal. So the return to the old level is no surprise, and a restocked product is no spike. An empty shelf teaches nothing.
    /// </summary>
    private void Learn(SeriesModel model, in Outlook outlook, int index, double value, double stock, in Finding finding)
    {
        if (IsEmptyShelf(value, stock))
            return;
        var counts = model.Family == ValueFamily.Count;
        var silent = IsSilent(model) && (finding.IsFlagged || !counts);
        var held = silent || (finding.IsFlagged && finding.IsLevel);
        _state.HeldFor = held ? _state.HeldFor + 1 : 0;
        if (_state.HeldFor >= Adopted)
        {
            _state.HeldFor = 0;
            if (silent && counts)
                _state.Silence.Accept();
            else
                Reopen(model);
        }
        else if (held)
            return;
        model.Learn(_calendar, index, outlook, value, _spread, counts ? _state.Silence.Availability.On : 1);
    }

    private void Reopen(SeriesModel model)
    {
        model.Filter.Reopen(Reopened);
        _state.Shift.Forget();
        _state.Silence.Forget();
    }

    private OpenAlert? Note(SeriesModel model, in Outlook outlook, int index, in Finding finding, double seen, double price)
    {
        var since = Back(index, finding.Lasted);
        var day = (int)(index * _state.Grain.Step().TotalDays);
        var level = finding.IsLevel ? _state.Shift.LevelBefore(finding.Lasted) : double.NaN;
        var lasts = finding.IsLevel && _state.Book.Continues(_state.Ordinal, since, finding) && !double.IsNaN(_state.Book.Newest!.LevelBefore);
        var figures = lasts ? StillAt(model, outlook, _state.Book.Newest!, seen, price)
            : finding.IsLevel ? _state.Shift.FiguresOf(model, finding.Lasted, Thresholds(model).Shift)
            : Alone(model, outlook, index, seen, price);
        return _state.Book.Take(new Flag(index, since, _state.Ordinal, day, finding, figures, level), _options);
    }

    /// <summary>One period against its own band.</summary>
    private Figures Alone(SeriesModel model, in Outlook outlook, int index, double seen, double price)
    {
        var band = Band(model, outlook, index);
        return Figures.Of(1, band.Expected, seen, band.Lower, band.Upper, (seen - band.Expected) * price, model.Noise.Linear);
    }

    /// <summary>One more period of a level: against the level before it, with the band that was left.</summary>
    private static Figures StillAt(SeriesModel model, in Outlook outlook, OpenAlert alert, double seen, double price)
    {
        var (expected, so) = (model.Moved(outlook.Expected, alert.LevelBefore - outlook.Level), alert.Figures);
        var (below, above) = ((so.Expected - so.Lower) / so.Periods, (so.Upper - so.Expected) / so.Periods);
        var lower = model.Family == ValueFamily.Plain ? expected - below : Math.Max(expected - below, 0);
        return Figures.Of(1, expected, seen, lower, expected + above, (seen - expected) * price, model.Noise.Linear);
    }

    private ExpectedPeriod Band(SeriesModel model, in Outlook outlook, int index)
    {
        var sigmas = Thresholds(model).Point;
        return new ExpectedPeriod(TimeAt(index), outlook.Expected, model.ValueAt(outlook, -sigmas), model.ValueAt(outlook, sigmas));
    }

    /// <summary>The period in which something that has lasted so many open periods began.</summary>
    private int Back(int index, int lasted)
    {
        for (var at = index; ; at--)
            if (_calendar.IsOpen(at) && --lasted <= 0 || at == 0)
                return at;
    }
}
