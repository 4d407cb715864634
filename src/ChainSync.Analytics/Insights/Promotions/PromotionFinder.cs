using ChainSync.Analytics.Insights.Changes;
using MathNet.Numerics.Distributions;

namespace ChainSync.Analytics.Insights.Promotions;

/// <summary>What promotions of the past year sold more, and whether the margin they gave away came back.</summary>
internal sealed class PromotionFinder : IInsightFinder
{
    private const int YearDays = 364;

    public IEnumerable<Finding> Find(InsightInput input, InsightOptions options, CancellationToken cancellationToken)
    {
        var tested = input.Watched.Sum(w => w.Promotions.Count);
        foreach (var watched in input.Watched)
            foreach (var terms in watched.Promotions)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Judge(watched, terms, options.FalseAlarmRate / tested) is { } finding)
                    yield return finding;
            }
    }

    private static Finding? Judge(WatchedSeries watched, PromotionTerms terms, double alarmRate)
    {
        var series = watched.Series;
        var from = Math.Max(0, series.Count - YearDays);
        if (!(series.Known.Columns.First(c => c.Name == terms.Column).Values.Span[from..series.Count].ContainsAnyInRange(double.Epsilon, double.MaxValue))
            || PromotionRegression.Estimate(series, terms.Column, from) is not { Error: > 0 } effect)
            return null;
        var z = -Normal.InvCDF(0, 1, alarmRate / 2);
        var margin = Margins(watched, terms, from, effect.Log);
        var low = Margins(watched, terms, from, effect.Log - z * effect.Error).Gain;
        var high = Margins(watched, terms, from, effect.Log + z * effect.Error).Gain;
        var state = (low, high) switch { ( > 0, _) => "paid", (_, < 0) => "lost", _ => "" };
        return state.Length == 0 ? null : Describe(watched, terms, from, effect, z, margin, low, high, state);
    }

    /// <summary>Margin on promoted days, and what the same days would have brought without, if the promotion multiplies sales by e^effect.</summary>
    private static (int Days, double Units, double UnitsWithout, double Gain) Margins(WatchedSeries watched, PromotionTerms terms, int from, double effect)
    {
        var series = watched.Series;
        var promotion = series.Known.Columns.First(c => c.Name == terms.Column).Values.Span;
        var (days, units, without) = (0, 0.0, 0.0);
        for (var i = from; i < series.Count; i++)
            if (series.IsObserved(i) && promotion[i] > 0)
                (days, units, without) = (days + 1, units + series.Values[i], without + Math.Max(0, (series.Values[i] + 1) * Math.Exp(-effect * promotion[i]) - 1));
        return (days, units, without, units * terms.MarginPromotedMinor - without * terms.MarginNormalMinor);
    }

    private static Finding Describe(
        WatchedSeries watched,
        PromotionTerms terms,
        int from,
        PromotionRegression.Effect effect,
        double z,
        (int Days, double Units, double UnitsWithout, double Gain) margin,
        double low,
        double high,
        string state)
    {
        var series = watched.Series;
        var subject = $"{series.Id}/{terms.Column}";
        var evidence = new Evidence(
            "promotion-effect",
            DateOnly.FromDateTime(series.TimeAt(from)),
            DateOnly.FromDateTime(series.TimeAt(series.Count - 1)),
            Evidence.Numbers(("marginNormalMinor", terms.MarginNormalMinor), ("marginPromotedMinor", terms.MarginPromotedMinor), ("z", z), ("isMoney", watched.IsMoney ? 1 : 0)),
            Evidence.Numbers(
                ("days", margin.Days),
                ("logEffect", effect.Log),
                ("logError", effect.Error),
                ("lift", Math.Exp(effect.Log) - 1),
                ("liftLow", Math.Exp(effect.Log - z * effect.Error) - 1),
                ("liftHigh", Math.Exp(effect.Log + z * effect.Error) - 1),
                ("units", margin.Units),
                ("unitsWithout", margin.UnitsWithout),
                ("gainMinor", margin.Gain),
                ("gainLowMinor", low),
                ("gainHighMinor", high)));
        var action = state == "paid" ? InsightActionKind.RepeatPromotion : InsightActionKind.StopPromotion;
        return new Finding(InsightKind.PromotionEffect, subject, evidence, new InsightAction(action, subject))
        {
            SubjectName = watched.Name,
            OtherName = terms.Column,
            State = state,
            StakeMinor = Math.Abs(margin.Gain),
            StakeDays = margin.Days,
            Sigmas = Math.Abs(margin.Gain) / Math.Max((high - low) / (2 * z), 1e-9),
        };
    }
}
