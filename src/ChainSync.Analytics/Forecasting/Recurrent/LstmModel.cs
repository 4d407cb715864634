using ChainSync.Analytics.Forecasting.Linear;
using ChainSync.Analytics.Forecasting.Panels;
using ChainSync.Analytics.Forecasting.Trees;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Recurrent;

/// <summary>
/// <c>lstm</c>: one recurrent network over all series of a panel, each in units of its recent level, trained by backpropagation
/// through time (see <see cref="LstmNetwork{T}"/>) as a correction to the mean of like periods. Brisk series learn the logarithm by absolute error, slow ones the mean by Poisson
/// deviance.
/// </summary>
internal sealed class LstmModel(int steps = 1200, int seed = 20261) : IForecastModel
{
    private const int Hidden = 32;
    private const int Decoder = 24;
    private const int LongestHorizon = 35;
    private const int MostWindows = 5_000;
    private const int Span = 1_000;

    public string Name => ModelNames.Lstm;

    public FittedModel Fit(IReadOnlyList<TimeSeries> panel, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(panel);
        var effects = new Dictionary<string, CalendarRegression>(StringComparer.Ordinal);
        foreach (var series in panel)
            if (CalendarEffects.Learn(series) is { } learned)
                effects.Add(series.Id, learned);
        var views = panel.Select(s => new PanelSeries(s, effects.GetValueOrDefault(s.Id), 0)).ToArray();
        var slow = SlowDemand.Rules(views);
        var known = TreeFeatures.KnownColumns(panel);
        var features = new LstmFeatures(known);
        var window = panel[0].Grain == Grain.Hourly ? 72 : panel[0].Grain == Grain.Daily ? 56 : 16;
        var shape = new LstmShape(features.Inputs, Hidden, features.Known, Decoder);
        var sample = Draw(views, features, window);
        var weights = LstmTrainer.Train(shape, window, LongestHorizon, sample, slow, steps, seed, cancellationToken);
        return new LstmFit { Effects = effects, KnownColumns = known, Slow = slow, Window = window, Shape = shape, Weights = weights };
    }

    /// <summary>Evenly spaced origins of the last years; the newest outcomes of an origin may still be unknown.</summary>
    private LstmSample Draw(PanelSeries[] views, LstmFeatures features, int window)
    {
        var origins = new List<(PanelSeries View, int Origin)>();
        var every = Math.Max(1, (int)Math.Ceiling(views.Sum(v => (double)Math.Max(0, Math.Min(Span, v.Observed.Length - window))) / MostWindows));
        var random = new Random(seed);
        foreach (var view in views)
            for (var o = Math.Max(window, view.Observed.Length - Span) + random.Next(every); o <= view.Observed.Length - 7; o += every)
                if (!double.IsNaN(view.Mean(o, PanelSeries.LevelWindow)))
                    origins.Add((view, o));
        var (inputs, known) = (new float[origins.Count * window * features.Inputs], new float[origins.Count * LongestHorizon * features.Known]);
        var (targets, units) = (new float[origins.Count * LongestHorizon], new float[origins.Count]);
        Array.Fill(targets, float.NaN);
        for (var i = 0; i < origins.Count; i++)
        {
            var (view, origin) = origins[i];
            units[i] = (float)view.Level(origin);
            features.FillWindow(view, origin, window, inputs.AsSpan(i * window * features.Inputs, window * features.Inputs));
            for (var k = 0; k < LongestHorizon && origin + k < view.Observed.Length; k++)
            {
                targets[i * LongestHorizon + k] = (float)view.Observed[origin + k];
                features.FillKnown(view, origin, k + 1, known.AsSpan((i * LongestHorizon + k) * features.Known, features.Known));
            }
        }
        return new LstmSample(inputs, known, targets, units, [.. origins.Select(o => o.View.Observed.Length - o.Origin)]);
    }
}

internal sealed class LstmFit : FittedModel
{
    public override string Name => ModelNames.Lstm;

    public required Dictionary<string, CalendarRegression> Effects { get; init; }

    public required string[] KnownColumns { get; init; }

    public required bool Slow { get; init; }

    public required int Window { get; init; }

    public required LstmShape Shape { get; init; }

    public required float[] Weights { get; init; }

    protected override double[] PredictOpen(TimeSeries history, int horizon)
    {
        var view = new PanelSeries(history, Effects.GetValueOrDefault(history.Id), horizon);
        var features = new LstmFeatures(KnownColumns);
        var (inputs, known, outputs) = (new float[Window * features.Inputs], new float[horizon * features.Known], new float[horizon]);
        features.FillWindow(view, history.Count, Window, inputs);
        for (var k = 0; k < horizon; k++)
            features.FillKnown(view, history.Count, k + 1, known.AsSpan(k * features.Known, features.Known));
        new LstmNetwork<float>(Shape, Window, horizon).Forward(Weights, inputs, known, outputs);
        var unit = view.Level(history.Count);
        return Array.ConvertAll(outputs, o => Slow ? unit * Math.Exp(Math.Clamp(o, -6, 4)) : LstmFeatures.Value(o, unit));
    }
}
