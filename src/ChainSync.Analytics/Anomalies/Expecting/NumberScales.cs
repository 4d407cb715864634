using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Anomalies.Expecting;

/// <summary>The usual value of each price and number column so far: only the ratio to it, or the distance from it, is a regressor.</summary>
internal sealed class NumberScales
{
    private const double Memory = 0.02;

    public Dictionary<string, double> Centre { get; init; } = new(StringComparer.Ordinal);

    public Dictionary<string, double> Spread { get; init; } = new(StringComparer.Ordinal);

    public double Scaled(Covariate column, int index)
    {
        var value = CalendarRow.ValueAt(column, index);
        if (!Centre.TryGetValue(column.Name, out var centre))
            return 0;
        if (column.Kind == CovariateKind.Price)
            return value > 0 && centre > 0 ? Math.Log(value / centre) : 0;
        var spread = Spread.GetValueOrDefault(column.Name);
        return spread > 0 ? Math.Clamp((value - centre) / spread, -3, 3) : 0;
    }

    public void Learn(IReadOnlyList<Covariate> columns, int index)
    {
        foreach (var column in columns)
        {
            var value = CalendarRow.ValueAt(column, index);
            if (!Centre.TryGetValue(column.Name, out var centre))
                Centre[column.Name] = centre = value;
            var spread = Spread.GetValueOrDefault(column.Name);
            Spread[column.Name] = spread + Memory * (1.25 * Math.Abs(value - centre) - spread);
            Centre[column.Name] = centre + Memory * (value - centre);
        }
    }
}
