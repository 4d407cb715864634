namespace ChainSync.Analytics.Forecasting.Arima;

/// <summary>Coefficients as they are usually printed: w(t) = Σ ar w(t−k) + e(t) + Σ ma e(t−k), with seasonal factors.</summary>
internal sealed record ArmaCoefficients(double[] Ar, double[] Ma, double[] SeasonalAr, double[] SeasonalMa)
{
    /// <summary>Reads unbounded numbers in the order ar, ma, seasonal ar, seasonal ma; all are stationary and invertible.</summary>
    public static ArmaCoefficients FromFree(ReadOnlySpan<double> free, ArimaOrder order)
    {
        var (p, q, seasonalP) = (order.P, order.Q, order.SeasonalP);
        return new ArmaCoefficients(
            Polynomial.Stationary(free[..p]),
            Negate(Polynomial.Stationary(free.Slice(p, q))),
            Polynomial.Stationary(free.Slice(p + q, seasonalP)),
            Negate(Polynomial.Stationary(free[(p + q + seasonalP)..])));
    }

    /// <summary>All autoregressive lags multiplied out, lag 1 first.</summary>
    public double[] ExpandAr(int season) => Negate(Expand(Negate(Ar), Negate(SeasonalAr), season));

    /// <summary>All moving-average lags multiplied out, lag 1 first.</summary>
    public double[] ExpandMa(int season) => Expand(Ma, SeasonalMa, season);

    private static double[] Expand(double[] plain, double[] seasonal, int season)
    {
        var spread = new double[seasonal.Length * season + 1];
        spread[0] = 1;
        for (var i = 0; i < seasonal.Length; i++)
            spread[(i + 1) * season] = seasonal[i];
        return Polynomial.Multiply([1, .. plain], spread)[1..];
    }

    private static double[] Negate(double[] values) => Array.ConvertAll(values, v => -v);
}
