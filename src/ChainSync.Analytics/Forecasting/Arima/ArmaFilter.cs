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
    private readonly double[] _first;
    private readonly double[] _state;
    private readonly double[] _gain;
    private double[] _covariance;
    private double[] _next;
    private bool _steady;

    public ArmaFilter(double[] ar, double[] ma)
    {
        _size = Math.Max(ar.Length, ma.Length + 1);
        _ar = new double[_size];
        ar.CopyTo(_ar, 0);
        _shock = new double[_size];
        _shock[0] = 1;
        ma.CopyTo(_shock, 1);
        (_state, _gain, _first) = (new double[_size], new double[_size], new double[_size]);
        (_covariance, _next) = (new double[_size * _size], new double[_size * _size]);
        _start = ArmaCovariance.Stationary(_ar, _shock);
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

    /// <summary>
    /// P ← T M T' + R R' in the companion form, where M = P − P z z'P / F. What was observed is known: then M has no first row and
    /// column, and the rest of it moves up by one.
    /// </summary>
    private void AdvanceCovariance(bool observed)
    {
        var n = _size;
        var p = _covariance.AsSpan();
        if (observed)
            p[..n].CopyTo(_first);
        else
            Array.Clear(_first);
        for (var i = 0; i < n; i++)
        {
            var row = _next.AsSpan(i * n, n);
            row.Clear();
            if (i + 1 < n)
                TensorPrimitives.MultiplyAdd(_first.AsSpan(1), observed ? -_gain[i + 1] : 0, p.Slice((i + 1) * n + 1, n - 1), row);
            if (_shock[i] != 0)
                TensorPrimitives.MultiplyAdd(_shock, _shock[i], row, row);
            if (!observed)
                AddUnobserved(row, i);
        }
        _steady = observed && IsUnchanged();
        (_covariance, _next) = (_next, _covariance);
    }

    /// <summary>What the first row and column of M bring to a row when nothing was observed.</summary>
    private void AddUnobserved(Span<double> row, int i)
    {
        var n = _size;
        var p = _covariance.AsSpan();
        TensorPrimitives.MultiplyAdd(_ar, _ar[i] * p[0] + (i + 1 < n ? p[i + 1] : 0), row, row);
        TensorPrimitives.MultiplyAdd(p[1..n], _ar[i], row[..(n - 1)], row[..(n - 1)]);
    }

    private bool IsUnchanged()
    {
        for (var i = 0; i < _size; i++)
            if (Math.Abs(_next[i] - _covariance[i]) > Settled)
                return false;
        return true;
    }
}
