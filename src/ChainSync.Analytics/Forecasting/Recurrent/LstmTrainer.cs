using System.Numerics.Tensors;

namespace ChainSync.Analytics.Forecasting.Recurrent;

/// <summary>Training windows of a panel.</summary>
/// <param name="Inputs">[count][window][inputs].</param>
/// <param name="Known">[count][horizon][known].</param>
/// <param name="Targets">[count][horizon]; NaN is not scored.</param>
/// <param name="Units">Unit of each window.</param>
internal sealed record LstmSample(float[] Inputs, float[] Known, float[] Targets, float[] Units)
{
    public int Count => Units.Length;
}

/// <summary>Adam (Kingma and Ba 2015) with a cosine schedule and clipped gradients over seeded mini-batches.</summary>
internal static class LstmTrainer
{
    private const int Batch = 32;
    private const float LearningRate = 0.004f;
    private const float LargestNorm = 1;
    private const float WeightDecay = 1e-4f;

    public static float[] Train(LstmShape shape, int window, int horizon, LstmSample sample, bool slow, int steps, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var weights = Start(shape, random);
        var network = new LstmNetwork<float>(shape, window, horizon);
        var (gradient, mean, square) = (new float[shape.Count], new float[shape.Count], new float[shape.Count]);
        for (var step = 1; step <= steps && sample.Count > 0; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Clear(gradient);
            for (var b = 0; b < Batch; b++)
                Accumulate(network, shape, window, horizon, sample, random.Next(sample.Count), slow, weights, gradient);
            Clip(gradient);
            var rate = LearningRate * 0.5f * (1 + MathF.Cos(MathF.PI * step / (steps + 1)));
            Adam(weights, gradient, mean, square, rate, step);
        }
        return weights;
    }

    /// <summary>Uniform by fan-in; the forget gate starts open so that memory lasts from the first step (Jozefowicz et al. 2015).</summary>
    public static float[] Start(LstmShape shape, Random random)
    {
        var weights = new float[shape.Count];
        Fill(weights.AsSpan(0, shape.CellWeights), shape.Inputs + shape.Hidden);
        Fill(weights.AsSpan(shape.CellWeights, shape.DecoderWeights), shape.Hidden + shape.Known);
        Fill(weights.AsSpan(shape.CellWeights + shape.DecoderWeights), shape.Decoder + shape.Known);
        weights.AsSpan((shape.Inputs + shape.Hidden) * shape.Gates + shape.Hidden, shape.Hidden).Fill(1);
        return weights;

        void Fill(Span<float> block, int fanIn)
        {
            var bound = 1 / MathF.Sqrt(fanIn);
            foreach (ref var weight in block)
                weight = (2 * random.NextSingle() - 1) * bound;
        }
    }

    private static void Accumulate(
        LstmNetwork<float> network, LstmShape shape, int window, int horizon, LstmSample sample, int index, bool slow, float[] weights, float[] gradient)
    {
        var inputs = sample.Inputs.AsSpan(index * window * shape.Inputs, window * shape.Inputs);
        var known = sample.Known.AsSpan(index * horizon * shape.Known, horizon * shape.Known);
        var targets = sample.Targets.AsSpan(index * horizon, horizon);
        Span<float> outputs = stackalloc float[horizon];
        Span<float> errors = stackalloc float[horizon];
        network.Forward(weights, inputs, known, outputs);
        for (var k = 0; k < horizon; k++)
        {
            var slope = float.IsNaN(targets[k]) ? 0
                : slow ? LstmLoss.Poisson(outputs[k], targets[k], sample.Units[index]).Slope
                : LstmLoss.Absolute(outputs[k], LstmFeatures.LogRatio(targets[k], sample.Units[index])).Slope;
            errors[k] = slope / (horizon * Batch);
        }
        network.Backward(weights, inputs, known, errors, gradient);
    }

    private static void Clip(float[] gradient)
    {
        var norm = TensorPrimitives.Norm<float>(gradient);
        if (norm > LargestNorm)
            TensorPrimitives.Multiply(gradient, LargestNorm / norm, gradient);
    }

    private static void Adam(float[] weights, float[] gradient, float[] mean, float[] square, float rate, int step)
    {
        const float Memory = 0.9f;
        const float SquareMemory = 0.999f;
        var (meanScale, squareScale) = (1 / (1 - MathF.Pow(Memory, step)), 1 / (1 - MathF.Pow(SquareMemory, step)));
        for (var i = 0; i < weights.Length; i++)
        {
            mean[i] += (1 - Memory) * (gradient[i] - mean[i]);
            square[i] += (1 - SquareMemory) * (gradient[i] * gradient[i] - square[i]);
            weights[i] -= rate * (mean[i] * meanScale / (MathF.Sqrt(square[i] * squareScale) + 1e-8f) + WeightDecay * weights[i]);
        }
    }
}
