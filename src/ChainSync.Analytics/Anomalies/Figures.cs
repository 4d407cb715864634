namespace ChainSync.Analytics.Anomalies;

/// <summary>Sums over the periods of an alert, in the series' unit unless stated.</summary>
/// <param name="Periods">How many.</param>
/// <param name="Expected">Of what was expected.</param>
/// <param name="Seen">Of what was seen.</param>
/// <param name="Lower">Of the lower ends of the band.</param>
/// <param name="Upper">Of the upper ends.</param>
/// <param name="Distance">Of |seen − expected| in usual errors.</param>
/// <param name="Trade">Of |seen − expected| in periods of usual trade.</param>
/// <param name="Money">Of |seen − expected| in money; NaN once a price was not known.</param>
internal readonly record struct Figures(int Periods, double Expected, double Seen, double Lower, double Upper, double Distance, double Trade, double Money)
{
    /// <summary>
    /// Figures of one period or, when they are of one cause, of several together: their errors then cancel, in <paramref name="value"/>
    /// (price times error, with sign) as in the amounts.
    /// </summary>
    public static Figures Of(int periods, double expected, double seen, double lower, double upper, double value, double usualError)
    {
        var error = Math.Abs(seen - expected);
        return new Figures(periods, expected, seen, lower, upper, error / Math.Max(usualError, 1e-12),
            periods * error / Math.Max(Math.Abs(expected), 1e-9), Math.Abs(value));
    }

    public static Figures operator +(in Figures a, in Figures b) => new(a.Periods + b.Periods, a.Expected + b.Expected, a.Seen + b.Seen,
        a.Lower + b.Lower, a.Upper + b.Upper, a.Distance + b.Distance, a.Trade + b.Trade, a.Money + b.Money);
}
