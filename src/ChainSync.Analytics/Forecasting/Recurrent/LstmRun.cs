using System.Numerics.Tensors;

namespace ChainSync.Analytics.Forecasting.Recurrent;

/// <summary>Runs of training over parts of one sample: every run starts from the same weights.</summary>
internal sealed class LstmRun(LstmShape shape, int window, int horizon, LstmSample sample, bool slow, int seed, CancellationToken cancellationToken)
{
    /// <summary>Windows per step.</summary>
    public const int Batch = 32;

    private const float LearningRate = 0.004f;
    private const float LargestNorm = 1;
    private const float PullBack = 1e-4f;

    private readonly LstmNetwork<float> _network = new(shape, window, horizon);
    private readonly float[] _outputs = new float[horizon];
    private readonly float[] _errors = new float[horizon];

    /// <param name="windows">Windows to learn from.</param>
    /// <param name="schedule">Steps over which the learning rate falls.</param>
    /// <param name="steps">Steps taken, at most <paramref name="schedule"/>.</param>
    /// <param name="after">Told the number of steps taken and the weights: before the first and after each.</param>
    public float[] Train(int[] windows, int schedule, int steps, Action<int, float[]>? after = null)
    {
        var random = new Random(seed);
        var weights = LstmTrainer.Start(shape, random);
        var start = (float[])weights.Clone();
        var (gradient, mean, square) = (new float[shape.Count], new float[shape.Count], new float[shape.Count]);
        after?.Invoke(0, weights);
        for (var step = 1; step <= steps && windows.Length > 0; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Clear(gradient);
            for (var b = 0; b < Batch; b++)
                Accumulate(windows[random.Next(windows.Length)], weights, gradient);
            Clip(gradient);
            var rate = LearningRate * 0.5f * (1 + MathF.Cos(MathF.PI * step / (schedule + 1)));
            Adam(weights, start, gradient, mean, square, rate, step);
            after?.Invoke(step, weights);
        }
        return weights;
    }

    /// <summary>Mean loss of some windows; NaN when they have no known target.</summary>
    public double LossOf(int[] windows, float[] weights)
    {
        var (sum, count) = (0.0, 0);
        foreach (var index in windows)
        {
            Forward(index, weights);
            for (var k = 0; k < horizon; k++)
                if (!float.IsNaN(sample.Targets[index * horizon + k]))
                    (sum, count) = (sum + Loss(index, k).Loss, count + 1);
        }
        return sum / count;
    }

    private void Accumulate(int index, float[] weights, float[] gradient)
    {
        Forward(index, weights);
        for (var k = 0; k < horizon; k++)
            _errors[k] = float.IsNaN(sample.Targets[index * horizon + k]) ? 0 : Loss(index, k).Slope / (horizon * Batch);
        _network.Backward(weights, InputsOf(index), KnownOf(index), _errors, gradient);
    }

    private void Forward(int index, float[] weights) => _network.Forward(weights, InputsOf(index), KnownOf(index), _outputs);

    private (float Loss, float Slope) Loss(int index, int k)
    {
        var (target, unit) = (sample.Targets[index * horizon + k], sample.Units[index]);
        return slow ? LstmLoss.Poisson(_outputs[k], target, unit) : LstmLoss.Absolute(_outputs[k], LstmFeatures.LogRatio(target, unit));
    }

    private ReadOnlySpan<float> InputsOf(int index) => sample.Inputs.AsSpan(index * window * shape.Inputs, window * shape.Inputs);

    private ReadOnlySpan<float> KnownOf(int index) => sample.Known.AsSpan(index * horizon * shape.Known, horizon * shape.Known);

    private static void Clip(float[] gradient)
    {
        var norm = TensorPrimitives.Norm<float>(gradient);
        if (norm > LargestNorm)
            TensorPrimitives.Multiply(gradient, LargestNorm / norm, gradient);
    }

    private static void Adam(float[] weights, float[] start, float[] gradient, float[] mean, float[] square, float rate, int step)
    {
        const float Memory = 0.9f;
        const float SquareMemory = 0.999f;
        var (meanScale, squareScale) = (1 / (1 - MathF.Pow(Memory, step)), 1 / (1 - MathF.Pow(SquareMemory, step)));
        for (var i = 0; i < weights.Length; i++)
        {
            mean[i] += (1 - Memory) * (gradient[i] - mean[i]);
            square[i] += (1 - SquareMemory) * (gradient[i] * gradient[i] - square[i]);
            weights[i] -= rate * (mean[i] * meanScale / (MathF.Sqrt(square[i] * squareScale) + 1e-8f) + PullBack * (weights[i] - start[i]));
        }
    }
}
