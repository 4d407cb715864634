using ChainSync.Analytics.Numerics;

namespace ChainSync.Analytics.Forecasting.Arima;

/// <summary>Estimated ARIMA of one order for values without regressors.</summary>
/// <param name="Order">Order.</param>
/// <param name="Coefficients">Coefficients.</param>
/// <param name="Variance">Variance of the shocks.</param>
/// <param name="LogLikelihood">Exact Gaussian log likelihood of the differenced values.</param>
/// <param name="Aicc">Corrected Akaike criterion.</param>
internal sealed record ArimaEstimate(ArimaOrder Order, ArmaCoefficients Coefficients, double Variance, double LogLikelihood, double Aicc);

/// <summary>Exact maximum likelihood for a given order.</summary>
internal static class ArimaEstimator
{
    /// <summary>Estimates by BFGS from zero.</summary>
    /// <param name="values">Values with NaN for gaps; mean or drift already taken out.</param>
    /// <param name="order">Order.</param>
    /// <param name="iterations">Limit of the minimiser.</param>
    /// <param name="start">Free numbers to start from and to hold the result; zeros when null.</param>
    public static ArimaEstimate Fit(double[] values, ArimaOrder order, int iterations = 60, double[]? start = null)
    {
        var differenced = Difference(values, order);
        var observed = differenced.Count(v => !double.IsNaN(v));
        var free = start ?? new double[order.Free];
        if (start is null)
            Array.Fill(free, 0.1);
        Bfgs.Minimise(x => PenalisedDeviance(x, order, differenced), free, iterations, 1e-8);
        var coefficients = ArmaCoefficients.FromFree(free, order);
        var (deviance, variance) = Deviance(coefficients, order, differenced);
        var logLikelihood = -0.5 * deviance;
        var parameters = order.Free + 1;
        var correction = observed > parameters + 1 ? 2.0 * parameters * (parameters + 1) / (observed - parameters - 1) : double.PositiveInfinity;
        return new ArimaEstimate(order, coefficients, variance, logLikelihood, deviance + 2 * parameters + correction);
    }

    /// <summary>w = (1 − B)^d (1 − B^s)^D u; NaN where a needed value is.</summary>
    public static double[] Difference(ReadOnlySpan<double> values, ArimaOrder order)
    {
        var weights = order.Differencing();
        var differenced = new double[Math.Max(0, values.Length - order.Lost)];
        for (var i = 0; i < differenced.Length; i++)
        {
            var sum = 0.0;
            for (var k = 0; k < weights.Length; k++)
                if (weights[k] != 0)
                    sum += weights[k] * values[i + order.Lost - k];
            differenced[i] = sum;
        }
        return differenced;
    }

    /// <summary>Keeps partial autocorrelations off ±1, where the likelihood is flat and the covariance explodes.</summary>
    private static double PenalisedDeviance(ReadOnlySpan<double> free, ArimaOrder order, double[] differenced)
    {
        var penalty = 0.0;
        foreach (var value in free)
        {
            if (Math.Abs(value) > 5)
                return double.PositiveInfinity;
            penalty += Math.Max(0, Math.Abs(value) - 3) * Math.Max(0, Math.Abs(value) - 3);
        }
        var deviance = Deviance(ArmaCoefficients.FromFree(free, order), order, differenced).Deviance + penalty;
        return double.IsNaN(deviance) ? double.PositiveInfinity : deviance;
    }

    /// <summary>−2 log likelihood with the variance concentrated out.</summary>
    private static (double Deviance, double Variance) Deviance(ArmaCoefficients coefficients, ArimaOrder order, double[] differenced)
    {
        var filter = new ArmaFilter(coefficients.ExpandAr(order.Season), coefficients.ExpandMa(order.Season));
        var (squares, logs, count) = (0.0, 0.0, 0);
        foreach (var value in differenced)
        {
            if (!double.IsNaN(value))
            {
                var innovation = value - filter.Expected;
                squares += innovation * innovation / filter.Variance;
                logs += Math.Log(filter.Variance);
                count++;
            }
            filter.Step(value);
        }
        var variance = Math.Max(squares / Math.Max(count, 1), 1e-300);
        return (count * (Math.Log(variance) + 1 + Math.Log(2 * Math.PI)) + logs, variance);
    }
}
