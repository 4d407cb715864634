using System.Numerics.Tensors;

namespace ChainSync.Analytics.Numerics;

/// <summary>
/// Weighted ridge regression by normal equations: minimises Σ w (y − x·β)² + Σ λⱼ βⱼ². Rows are added one by one, so nothing of the
/// size of the data is kept and re-weighting is cheap.
/// </summary>
internal sealed class NormalEquations(int columns)
{
    private readonly double[][] _gram = Rows(columns);
    private readonly double[] _moment = new double[columns];

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        foreach (var row in _gram)
            Array.Clear(row);
        Array.Clear(_moment);
    }

    /// <summary>Adds one weighted observation. Zeros in the row cost nothing, which is most of a calendar's columns.</summary>
    public void Add(ReadOnlySpan<double> row, double y, double weight)
    {
        for (var i = 0; i < columns; i++)
        {
            if (row[i] == 0)
                continue;
            var scaled = weight * row[i];
            _moment[i] += scaled * y;
            TensorPrimitives.MultiplyAdd(row[i..], scaled, _gram[i].AsSpan(i), _gram[i].AsSpan(i));
        }
    }

    /// <summary>Solves with one penalty per column; a tiny jitter keeps collinear columns harmless.</summary>
    public double[] Solve(ReadOnlySpan<double> penalty)
    {
        var lower = Rows(columns);
        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = _gram[j][i] - TensorPrimitives.Dot<double>(lower[i].AsSpan(0, j), lower[j].AsSpan(0, j));
                if (i == j)
                    lower[i][i] = Math.Sqrt(Math.Max(sum + penalty[i], 1e-10 * (1 + _gram[i][i])));
                else
                    lower[i][j] = sum / lower[j][j];
            }
        }
        return BackSubstitute(lower);
    }

    private double[] BackSubstitute(double[][] lower)
    {
        var solution = new double[columns];
        for (var i = 0; i < columns; i++)
            solution[i] = (_moment[i] - TensorPrimitives.Dot<double>(lower[i].AsSpan(0, i), solution.AsSpan(0, i))) / lower[i][i];
        for (var i = columns - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < columns; j++)
                solution[i] -= lower[j][i] * solution[j];
            solution[i] /= lower[i][i];
        }
        return solution;
    }

    private static double[][] Rows(int count)
    {
        var rows = new double[count][];
        for (var i = 0; i < count; i++)
            rows[i] = new double[count];
        return rows;
    }
}
