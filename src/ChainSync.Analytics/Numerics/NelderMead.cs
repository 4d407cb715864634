namespace ChainSync.Analytics.Numerics;

/// <summary>A function to minimise; may answer +∞ outside its domain, never NaN.</summary>
internal delegate double Objective(ReadOnlySpan<double> point);

/// <summary>Derivative-free downhill simplex (Nelder and Mead 1965) with the usual coefficients. Deterministic.</summary>
internal static class NelderMead
{
    /// <summary>Moves <paramref name="point"/> to a local minimum and returns the value there.</summary>
    /// <param name="objective">What to minimise.</param>
    /// <param name="point">Start; overwritten with the best point found.</param>
    /// <param name="step">First edge length per coordinate.</param>
    /// <param name="evaluations">Budget of calls.</param>
    /// <param name="tolerance">Stops when best and worst differ by less than this share of |best|.</param>
    public static double Minimise(Objective objective, Span<double> point, ReadOnlySpan<double> step, int evaluations, double tolerance = 1e-8)
    {
        var n = point.Length;
        if (n == 0)
            return objective(point);
        var simplex = new double[n + 1][];
        var values = new double[n + 1];
        for (var i = 0; i <= n; i++)
        {
            simplex[i] = point.ToArray();
            if (i > 0)
                simplex[i][i - 1] += step[i - 1];
            values[i] = objective(simplex[i]);
        }
        var centre = new double[n];
        var trial = new double[n];
        var further = new double[n];
        for (var used = n + 1; used < evaluations;)
        {
            Array.Sort(values, simplex);
            if (values[n] - values[0] <= tolerance * (Math.Abs(values[0]) + 1e-12))
                break;
            Centre(simplex, centre);
            Along(centre, simplex[n], 1, trial);
            var reflected = objective(trial);
            used++;
            if (reflected < values[0])
            {
                Along(centre, simplex[n], 2, further);
                var expanded = objective(further);
                used++;
                Replace(simplex[n], values, n, expanded < reflected ? further : trial, Math.Min(expanded, reflected));
            }
            else if (reflected < values[n - 1])
            {
                Replace(simplex[n], values, n, trial, reflected);
            }
            else
            {
                Along(centre, simplex[n], reflected < values[n] ? 0.5 : -0.5, further);
                var contracted = objective(further);
                used++;
                if (contracted < Math.Min(reflected, values[n]))
                    Replace(simplex[n], values, n, further, contracted);
                else
                    used += Shrink(objective, simplex, values);
            }
        }
        Array.Sort(values, simplex);
        simplex[0].CopyTo(point);
        return values[0];
    }

    private static void Centre(double[][] simplex, double[] centre)
    {
        Array.Clear(centre);
        for (var i = 0; i < simplex.Length - 1; i++)
            for (var j = 0; j < centre.Length; j++)
                centre[j] += simplex[i][j] / (simplex.Length - 1);
    }

    private static void Along(double[] centre, double[] worst, double factor, double[] result)
    {
        for (var j = 0; j < centre.Length; j++)
            result[j] = centre[j] + factor * (centre[j] - worst[j]);
    }

    private static void Replace(double[] vertex, double[] values, int index, double[] with, double value)
    {
        with.CopyTo(vertex, 0);
        values[index] = value;
    }

    private static int Shrink(Objective objective, double[][] simplex, double[] values)
    {
        for (var i = 1; i < simplex.Length; i++)
        {
            for (var j = 0; j < simplex[i].Length; j++)
                simplex[i][j] = simplex[0][j] + 0.5 * (simplex[i][j] - simplex[0][j]);
            values[i] = objective(simplex[i]);
        }
        return simplex.Length - 1;
    }
}
