using MathNet.Numerics.LinearAlgebra;

namespace ChainSync.Analytics.Forecasting.Arima;

/// <summary>
/// Covariance of an ARMA process's state before the first value, shocks of variance one. From its autocovariances (Brockwell and Davis
/// 1991, 3.3) follows the state's first row, and from that the rest by the companion form: one small system of equations, where
/// solving P = T P T' + R R' by itself squares large matrices.
/// </summary>
internal static class ArmaCovariance
{
    /// <param name="ar">Autoregressive coefficients per state element, lag 1 first.</param>
    /// <param name="shock">Moving-average coefficients per state element, 1 first.</param>
    /// <returns>Symmetric, row by row.</returns>
    public static double[] Stationary(double[] ar, double[] shock)
    {
        var n = ar.Length;
        var impulses = Impulses(ar, shock);
        var autocovariances = Autocovariances(ar, shock, impulses);
        var p = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var k = i; k < n; k++)
                p[i] += ar[k] * autocovariances[k - i + 1] + shock[k] * impulses[k - i];
            p[i * n] = p[i];
        }
        for (var i = n - 1; i > 0; i--)
            for (var j = n - 1; j >= i; j--)
            {
                var (right, below, corner) = (j + 1 < n ? p[j + 1] : 0, i + 1 < n ? p[i + 1] : 0, j + 1 < n ? p[(i + 1) * n + j + 1] : 0);
                p[i * n + j] = p[j * n + i] = ar[i] * ar[j] * p[0] + ar[i] * right + ar[j] * below + corner + shock[i] * shock[j];
            }
        return p;
    }

    /// <summary>Weights of past shocks in the value, the present one first.</summary>
    private static double[] Impulses(double[] ar, double[] shock)
    {
        var impulses = new double[shock.Length];
        for (var k = 0; k < impulses.Length; k++)
        {
            impulses[k] = shock[k];
            for (var j = 0; j < k; j++)
                impulses[k] += ar[j] * impulses[k - 1 - j];
        }
        return impulses;
    }

    /// <summary>γ(0) … γ(n): γ(k) − Σ ar(j) γ(k − j) = Σ shock(j) ψ(j − k).</summary>
    private static double[] Autocovariances(double[] ar, double[] shock, double[] impulses)
    {
        var (n, order) = (ar.Length, Array.FindLastIndex(ar, a => a != 0) + 1);
        var known = new double[n + 1];
        for (var k = 0; k < n; k++)
            for (var j = k; j < n; j++)
                known[k] += shock[j] * impulses[j - k];
        var system = Matrix<double>.Build.DenseIdentity(order + 1);
        for (var k = 0; k <= order; k++)
            for (var j = 1; j <= order; j++)
                system[k, Math.Abs(k - j)] -= ar[j - 1];
        var result = new double[n + 1];
        system.LU().Solve(Vector<double>.Build.Dense(known[..(order + 1)])).CopyTo(result, order + 1);
        for (var k = order + 1; k <= n; k++)
        {
            result[k] = known[k];
            for (var j = 1; j <= order; j++)
                result[k] += ar[j - 1] * result[k - j];
        }
        return result;
    }

    private static void CopyTo(this Vector<double> from, double[] to, int count)
    {
        for (var i = 0; i < count; i++)
            to[i] = from[i];
    }
}
