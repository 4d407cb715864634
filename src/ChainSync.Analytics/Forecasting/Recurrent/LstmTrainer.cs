namespace ChainSync.Analytics.Forecasting.Recurrent;

/// <summary>Training windows of a panel.</summary>
/// <param name="Inputs">[count][window][inputs].</param>
/// <param name="Known">[count][horizon][known].</param>
/// <param name="Targets">[count][horizon]; NaN is not scored.</param>
/// <param name="Units">Unit of each window.</param>
/// <param name="FromEnd">Periods between each window's origin and the end of its series.</param>
internal sealed record LstmSample(float[] Inputs, float[] Known, float[] Targets, float[] Units, int[] FromEnd)
{
    public int Count => Units.Length;
}

/// <summary>
/// Adam (Kingma and Ba 2015) with a cosine schedule and clipped gradients over seeded mini-batches. Training starts near the mean of like
/// periods and is pulled back to its start. Where windows are few, it stops as early as was best for the newest months, held out at first: a short
/// series learned by heart forecasts worse than its mean.
/// </summary>
internal static class LstmTrainer
{
    /// <summary>Windows are few when all steps would show each more often than this.</summary>
    private const int MostEpochs = 20;

    /// <summary>Epochs between which the held-out months choose; 0 is nearly the mean of like periods.</summary>
    private static readonly int[] Epochs = [0, 1, 2, 4, 8, 14, MostEpochs];

    public static float[] Train(LstmShape shape, int window, int horizon, LstmSample sample, bool slow, int steps, int seed, CancellationToken cancellationToken)
    {
        var run = new LstmRun(shape, window, horizon, sample, slow, seed, cancellationToken);
        var all = Enumerable.Range(0, sample.Count).ToArray();
        var most = StepsOf(MostEpochs, all);
        return steps <= most ? run.Train(all, steps, steps) : run.Train(all, most, StepsOf(BestEpochs(run, sample, horizon), all));
    }

    /// <summary>No held-out target is seen in training.</summary>
    private static int BestEpochs(LstmRun run, LstmSample sample, int horizon)
    {
        var older = Enumerable.Range(0, sample.Count).Where(i => sample.FromEnd[i] >= 2 * horizon).ToArray();
        var newest = Enumerable.Range(0, sample.Count).Where(i => sample.FromEnd[i] <= horizon).ToArray();
        var (best, least, at) = (0, double.PositiveInfinity, Epochs.ToLookup(e => StepsOf(e, older)));
        run.Train(older, StepsOf(MostEpochs, older), StepsOf(MostEpochs, older), (step, weights) =>
        {
            if (at.Contains(step) && run.LossOf(newest, weights) is var loss && loss < least)
                (best, least) = (at[step].First(), loss);
        });
        return best;
    }

    private static int StepsOf(int epochs, int[] windows) => epochs * windows.Length / LstmRun.Batch;

    /// <summary>
    /// Uniform by fan-in; the forget gate starts open so that memory lasts from the first step (Jozefowicz et al. 2015). What is known
    /// of the target answers directly with what like periods brought, and nothing else.
    /// </summary>
    public static float[] Start(LstmShape shape, Random random)
    {
        var weights = new float[shape.Count];
        Fill(weights.AsSpan(0, shape.CellWeights), shape.Inputs + shape.Hidden);
        Fill(weights.AsSpan(shape.CellWeights, shape.DecoderWeights), shape.Hidden + shape.Known);
        Fill(weights.AsSpan(shape.CellWeights + shape.DecoderWeights), shape.Decoder + shape.Known);
        weights.AsSpan((shape.Inputs + shape.Hidden) * shape.Gates + shape.Hidden, shape.Hidden).Fill(1);
        var direct = weights.AsSpan(shape.Count - shape.Known - 1);
        direct.Clear();
        direct[LstmFeatures.Anchor] = 1;
        return weights;

        void Fill(Span<float> block, int fanIn)
        {
            var bound = 1 / MathF.Sqrt(fanIn);
            foreach (ref var weight in block)
                weight = (2 * random.NextSingle() - 1) * bound;
        }
    }
}
