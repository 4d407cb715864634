using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Anomalies;

/// <summary>Looks through a whole series at once. The answers are those of a detector that saw the points one by one.</summary>
public static class AnomalyScan
{
    /// <summary>All alerts of a series, oldest first.</summary>
    /// <param name="series">NaN where the feed was silent; closed periods are skipped.</param>
    /// <param name="options">Sensitivity; the shipped defaults when null.</param>
    /// <param name="stock">Stock at the end of each period; empty when not known.</param>
    /// <param name="prices">Price of a unit in each period; empty when not known.</param>
    /// <exception cref="SeriesException">Stock or prices for another number of periods than the series has.</exception>
    public static IReadOnlyList<Alert> Run(TimeSeries series, AnomalyOptions? options = null, ReadOnlySpan<double> stock = default, ReadOnlySpan<double> prices = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        Check(series, stock, "Stock");
        Check(series, prices, "Prices");
        var detector = new AnomalyDetector(series.Id, series.Grain, series.Start, series.Known, options);
        var alerts = new SortedDictionary<int, Alert>();
        for (var i = 0; i < series.Count; i++)
            foreach (var alert in detector.Add(new SeriesPoint(series.TimeAt(i), series.Values[i]), At(stock, i), At(prices, i)))
                alerts[alert.Number] = alert;
        return [.. alerts.Values];
    }

    private static void Check(TimeSeries series, ReadOnlySpan<double> values, string what)
    {
        if (!values.IsEmpty && values.Length != series.Count)
            throw new SeriesException(SeriesProblem.Regressor, values.Length, $"{what} of series '{series.Id}' given for {values.Length} of {series.Count} periods.");
    }

    private static double At(ReadOnlySpan<double> values, int index) => index < values.Length ? values[index] : double.NaN;
}
