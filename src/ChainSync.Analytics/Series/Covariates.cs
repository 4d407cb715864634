namespace ChainSync.Analytics.Series;

/// <summary>
/// Everything known in advance about the periods of a series, history and future alike: when the shop is open, and columns of
/// regressors. Period 0 is the first period of the series it belongs to. Immutable.
/// </summary>
public sealed class Covariates
{
    private readonly ReadOnlyMemory<bool> _closed;

    /// <summary>Creates a set.</summary>
    /// <param name="count">Periods covered, from the series' start; ≥ 0.</param>
    /// <param name="columns">Columns of exactly <paramref name="count"/> finite numbers, unique names.</param>
    /// <param name="closed">One flag per period, true when nothing can be sold; empty when always open.</param>
    /// <exception cref="SeriesException">A column of another length, a repeated name, or a number that is not finite.</exception>
    public Covariates(int count, IReadOnlyList<Covariate> columns, ReadOnlyMemory<bool> closed = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(columns);
        if (!closed.IsEmpty && closed.Length != count)
            throw new SeriesException(SeriesProblem.Regressor, closed.Length, $"Opening is given for {closed.Length} of {count} periods.");
        foreach (var column in columns)
            Check(column, count);
        if (columns.Select(c => c.Name).Distinct(StringComparer.Ordinal).Count() != columns.Count)
            throw new SeriesException(SeriesProblem.Regressor, -1, "Two regressors have the same name.");
        (Count, Columns, _closed) = (count, columns, closed);
    }

    /// <summary>Nothing known: always open, no columns, any length.</summary>
    public static Covariates None { get; } = new(0, []);

    /// <summary>Periods covered.</summary>
    public int Count { get; }

    /// <summary>The columns, each <see cref="Count"/> long.</summary>
    public IReadOnlyList<Covariate> Columns { get; }

    /// <summary>True for the empty set, which fits any series.</summary>
    public bool IsNone => Count == 0;

    /// <summary>True when something can be sold in the period. Past <see cref="Count"/> a set knows nothing and answers true.</summary>
    public bool IsOpen(int index) => index >= _closed.Length || !_closed.Span[index];

    /// <summary>Fails unless the set reaches to <paramref name="periods"/> (or is empty).</summary>
    /// <exception cref="SeriesException">The set is shorter.</exception>
    public void Require(int periods)
    {
        if (!IsNone && Count < periods)
            throw new SeriesException(SeriesProblem.Regressor, Count, $"Regressors are known for {Count} periods but {periods} are needed: extend the calendar.");
    }

    /// <summary>The same set with one column more.</summary>
    public Covariates With(Covariate column) => new(Count, [.. Columns, column], _closed);

    /// <summary>The same opening, without any columns: what a model blind to the calendar sees.</summary>
    public Covariates OpeningOnly() => new(Count, [], _closed);

    private static void Check(Covariate column, int count)
    {
        if (column.Values.Length != count)
            throw new SeriesException(SeriesProblem.Regressor, column.Values.Length, $"Regressor '{column.Name}' has {column.Values.Length} of {count} periods.");
        var bad = column.Values.Span.IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
        if (bad >= 0)
            throw new SeriesException(SeriesProblem.Regressor, bad, $"Regressor '{column.Name}' is not a finite number in period {bad}.");
    }
}
