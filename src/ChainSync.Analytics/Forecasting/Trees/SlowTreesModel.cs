using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Trees;

/// <summary>
/// The trees of a slow panel: boosted Poisson trees (Friedman 2001) forecast the sales of whole blocks (weeks of days), and
/// <see cref="DayShares"/> spreads each block over its days. A single day is mostly chance, so learning from sums tells more per row,
/// and sums are what orders need.
/// </summary>
internal sealed class SlowTreesModel(int trees, int seed)
{
    /// <summary>Blocks ahead that are learned apart; later ones repeat the last.</summary>
    public const int Blocks = 4;

    private const double LearningRate = 0.07;
    private const int Depth = 4;

    /// <summary>Penalty and least content of a leaf, in units sold.</summary>
    private const double LeafPenalty = 300;

    private const double LeastInLeaf = 225;
    private const int MostRows = 90_000;

    /// <summary>History, in blocks, before the first origin that teaches; and how far back the last one lies.</summary>
    private const int FirstOrigin = 16;

    private const int OldestOrigin = 214;

    public SlowTreesFit Fit(IReadOnlyList<TimeSeries> panel, CancellationToken cancellationToken)
    {
        var views = panel.Select(s => new SlowView(s, 0)).ToArray();
        var shares = DayShares.Learn(views.Select(v => v.Panel));
        var sample = Draw(views, shares);
        return new SlowTreesFit { Shares = shares, Trees = sample.Count == 0 ? [] : Boost(sample, cancellationToken) };
    }

    private BlockSample Draw(SlowView[] views, DayShares shares)
    {
        var rows = views.Sum(v => Math.Min(Math.Max(0, v.Panel.Observed.Length - FirstOrigin * v.Block), (OldestOrigin - FirstOrigin) * v.Block) * (double)Blocks);
        var every = Math.Max(1, (int)Math.Ceiling(rows / MostRows));
        var (sample, random) = (new BlockSample(), new Random(seed));
        foreach (var view in views)
        {
            var last = view.Panel.Observed.Length - view.Block - random.Next(every);
            var oldest = Math.Max(FirstOrigin * view.Block, view.Panel.Observed.Length - OldestOrigin * view.Block);
            for (var origin = last; view.First >= 0 && origin >= Math.Max(oldest, view.First + 2 * view.Block); origin -= every)
                for (var block = 0; block < Blocks; block++)
                    sample.Add(view, shares, origin, block);
        }
        return sample;
    }

    private RegressionTree[] Boost(BlockSample sample, CancellationToken cancellationToken)
    {
        var rows = BinnedRows.Of(sample.Features(), SlowFeatures.Width);
        var grower = new TreeGrower(rows, Depth, LeafPenalty, LeastInLeaf);
        var random = new Random(seed);
        var (gradient, curvature, score) = (new float[rows.Count], new float[rows.Count], new float[rows.Count]);
        var grown = new RegressionTree[trees];
        for (var t = 0; t < trees; t++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < score.Length; i++)
            {
                var mean = random.NextSingle() < 0.75f ? sample.Usual[i] * MathF.Exp(score[i]) : float.NaN;
                (gradient[i], curvature[i]) = float.IsNaN(mean) ? (0, 0) : (mean - sample.Sold[i], mean);
            }
            int[] features = [.. Enumerable.Range(0, SlowFeatures.Width).Where(_ => random.NextSingle() < 0.7f)];
            grown[t] = grower.Grow(gradient, curvature, features, LearningRate);
            var leaves = grower.LeafOfRow;
            for (var i = 0; i < score.Length; i++)
                score[i] += grown[t].Value[leaves[i]];
        }
        return grown;
    }
}

/// <summary>Training rows: blocks whose outcome is known, with what the series' unit and the shares alone would expect.</summary>
internal sealed class BlockSample
{
    private const double LeastKnown = 0.6;

    private readonly List<float> _features = [];
    private readonly float[] _row = new float[SlowFeatures.Width];

    public int Count => Sold.Count;

    public List<float> Sold { get; } = [];

    public List<float> Usual { get; } = [];

    /// <summary>Row-major.</summary>
    public float[] Features() => [.. _features];

    public void Add(SlowView view, DayShares shares, int origin, int block)
    {
        var (from, panel) = (origin + block * view.Block, view.Panel);
        if (from + view.Block > panel.Observed.Length)
            return;
        var (sold, share, known) = (0.0, 0.0, 0);
        for (var i = from; i < from + view.Block; i++)
            if (!double.IsNaN(panel.Observed[i]))
                (sold, share, known) = (sold + Math.Max(0, panel.Observed[i]), share + shares.Of(panel, i), known + 1);
        if (known < LeastKnown * view.Block)
            return;
        SlowFeatures.Fill(view, origin, block, _row);
        _features.AddRange(_row);
        Sold.Add((float)sold);
        Usual.Add((float)(view.Unit(origin) * share));
    }
}

internal sealed class SlowTreesFit : FittedModel
{
    public override string Name => ModelNames.Trees;

    public required DayShares Shares { get; init; }

    public required RegressionTree[] Trees { get; init; }

    protected override double[] PredictOpen(TimeSeries history, int horizon)
    {
        var view = new SlowView(history, horizon);
        var (unit, own) = (view.Unit(history.Count), Shares.OwnOf(view.Panel));
        var row = new float[SlowFeatures.Width];
        var (forecast, level) = (new double[horizon], view.First < 0 ? 0 : unit);
        for (var h = 0; h < horizon; h++)
        {
            if (h % view.Block == 0 && h / view.Block < SlowTreesModel.Blocks && view.First >= 0)
            {
                SlowFeatures.Fill(view, history.Count, h / view.Block, row);
                level = unit * Math.Exp(Trees.Sum(t => t.Predict(row)));
            }
            var index = history.Count + h;
            forecast[h] = level * Shares.Of(view.Panel, index) * own.GetValueOrDefault(view.Panel.Phase(index), 1);
        }
        return forecast;
    }
}
