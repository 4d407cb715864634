namespace ChainSync.Analytics.Insights;

/// <summary>
/// Runs the finders and keeps what matters: claims above the materiality floor, each once, not repeated within the quiet days unless the
/// situation changed, ranked by severity and worth, and no more than a person reads. Same input, same answer; the order of the parts of
/// the input does not matter. Holds no state, so it may be shared by threads.
/// </summary>
public sealed class InsightEngine
{
    private readonly IReadOnlyList<IInsightFinder> _finders;
    private readonly InsightOptions _options;

    /// <summary>Creates an engine.</summary>
    /// <param name="options">Thresholds; the defaults when null.</param>
    /// <param name="finders">What to look for; <see cref="InsightFinders.All"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A threshold is outside its range.</exception>
    public InsightEngine(InsightOptions? options = null, IReadOnlyList<IInsightFinder>? finders = null)
    {
        _options = options ?? new InsightOptions();
        InsightCheck.Options(_options);
        _finders = finders ?? InsightFinders.All;
    }

    /// <summary>Insights of a morning.</summary>
    /// <param name="input">What is known; not changed.</param>
    /// <param name="history">What was shown lately; nothing when null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InsightException">The input contradicts itself; the message names the place.</exception>
    public InsightReport Run(InsightInput input, InsightHistory? history = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        InsightCheck.Input(input);
        var shown = history ?? InsightHistory.Empty;
        var judged = new List<Insight>();
        foreach (var finder in _finders)
            foreach (var finding in finder.Find(input, _options, cancellationToken))
                if (Judge(finding, input) is { } insight)
                    judged.Add(insight);
        Insight[] kept =
        [
            .. Ranked(judged)
                .DistinctBy(i => i.Key)
                .Where(i => !shown.Covers(i.Key, i.Severity, i.Finding.State, input.Today, _options.QuietDays))
                .GroupBy(i => i.Finding.Kind)
                .SelectMany(kind => kind.Take(_options.MostPerKind)),
        ];
        Insight[] answer = [.. Ranked(kept).Take(_options.MostInsights)];
        return new InsightReport(answer, shown.After(answer, input.Today, _options.QuietDays));
    }

    /// <summary>The family of a kind.</summary>
    public static InsightCategory CategoryOf(InsightKind kind) => kind switch
    {
        InsightKind.StockOut => InsightCategory.Forecast,
        InsightKind.PriceOutOfLine or InsightKind.PriceBetweenStores or InsightKind.SoldBelowCost => InsightCategory.Anomaly,
        InsightKind.TrendChange or InsightKind.SeasonChange => InsightCategory.Trend,
        _ => InsightCategory.Recommendation,
    };

    private Insight? Judge(Finding finding, InsightInput input)
    {
        var revenue = input.RevenuePerDayMinor * finding.StakeDays;
        var share = revenue > 0 ? finding.StakeMinor / revenue : 0;
        var material = share >= _options.MaterialShare || (share >= _options.LeastShare && finding.Sigmas >= _options.MaterialSigmas);
        if (!material)
            return null;
        var (title, explanation) = InsightWords.Of(finding, input);
        return new Insight(
            $"{finding.Kind}:{finding.SubjectId}",
            CategoryOf(finding.Kind),
            SeverityOf(share, finding),
            (long)Math.Round(finding.StakeMinor),
            share,
            title,
            explanation,
            finding);
    }

    private static InsightSeverity SeverityOf(double share, Finding finding)
    {
        var severity = share switch
        {
            >= 0.10 => InsightSeverity.Critical,
            >= 0.03 => InsightSeverity.High,
            >= 0.01 => InsightSeverity.Medium,
            _ => InsightSeverity.Low,
        };
        return finding.Urgent && severity < InsightSeverity.Critical ? severity + 1 : severity;
    }

    private static IOrderedEnumerable<Insight> Ranked(IEnumerable<Insight> insights) => insights
        .OrderByDescending(i => i.Severity)
        .ThenByDescending(i => i.ShareOfRevenue)
        .ThenByDescending(i => i.Finding.Sigmas)
        .ThenBy(i => i.Key, StringComparer.Ordinal);
}
