using System.Numerics;
using System.Numerics.Tensors;

namespace ChainSync.Analytics.Forecasting.Recurrent;

/// <summary>
/// A long short-term memory network (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000) that reads a window of
/// the past and answers every coming period directly from its last state and what is known of that period. Gradients by
/// backpropagation through time. Generic so that training runs in float and the gradient check in double. Not thread-safe: holds the
/// activations of one window.
/// </summary>
internal sealed class LstmNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LstmShape _shape;
    private readonly int _window;
    private readonly T[] _gates;
    private readonly T[] _cells;
    private readonly T[] _squashed;
    private readonly T[] _states;
    private readonly T[] _base;
    private readonly T[] _units;
    private readonly T[] _gateErrors;
    private readonly T[] _stateError;
    private readonly T[] _cellError;
    private readonly T[] _unitErrors;
    private readonly T[] _baseError;

    public LstmNetwork(LstmShape shape, int window, int horizon)
    {
        (_shape, _window) = (shape, window);
        var hidden = shape.Hidden;
        _gates = new T[window * shape.Gates];
        (_cells, _squashed, _states) = (new T[(window + 1) * hidden], new T[(window + 1) * hidden], new T[(window + 1) * hidden]);
        (_base, _units) = (new T[shape.Decoder], new T[horizon * shape.Decoder]);
        (_gateErrors, _stateError, _cellError) = (new T[shape.Gates], new T[hidden], new T[hidden]);
        (_unitErrors, _baseError) = (new T[shape.Decoder], new T[shape.Decoder]);
    }

    /// <summary>Reads a window and answers the coming periods.</summary>
    /// <param name="weights">All weights.</param>
    /// <param name="inputs">[window][Inputs].</param>
    /// <param name="known">[horizon][Known].</param>
    /// <param name="outputs">One answer per coming period.</param>
    public void Forward(ReadOnlySpan<T> weights, ReadOnlySpan<T> inputs, ReadOnlySpan<T> known, Span<T> outputs)
    {
        for (var t = 0; t < _window; t++)
            StepForward(weights[.._shape.CellWeights], inputs.Slice(t * _shape.Inputs, _shape.Inputs), t);
        Decode(weights, known, outputs);
    }

    /// <summary>Adds the gradient of a loss to <paramref name="gradient"/>, given its derivatives by the outputs of the last forward pass.</summary>
    public void Backward(ReadOnlySpan<T> weights, ReadOnlySpan<T> inputs, ReadOnlySpan<T> known, ReadOnlySpan<T> outputErrors, Span<T> gradient)
    {
        Array.Clear(_stateError);
        Array.Clear(_cellError);
        DecodeBackward(weights, known, outputErrors, gradient);
        for (var t = _window - 1; t >= 0; t--)
            StepBackward(weights[.._shape.CellWeights], inputs.Slice(t * _shape.Inputs, _shape.Inputs), t, gradient[.._shape.CellWeights]);
    }

    private void StepForward(ReadOnlySpan<T> weights, ReadOnlySpan<T> input, int t)
    {
        var (hidden, width) = (_shape.Hidden, _shape.Gates);
        var gates = _gates.AsSpan(t * width, width);
        var previous = _states.AsSpan(t * hidden, hidden);
        weights.Slice((_shape.Inputs + hidden) * width, width).CopyTo(gates);
        AddRows(weights, input, gates);
        AddRows(weights[(_shape.Inputs * width)..], previous, gates);
        TensorPrimitives.Sigmoid(gates[..(3 * hidden)], gates[..(3 * hidden)]);
        TensorPrimitives.Tanh(gates[(3 * hidden)..], gates[(3 * hidden)..]);
        var cell = _cells.AsSpan((t + 1) * hidden, hidden);
        TensorPrimitives.Multiply(gates.Slice(hidden, hidden), _cells.AsSpan(t * hidden, hidden), cell);
        TensorPrimitives.MultiplyAdd(gates[..hidden], gates[(3 * hidden)..], cell, cell);
        var squashed = _squashed.AsSpan((t + 1) * hidden, hidden);
        TensorPrimitives.Tanh(cell, squashed);
        TensorPrimitives.Multiply(gates.Slice(2 * hidden, hidden), squashed, _states.AsSpan((t + 1) * hidden, hidden));
    }

    private static void AddRows(ReadOnlySpan<T> rows, ReadOnlySpan<T> factors, Span<T> sum)
    {
        for (var j = 0; j < factors.Length; j++)
            if (factors[j] != T.Zero)
                TensorPrimitives.MultiplyAdd(rows.Slice(j * sum.Length, sum.Length), factors[j], sum, sum);
    }

    private void Decode(ReadOnlySpan<T> weights, ReadOnlySpan<T> known, Span<T> outputs)
    {
        var width = _shape.Decoder;
        var layer = weights.Slice(_shape.CellWeights, _shape.DecoderWeights);
        var output = weights[(_shape.CellWeights + _shape.DecoderWeights)..];
        layer.Slice((_shape.Hidden + _shape.Known) * width, width).CopyTo(_base);
        AddRows(layer, _states.AsSpan(_window * _shape.Hidden, _shape.Hidden), _base);
        for (var k = 0; k < outputs.Length; k++)
        {
            var row = known.Slice(k * _shape.Known, _shape.Known);
            var units = _units.AsSpan(k * width, width);
            _base.CopyTo(units);
            AddRows(layer[(_shape.Hidden * width)..], row, units);
            TensorPrimitives.Tanh(units, units);
            outputs[k] = TensorPrimitives.Dot(output[..width], units) + TensorPrimitives.Dot(output.Slice(width, _shape.Known), row) + output[^1];
        }
    }

    private void DecodeBackward(ReadOnlySpan<T> weights, ReadOnlySpan<T> known, ReadOnlySpan<T> errors, Span<T> gradient)
    {
        var (width, hidden) = (_shape.Decoder, _shape.Hidden);
        var layer = weights.Slice(_shape.CellWeights, _shape.DecoderWeights);
        var layerGradient = gradient.Slice(_shape.CellWeights, _shape.DecoderWeights);
        var output = weights[(_shape.CellWeights + _shape.DecoderWeights)..];
        var outputGradient = gradient[(_shape.CellWeights + _shape.DecoderWeights)..];
        Array.Clear(_baseError);
        for (var k = 0; k < errors.Length; k++)
        {
            if (errors[k] == T.Zero)
                continue;
            var row = known.Slice(k * _shape.Known, _shape.Known);
            var units = _units.AsSpan(k * width, width);
            TensorPrimitives.MultiplyAdd(units, errors[k], outputGradient[..width], outputGradient[..width]);
            TensorPrimitives.MultiplyAdd(row, errors[k], outputGradient.Slice(width, _shape.Known), outputGradient.Slice(width, _shape.Known));
            outputGradient[^1] += errors[k];
            for (var j = 0; j < width; j++)
                _unitErrors[j] = errors[k] * output[j] * (T.One - units[j] * units[j]);
            AddOuter(row, _unitErrors, layerGradient[(hidden * width)..]);
            TensorPrimitives.Add(_baseError, _unitErrors, _baseError);
        }
        TensorPrimitives.Add(layerGradient.Slice((hidden + _shape.Known) * width, width), _baseError, layerGradient.Slice((hidden + _shape.Known) * width, width));
        AddOuter(_states.AsSpan(_window * hidden, hidden), _baseError, layerGradient);
        for (var j = 0; j < hidden; j++)
            _stateError[j] = TensorPrimitives.Dot(layer.Slice(j * width, width), _baseError);
    }

    private static void AddOuter(ReadOnlySpan<T> factors, ReadOnlySpan<T> errors, Span<T> rows)
    {
        for (var j = 0; j < factors.Length; j++)
            if (factors[j] != T.Zero)
                TensorPrimitives.MultiplyAdd(errors, factors[j], rows.Slice(j * errors.Length, errors.Length), rows.Slice(j * errors.Length, errors.Length));
    }

    private void StepBackward(ReadOnlySpan<T> weights, ReadOnlySpan<T> input, int t, Span<T> gradient)
    {
        var (hidden, width) = (_shape.Hidden, _shape.Gates);
        GateErrors(t);
        AddOuter(input, _gateErrors, gradient);
        AddOuter(_states.AsSpan(t * hidden, hidden), _gateErrors, gradient[(_shape.Inputs * width)..]);
        var bias = gradient.Slice((_shape.Inputs + hidden) * width, width);
        TensorPrimitives.Add(bias, _gateErrors, bias);
        for (var j = 0; j < hidden; j++)
            _stateError[j] = TensorPrimitives.Dot(weights.Slice((_shape.Inputs + j) * width, width), _gateErrors);
    }

    /// <summary>Derivatives by the gates' sums, and the cell's error passed to the period before.</summary>
    private void GateErrors(int t)
    {
        var hidden = _shape.Hidden;
        var gates = _gates.AsSpan(t * _shape.Gates, _shape.Gates);
        for (var j = 0; j < hidden; j++)
        {
            var (i, f, o, g) = (gates[j], gates[hidden + j], gates[2 * hidden + j], gates[3 * hidden + j]);
            var squashed = _squashed[(t + 1) * hidden + j];
            var cellError = _cellError[j] + _stateError[j] * o * (T.One - squashed * squashed);
            _gateErrors[j] = cellError * g * i * (T.One - i);
            _gateErrors[hidden + j] = cellError * _cells[t * hidden + j] * f * (T.One - f);
            _gateErrors[2 * hidden + j] = _stateError[j] * squashed * o * (T.One - o);
            _gateErrors[3 * hidden + j] = cellError * i * (T.One - g * g);
            _cellError[j] = cellError * f;
        }
    }
}
