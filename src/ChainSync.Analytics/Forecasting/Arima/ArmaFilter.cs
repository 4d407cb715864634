using System.Numerics.Tensors;

namespace ChainSync.Analytics.Forecasting.Arima;

/// <summary>
/// Kalman filter of an ARMA process in Harvey's state space form (Gardner, Harvey and Phillips 1980): exact likelihood, missing values
/// included. The companion form makes a covariance step O(r²), and once the covariance has settled a step is O(r).
/// </summary>
internal sealed class ArmaFilter
{
    private const double Settled = 1e-9;

    private readonly int _size;
    private readonly double[] _ar;
    private readonly double[] _shock;
    private readonly double[] _start;
    private readonly double[] _covariance;
    private readonly double[] _next;
    private readonly double[] _state;
    private readonly double[] _gain;
    private bool _steady;

    public ArmaFilter(double[] ar, double[] ma)
    {
        _size = Math.Max(ar.Length, ma.Length + 1);
        _ar = new double[_size];
        ar.CopyTo(_ar, 0);
        _shock = new double[_size];
        _shock[0] = 1;
        ma.CopyTo(_shock, 1);
        (_state, _gain) = (new double[_size], new double[_size]);
        (_covariance, _next) = (new double[_size * _size], new double[_size * _size]);
        _start = StationaryCovariance();
        Reset();
    }

    /// <summary>Expected value of the coming period.</summary>
    public double Expected => _state[0];

    /// <summary>Variance of the coming innovation in units of the shock's variance.</summary>
    public double Variance => _covariance[0];

    /// <summary>Back to the moment before the first value.</summary>
    public void Reset()
    {
        Array.Clear(_state);
        _start.CopyTo(_covariance, 0);
        _steady = false;
    }

    /// <summary>Takes in a value (NaN: none) and moves on.</summary>
    public void Step(double value)
    {
        if (double.IsNaN(value))
        {
            Advance(0);
            AdvanceCovariance(observed: false);
            return;
        }
        var innovation = value - _state[0];
        if (!_steady)
            for (var i = 0; i < _size; i++)
                _gain[i] = _covariance[i] / _covariance[0];
        Advance(innovation);
        if (!_steady)
            AdvanceCovariance(observed: true);
    }

    /// <summary>State after the update by the innovation, moved one period on.</summary>
    private void Advance(double innovation)
    {
        var first = _state[0] + _gain[0] * innovation;
        for (var i = 0; i + 1 < _size; i++)
            _state[i] = _ar[i] * first + _state[i + 1] + _gain[i + 1] * innovation;
        _state[_size - 1] = _ar[_size - 1] * first;
    }

    /// <summary>P ← T (P − P z z'P / F) T' + R R', element by element thanks to the companion form.</summary>
    private void AdvanceCovariance(bool observed)
    {
        var (p, n) = (_covariance, _size);
        var remove = observed ? 1 / p[0] : 0;
        for (var i = 0; i < n; i++)
            for (var j = i; j < n; j++)
            {
                var corner = i + 1 < n && j + 1 < n ? p[(i + 1) * n + j + 1] - remove * p[i + 1] * p[j + 1] : 0;
                var right = j + 1 < n ? p[j + 1] - remove * p[0] * p[j + 1] : 0;
                var below = i + 1 < n ? p[i + 1] - remove * p[0] * p[i + 1] : 0;
                var head = p[0] - remove * p[0] * p[0];
                _next[i * n + j] = _next[j * n + i] = _ar[i] * _ar[j] * head + _ar[i] * right + _ar[j] * below + corner + _shock[i] * _shock[j];
            }
        _steady = observed && IsUnchanged();
        _next.CopyTo(_covariance, 0);
    }

    private bool IsUnchanged()
    {
        for (var i = 0; i < _size; i++)
            if (Math.Abs(_next[i] - _covariance[i]) > Settled)
                return false;
        return true;
    }

    /// <summary>Solves P = T P T' + R R' by doubling: each round squares T and so doubles the terms of the sum.</summary>
    private double[] StationaryCovariance()
    {
        var n = _size;
        var transition = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            transition[i * n] = _ar[i];
            if (i + 1 < n)
                transition[i * n + i + 1] = 1;
        }
        var sum = new double[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                sum[i * n + j] = _shock[i] * _shock[j];
        for (var round = 0; round < 14; round++)
        {
            var added = Sandwich(transition, sum, n);
            var largest = 0.0;
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += added[i];
                largest = Math.Max(largest, Math.Abs(added[i]));
            }
            if (largest < 1e-12 * Math.Abs(sum[0]))
                break;
            transition = Multiply(transition, transition, n);
        }
        return sum;
    }

    private static double[] Sandwich(double[] a, double[] p, int n)
    {
        var left = Multiply(a, p, n);
        var result = new double[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                result[i * n + j] = TensorPrimitives.Dot(left.AsSpan(i * n, n), a.AsSpan(j * n, n));
        return result;
    }

    private static double[] Multiply(double[] a, double[] b, int n)
    {
        var result = new double[n * n];
        for (var i = 0; i < n; i++)
            for (var k = 0; k < n; k++)
                if (a[i * n + k] != 0)
                    TensorPrimitives.MultiplyAdd(b.AsSpan(k * n, n), a[i * n + k], result.AsSpan(i * n, n), result.AsSpan(i * n, n));
        return result;
    }
}
