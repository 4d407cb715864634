using ChainSync.Analytics.Forecasting.Linear;
using ChainSync.Analytics.Forecasting.Panels;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Trees;

/// <summary>
/// <c>trees</c>: one gradient-boosted model over all series of a panel (Friedman 2001), forecasting each step directly in units of the
/// series' recent level: the logarithm of the ratio, by squared error. Slow panels go to <see cref="SlowTreesModel"/>.
/// </summary>
internal sealed class TreesModel(int trees = 160, int depth = 5, int seed = 20261) : IForecastModel
{
    private const double LearningRate = 0.07;
    private const int LongestHorizon = 35;
    private const int MostRows = 60_000;
    private const int FirstOrigin = 120;

    /// <summary>Slow panels learn less, and soon learn chance.</summary>
    private const double SlowShare = 0.625;

    public string Name => ModelNames.Trees;

    public FittedModel Fit(IReadOnlyList<TimeSeries> panel, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(panel);
        if (SlowDemand.Rules(panel))
            return new SlowTreesModel((int)(SlowShare * trees), seed).Fit(panel, cancellationToken);
        var effects = new Dictionary<string, CalendarRegression>(StringComparer.Ordinal);
        foreach (var series in panel)
            if (CalendarEffects.Learn(series) is { } learned)
                effects.Add(series.Id, learned);
        var views = panel.Select(s => new PanelSeries(s, effects.GetValueOrDefault(s.Id), 0)).ToArray();
        var known = TreeFeatures.KnownColumns(panel);
        var sample = TreeSample.Draw(views, new TreeFeatures(known), LongestHorizon, FirstOrigin, MostRows, seed);
        return new TreesFit
        {
            Effects = effects,
            KnownColumns = known,
            Trees = sample.Count == 0 ? [] : Boost(sample, cancellationToken),
        };
    }

    private RegressionTree[] Boost(TreeSample sample, CancellationToken cancellationToken)
    {
        var rows = BinnedRows.Of(sample.Features, sample.Width);
        var grower = new TreeGrower(rows, depth, leafPenalty: 5, leastCurvature: 20);
        var random = new Random(seed);
        var (gradient, curvature, score) = (new float[rows.Count], new float[rows.Count], new float[rows.Count]);
        var grown = new RegressionTree[trees];
        for (var t = 0; t < grown.Length; t++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Derivatives(sample, score, random, gradient, curvature);
            grown[t] = grower.Grow(gradient, curvature, Pick(sample.Width, random), LearningRate);
            var leaves = grower.LeafOfRow;
            for (var i = 0; i < score.Length; i++)
                score[i] += grown[t].Value[leaves[i]];
        }
        return grown;
    }

    /// <summary>Three rows of four per tree. Far errors pull no harder than 35 %.</summary>
    private static void Derivatives(TreeSample sample, float[] score, Random random, float[] gradient, float[] curvature)
    {
        for (var i = 0; i < score.Length; i++)
        {
            var drawn = random.NextSingle() < 0.75f;
            if (!drawn)
                (gradient[i], curvature[i]) = (0, 0);
            else
                (gradient[i], curvature[i]) = (Math.Clamp(score[i] - sample.LogRatio(i), -0.35f, 0.35f), 1);
        }
    }

    /// <summary>Seven features of ten per tree.</summary>
    private static int[] Pick(int width, Random random) =>
        [.. Enumerable.Range(0, width).Where(f => random.NextSingle() < 0.7f)];
}

internal sealed class TreesFit : FittedModel
{
    public override string Name => ModelNames.Trees;

    public required Dictionary<string, CalendarRegression> Effects { get; init; }

    public required string[] KnownColumns { get; init; }

    public required RegressionTree[] Trees { get; init; }

    protected override double[] PredictOpen(TimeSeries history, int horizon)
    {
        var view = new PanelSeries(history, Effects.GetValueOrDefault(history.Id), horizon);
        var features = new TreeFeatures(KnownColumns);
        var row = new float[features.Width];
        var unit = view.Level(history.Count);
        var forecast = new double[horizon];
        for (var h = 0; h < horizon; h++)
        {
            features.Fill(view, history.Count, h + 1, row);
            var score = 0f;
            foreach (var tree in Trees)
                score += tree.Predict(row);
            forecast[h] = unit * TreeSample.Ratio(score);
        }
        return forecast;
    }
}
