namespace ChainSync.Analytics.Forecasting.Arima;

/// <summary>ARIMA(p,d,q)(P,D,Q)[s].</summary>
internal sealed record ArimaOrder(int P, int D, int Q, int SeasonalP, int SeasonalD, int SeasonalQ, int Season)
{
    /// <summary>Coefficients to estimate.</summary>
    public int Free => P + Q + SeasonalP + SeasonalQ;

    /// <summary>Periods lost to differencing.</summary>
    public int Lost => D + SeasonalD * Season;

    /// <summary>Coefficients c of (1 − B)^d (1 − B^s)^D, so that w(t) = Σ c(k) u(t − k); c(0) = 1.</summary>
    public double[] Differencing()
    {
        double[] result = [1];
        for (var i = 0; i < D; i++)
            result = Polynomial.Multiply(result, [1, -1]);
        for (var i = 0; i < SeasonalD; i++)
        {
            var seasonal = new double[Season + 1];
            (seasonal[0], seasonal[Season]) = (1, -1);
            result = Polynomial.Multiply(result, seasonal);
        }
        return result;
    }

    public override string ToString() => $"ARIMA({P},{D},{Q})({SeasonalP},{SeasonalD},{SeasonalQ})[{Season}]";
}

/// <summary>Polynomials in the backshift operator, lowest power first.</summary>
internal static class Polynomial
{
    public static double[] Multiply(double[] a, double[] b)
    {
        var product = new double[a.Length + b.Length - 1];
        for (var i = 0; i < a.Length; i++)
            for (var j = 0; j < b.Length; j++)
                product[i + j] += a[i] * b[j];
        return product;
    }

    /// <summary>
    /// Maps any numbers to the coefficients of a stationary autoregression through partial autocorrelations tanh(x) (Monahan 1984,
    /// Jones 1980): the minimiser can roam without bounds.
    /// </summary>
    public static double[] Stationary(ReadOnlySpan<double> free)
    {
        var coefficients = new double[free.Length];
        var previous = new double[free.Length];
        for (var k = 0; k < free.Length; k++)
        {
            coefficients.CopyTo(previous, 0);
            var partial = Math.Tanh(free[k]);
            coefficients[k] = partial;
            for (var j = 0; j < k; j++)
                coefficients[j] = previous[j] - partial * previous[k - 1 - j];
        }
        return coefficients;
    }
}
