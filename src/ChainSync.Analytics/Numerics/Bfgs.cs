using System.Numerics.Tensors;

namespace ChainSync.Analytics.Numerics;

/// <summary>Quasi-Newton minimiser (BFGS, Nocedal and Wright 2006, algorithm 6.1) with central differences. Deterministic.</summary>
internal static class Bfgs
{
    private const double Difference = 1e-4;

    /// <summary>Moves <paramref name="point"/> to a local minimum and returns the value there.</summary>
    /// <param name="objective">Smooth function, scaled so that unit steps are sensible.</param>
    /// <param name="point">Start; overwritten.</param>
    /// <param name="iterations">Limit of line searches.</param>
    /// <param name="tolerance">Stops when a step gains less than this share.</param>
    public static double Minimise(Objective objective, Span<double> point, int iterations = 60, double tolerance = 1e-9)
    {
        var n = point.Length;
        var x = point.ToArray();
        var value = objective(x);
        if (n == 0 || !double.IsFinite(value))
            return value;
        var inverse = Identity(n);
        var gradient = Gradient(objective, x, value);
        var fresh = true;
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var direction = Direction(inverse, gradient);
            var slope = TensorPrimitives.Dot<double>(direction, gradient);
            if (slope >= 0)
            {
                (inverse, fresh) = (Identity(n), true);
                direction = Array.ConvertAll(gradient, g => -g);
                slope = -TensorPrimitives.Dot<double>(gradient, gradient);
            }
            var (next, nextValue) = LineSearch(objective, x, value, direction, slope);
            if (value - nextValue <= tolerance * (Math.Abs(value) + tolerance))
            {
                if (fresh)
                    break;
                (inverse, fresh) = (Identity(n), true); // a stale curvature, not the minimum, may have ended the descent
                continue;
            }
            var nextGradient = Gradient(objective, next, nextValue);
            Update(inverse, x, next, gradient, nextGradient);
            fresh = false;
            (x, value, gradient) = (next, nextValue, nextGradient);
        }
        x.CopyTo(point);
        return value;
    }

    private static double[][] Identity(int n)
    {
        var identity = new double[n][];
        for (var i = 0; i < n; i++)
            (identity[i] = new double[n])[i] = 1;
        return identity;
    }

    private static double[] Gradient(Objective objective, double[] x, double value)
    {
        var gradient = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var kept = x[i];
            x[i] = kept + Difference;
            var up = objective(x);
            x[i] = kept - Difference;
            var down = objective(x);
            x[i] = kept;
            gradient[i] = (double.IsFinite(up), double.IsFinite(down)) switch
            {
                (true, true) => (up - down) / (2 * Difference),
                (true, false) => (up - value) / Difference,
                (false, true) => (value - down) / Difference,
                _ => 0,
            };
        }
        return gradient;
    }

    private static double[] Direction(double[][] inverse, double[] gradient)
    {
        var direction = new double[gradient.Length];
        for (var i = 0; i < direction.Length; i++)
            direction[i] = -TensorPrimitives.Dot<double>(inverse[i], gradient);
        return direction;
    }

    /// <summary>Backtracks until Armijo's condition holds; returns the start when nothing is gained.</summary>
    private static (double[] Point, double Value) LineSearch(Objective objective, double[] x, double value, double[] direction, double slope)
    {
        var longest = TensorPrimitives.MaxMagnitude<double>(direction);
        var step = Math.Min(1, 2 / Math.Max(Math.Abs(longest), 1e-12));
        for (var attempt = 0; attempt < 25; attempt++, step *= 0.4)
        {
            var trial = new double[x.Length];
            TensorPrimitives.MultiplyAdd(direction, step, x, trial);
            var reached = objective(trial);
            if (reached <= value + 1e-4 * step * slope)
                return (trial, reached);
        }
        return (x, value);
    }

    private static void Update(double[][] inverse, double[] x, double[] next, double[] gradient, double[] nextGradient)
    {
        var n = x.Length;
        var s = new double[n];
        var y = new double[n];
        TensorPrimitives.Subtract(next, x, s);
        TensorPrimitives.Subtract(nextGradient, gradient, y);
        var sy = TensorPrimitives.Dot<double>(s, y);
        if (sy <= 1e-12)
            return;
        var hy = new double[n];
        for (var i = 0; i < n; i++)
            hy[i] = TensorPrimitives.Dot<double>(inverse[i], y);
        var scale = (1 + TensorPrimitives.Dot<double>(y, hy) / sy) / sy;
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                inverse[i][j] += scale * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / sy;
    }
}
