using System.Globalization;

namespace ChainSync.Analytics.Series;

/// <summary>
/// A regular series in the shop's local time: one value per period from <see cref="Start"/>, no holes in the grid.
/// A period whose demand is not known (feed missing, out of stock) is <see cref="double.NaN"/>; a closed period is told by
/// <see cref="Covariates.IsOpen"/> and its value, usually 0, teaches the models nothing. Immutable; <see cref="Head"/> shares memory.
/// </summary>
public sealed class TimeSeries
{
    private readonly ReadOnlyMemory<double> _values;

    /// <summary>Creates a series over a grid that is already regular.</summary>
    /// <param name="id">Key of the series, unique in a panel.</param>
    /// <param name="grain">Length of a period.</param>
    /// <param name="start">Local start of the first period.</param>
    /// <param name="values">One value per period, NaN where not known; finite otherwise. Not copied.</param>
    /// <param name="known">What is known in advance, from <paramref name="start"/>; may reach past the last value.</param>
    /// <exception cref="SeriesException">Empty, infinite, entirely missing, or covariates shorter than the values.</exception>
    public TimeSeries(string id, Grain grain, DateTime start, ReadOnlyMemory<double> values, Covariates? known = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (values.IsEmpty)
            throw new SeriesException(SeriesProblem.Empty, -1, $"Series '{id}' has no points.");
        CheckValues(id, values.Span);
        Known = known ?? Covariates.None;
        if (Known.Count < values.Length && !Known.IsNone)
            throw new SeriesException(SeriesProblem.Regressor, Known.Count, $"Series '{id}' has {values.Length} periods but covariates for {Known.Count}.");
        (Id, Grain, Start, _values) = (id, grain, start, values);
    }

    /// <summary>Key of the series, unique in a panel.</summary>
    public string Id { get; }

    /// <summary>Length of one period.</summary>
    public Grain Grain { get; }

    /// <summary>Local start of the first period.</summary>
    public DateTime Start { get; }

    /// <summary>
    /// Series that are alike share a group (stores, departments, slow products …): intervals and ensemble weights are learned per
    /// group, and accuracy is shown per group. Empty when not stated.
    /// </summary>
    public string Group { get; init; } = "";

    /// <summary>Number of periods, missing ones included; at least 1.</summary>
    public int Count => _values.Length;

    /// <summary>The values; NaN where not known.</summary>
    public ReadOnlySpan<double> Values => _values.Span;

    /// <summary>What is known in advance: opening, promotions, holidays, prices. Covers at least the history unless none.</summary>
    public Covariates Known { get; }

    /// <summary>Local start of period <paramref name="index"/>, which may lie past the end (the future).</summary>
    public DateTime TimeAt(int index) => Start + index * Grain.Step();

    /// <summary>True when the period was traded and its value is known, so a model may learn from it.</summary>
    public bool IsObserved(int index) => !double.IsNaN(_values.Span[index]) && Known.IsOpen(index);

    /// <summary>The values with closed periods also NaN: what every model fits on. A new array of <see cref="Count"/>.</summary>
    public double[] Observed()
    {
        var observed = Values.ToArray();
        for (var i = 0; i < observed.Length; i++)
            if (!Known.IsOpen(i))
                observed[i] = double.NaN;
        return observed;
    }

    /// <summary>The first <paramref name="count"/> periods, with the same covariates: what was known at that moment.</summary>
    /// <param name="count">1 … <see cref="Count"/>.</param>
    public TimeSeries Head(int count) => new(Id, Grain, Start, _values[..count], Known) { Group = Group };

    /// <summary>The same values with other covariates.</summary>
    public TimeSeries With(Covariates known) => new(Id, Grain, Start, _values, known) { Group = Group };

    /// <summary>
    /// Turns periods without goods into missing demand: a day that sold 0 because the shelf was empty says nothing about demand,
    /// and a day that sold something before running out says only "at least".
    /// </summary>
    /// <param name="stockedOut">One flag per period, <see cref="Count"/> long.</param>
    public TimeSeries WithStockOuts(ReadOnlySpan<bool> stockedOut)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(stockedOut.Length, Count);
        var demand = Values.ToArray();
        for (var i = 0; i < demand.Length; i++)
            if (stockedOut[i])
                demand[i] = double.NaN;
        return new TimeSeries(Id, Grain, Start, demand, Known) { Group = Group };
    }

    /// <summary>Puts points on the grid; periods without a point become NaN.</summary>
    /// <param name="id">Key of the series.</param>
    /// <param name="grain">Length of a period; the first point fixes the grid.</param>
    /// <param name="points">Times in rising order, one per period, finite values.</param>
    /// <param name="known">What is known in advance, from the first point's time.</param>
    /// <param name="group">See <see cref="Group"/>.</param>
    /// <exception cref="SeriesException">Empty input, duplicate, unordered or off-grid time, or a value that is not finite.</exception>
    public static TimeSeries FromPoints(string id, Grain grain, IReadOnlyList<SeriesPoint> points, Covariates? known = null, string group = "")
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count == 0)
            throw new SeriesException(SeriesProblem.Empty, -1, $"Series '{id}' has no points.");
        var start = points[0].Time;
        var indices = new int[points.Count];
        for (var i = 0; i < points.Count; i++)
            indices[i] = IndexOf(id, grain, points, i, i == 0 ? -1 : indices[i - 1]);
        var values = new double[indices[^1] + 1];
        Array.Fill(values, double.NaN);
        for (var i = 0; i < points.Count; i++)
            values[indices[i]] = points[i].Value;
        return new TimeSeries(id, grain, start, values, known) { Group = group };
    }

    private static int IndexOf(string id, Grain grain, IReadOnlyList<SeriesPoint> points, int i, int previous)
    {
        var (time, value) = points[i];
        var shown = time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
            throw new SeriesException(SeriesProblem.NotANumber, i, $"Series '{id}': the value at {shown} is not a finite number.");
        if (i > 0 && time < points[i - 1].Time)
            throw new SeriesException(SeriesProblem.UnorderedTime, i, $"Series '{id}': {shown} comes after a later time.");
        var (index, remainder) = Math.DivRem((time - points[0].Time).Ticks, grain.Step().Ticks);
        if (index == previous && remainder == 0)
            throw new SeriesException(SeriesProblem.DuplicateTime, i, $"Series '{id}': {shown} occurs twice.");
        if (remainder != 0)
            throw new SeriesException(SeriesProblem.OffGridTime, i, $"Series '{id}': {shown} is not on the {grain} grid of the first point.");
        return checked((int)index);
    }

    private static void CheckValues(string id, ReadOnlySpan<double> values)
    {
        var known = false;
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsInfinity(values[i]))
                throw new SeriesException(SeriesProblem.NotANumber, i, $"Series '{id}': value {i} is infinite.");
            known |= !double.IsNaN(values[i]);
        }
        if (!known)
            throw new SeriesException(SeriesProblem.AllMissing, -1, $"Series '{id}': every value is missing.");
    }
}
