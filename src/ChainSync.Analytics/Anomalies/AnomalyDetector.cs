using System.Globalization;
using System.Text.Json;
using ChainSync.Analytics.Anomalies.Evidence;
using ChainSync.Analytics.Anomalies.Expecting;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Anomalies;

/// <summary>
/// Watches one series, point by point. Each period is compared with what its past and the known calendar lead to expect, by three tests:
/// one period alone, sums of one and two weeks, runs without a sale. Causal: an answer depends on nothing later. Deterministic. The state
/// is constant in size and survives a restart by <see cref="Save"/> and <see cref="Load"/>. Not safe for threads.
/// </summary>
public sealed class AnomalyDetector
{
    /// <summary>Version of the saved form. <see cref="Load"/> refuses any other: the sums of one form are not those of another.</summary>
    public const int Version = 2;

    private static readonly IReadOnlyList<Alert> Nothing = [];

    private readonly AnomalyOptions _options;
    private readonly DetectorState _state;
    private readonly List<OpenAlert> _touched = [];
    private SeriesWatch _watch;

    /// <summary>A detector that has seen nothing. The first weeks (28 days, 48 hours, 8 weeks) choose its scale and, doubled, raise no alert.</summary>
    /// <param name="id">Key of the series.</param>
    /// <param name="grain">Length of a period.</param>
    /// <param name="start">Local start of period 0; all points lie on its grid.</param>
    /// <param name="known">Calendar from <paramref name="start"/> on; must cover each period that is added, unless none.</param>
    /// <param name="options">Sensitivity; the shipped defaults when null.</param>
    public AnomalyDetector(string id, Grain grain, DateTime start, Covariates? known = null, AnomalyOptions? options = null)
        : this(Empty(id, grain, start), known, options)
    {
    }

    private AnomalyDetector(DetectorState state, Covariates? known, AnomalyOptions? options)
    {
        (_state, _options, Known) = (state, options ?? new AnomalyOptions(), known ?? Covariates.None);
        _watch = Watch();
    }

    /// <summary>The calendar in use.</summary>
    public Covariates Known { get; private set; }

    /// <summary>Local start of the first period that has not been seen.</summary>
    public DateTime Next => _watch.TimeAt(_state.Next);

    /// <summary>Takes the newest point; open periods skipped since the last one count as missing.</summary>
    /// <param name="point">Not earlier than the newest one; the same time again is a duplicate and is not learned from. NaN: missing.</param>
    /// <param name="stock">Stock at the end of the period; NaN when not known. Zero tells "no goods" from "no demand".</param>
    /// <param name="price">Price of one unit, in major units of money; NaN when not known; 1 for turnover.</param>
    /// <returns>Alerts that were opened or extended, as they now are; mostly none.</returns>
    /// <exception cref="SeriesException">A time off the grid or before the newest, an infinite value, a calendar that ends too early.
    /// The detector is then unchanged.</exception>
    public IReadOnlyList<Alert> Add(SeriesPoint point, double stock = double.NaN, double price = double.NaN)
    {
        var index = IndexOf(point);
        _touched.Clear();
        if (index < _state.Next)
            Touch(_watch.Repeat(point.Value, price));
        else
        {
            while (_state.Next < index)
                Touch(_watch.Step(double.NaN, double.NaN, price));
            Touch(_watch.Step(point.Value, stock, price));
        }
        return Answer();
    }

    /// <summary>Counts open periods that ended by <paramref name="now"/> without a point as missing: a silent feed raises its alert too.</summary>
    /// <param name="now">Local time.</param>
    /// <returns>Alerts that were opened or extended.</returns>
    /// <exception cref="SeriesException">The calendar ends too early.</exception>
    public IReadOnlyList<Alert> Advance(DateTime now)
    {
        var ended = (int)Math.Floor((now - _state.Start) / _state.Grain.Step());
        Known.Require(ended);
        _touched.Clear();
        while (_state.Next < ended)
            Touch(_watch.Step(double.NaN, double.NaN, double.NaN));
        return Answer();
    }

    /// <summary>What is expected of a period to come, from what was seen so far.</summary>
    /// <param name="ahead">1 = the next period; a day ahead of an hourly series is 24.</param>
    /// <returns>Null during the first weeks.</returns>
    /// <exception cref="SeriesException">The calendar ends too early.</exception>
    public ExpectedPeriod? Expect(int ahead = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        Known.Require(_state.Next + ahead);
        return _watch.Expect(ahead);
    }

    /// <summary>Uses another calendar from now on, usually a longer one. What was learned of columns that remain is kept, by name.</summary>
    /// <param name="known">Calendar from the start of the series on.</param>
    public void Know(Covariates known)
    {
        ArgumentNullException.ThrowIfNull(known);
        Known = known;
        _watch = Watch();
    }

    /// <summary>The state as UTF-8 JSON: parameters and sums, no history once the first weeks are over.</summary>
    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(_state, DetectorJsonContext.Default.DetectorState);

    /// <summary>Goes on where <see cref="Save"/> stopped: the same points then raise the same alerts, bit for bit.</summary>
    /// <param name="json">What <see cref="Save"/> wrote.</param>
    /// <param name="known">Calendar from the start of the series on.</param>
    /// <param name="options">Sensitivity; the shipped defaults when null.</param>
    /// <exception cref="JsonException">Not such JSON, or another version: feed the history to a new detector then.</exception>
    public static AnomalyDetector Load(ReadOnlySpan<byte> json, Covariates? known = null, AnomalyOptions? options = null)
    {
        var state = JsonSerializer.Deserialize(json, DetectorJsonContext.Default.DetectorState);
        return state switch
        {
            null => throw new JsonException("The JSON holds no detector."),
            { Version: not Version } => throw new JsonException($"The detector was saved as version {state.Version}; this build reads {Version}."),
            _ => new AnomalyDetector(state, known, options),
        };
    }

    private static DetectorState Empty(string id, Grain grain, DateTime start)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new DetectorState { Version = Version, Id = id, Grain = grain, Start = start, Columns = [], Shift = ShiftTest.Start(grain) };
    }

    private SeriesWatch Watch()
    {
        var calendar = new CalendarRow(_state.Grain, _state.Start, Known);
        if (_state.Model is { } model && !calendar.Names.SequenceEqual(_state.Columns))
            _state.Model = model.With(model.Filter.Rearrange(_state.Columns, calendar));
        _state.Columns = calendar.Names;
        return new SeriesWatch(_state, calendar, _options);
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
        Known.Require(checked((int)index + 1));
        return (int)index;
    }

    private void Touch(OpenAlert? alert)
    {
        if (alert is not null && !_touched.Contains(alert))
            _touched.Add(alert);
    }

    private IReadOnlyList<Alert> Answer() =>
        _touched.Count == 0 ? Nothing : [.. _touched.Select(a => AlertWords.Describe(a, _state.Id, _watch.TimeAt))];
}
