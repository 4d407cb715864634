using ChainSync.Analytics.Insights;

namespace ChainSync.InsightsBench;

/// <summary>
/// Scores insights by rule: the claim comes out again from the raw data, it is above the materiality floor, it was not shown within
/// seven days, it names an action, and a change claimed on the injected series points at an injected event. Walks mornings store by
/// store, handing the history on as a server would.
/// </summary>
internal sealed class Relevance(InsightOptions options)
{
    /// <summary>Days by which the claimed beginning of a change may miss the event: weeks are whole.</summary>
    private const int Near = 7;

    private readonly List<Scored> _scored = [];

    private readonly HashSet<InjectedEvent> _found = [];

    public IReadOnlyList<Scored> All => _scored;

    /// <summary>Injected changes of level, and how many of them a claimed change points at.</summary>
    public int LevelEvents { get; private set; }

    public int LevelEventsFound => _found.Count(IsLevel);

    /// <summary>Runs the engine over mornings.</summary>
    /// <param name="source">Name of the data.</param>
    /// <param name="mornings">Stores one after the other, days rising.</param>
    /// <param name="events">Injected events by series; null when there are none.</param>
    /// <returns>The engine's own time, and how many mornings there were.</returns>
    public (TimeSpan Time, int Mornings) Walk(string source, IEnumerable<Morning> mornings, ILookup<string, InjectedEvent>? events = null)
    {
        LevelEvents += events?.SelectMany(e => e).Count(IsLevel) ?? 0;
        var engine = new InsightEngine(options);
        var histories = new Dictionary<string, InsightHistory>(StringComparer.Ordinal);
        var shown = new Dictionary<string, (DateOnly Day, InsightSeverity Severity, string State)>(StringComparer.Ordinal);
        var (spent, count) = (TimeSpan.Zero, 0);
        foreach (var morning in mornings)
        {
            var store = morning.Input.StoreId;
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            var report = engine.Run(morning.Input, histories.GetValueOrDefault(store));
            spent += System.Diagnostics.Stopwatch.GetElapsedTime(start);
            count++;
            histories[store] = report.History;
            foreach (var insight in report.Insights)
            {
                var faults = Faults(insight, morning, shown, events).ToList();
                shown[store + insight.Key] = (morning.Input.Today, insight.Severity, insight.Finding.State);
                _scored.Add(new Scored(source, morning.Input.Today, insight, faults));
            }
        }
        return (spent, count);
    }

    /// <summary>A sample that every kind is in as evenly as its number allows; the same on every run.</summary>
    public IReadOnlyList<Scored> Sample(int size)
    {
        var random = new Random(1);
        var queues = _scored.GroupBy(s => s.Insight.Finding.Kind).OrderBy(g => g.Key)
            .Select(g => new Queue<Scored>(g.OrderBy(_ => random.Next()))).ToList();
        var sample = new List<Scored>();
        while (sample.Count < Math.Min(size, _scored.Count))
            foreach (var queue in queues)
                if (sample.Count < size && queue.TryDequeue(out var next))
                    sample.Add(next);
        return sample;
    }

    private IEnumerable<string> Faults(
        Insight insight,
        Morning morning,
        Dictionary<string, (DateOnly Day, InsightSeverity Severity, string State)> shown,
        ILookup<string, InjectedEvent>? events)
    {
        foreach (var difference in Recomputation.Differences(insight.Finding, morning, options))
            yield return difference;
        if (!IsMaterial(insight, morning.Input))
            yield return "below the floor";
        if (shown.TryGetValue(morning.Input.StoreId + insight.Key, out var last) && morning.Input.Today.DayNumber - last.Day.DayNumber < 7
            && insight.Severity <= last.Severity && insight.Finding.State == last.State)
            yield return "shown within seven days";
        if (insight.Finding.Action.SubjectId.Length == 0 || insight.Title.Length == 0 || insight.Explanation.Length == 0)
            yield return "names no action";
        if (events is not null && insight.Finding.Kind == InsightKind.TrendChange && !PointsAtEvent(insight, events[insight.Finding.SubjectId]))
            yield return "no injected event";
    }

    private static bool IsMaterial(Insight insight, InsightInput input)
    {
        var days = Enumerable.Range(0, input.Revenue.Count).Where(input.Revenue.IsObserved).Select(i => input.Revenue.Values[i]).TakeLast(28);
        return insight.Finding.StakeMinor >= 0.01 * days.Average() * insight.Finding.StakeDays || insight.Finding.Sigmas >= 2;
    }

    /// <summary>The claimed change and an event overlap within a week.</summary>
    private bool PointsAtEvent(Insight insight, IEnumerable<InjectedEvent> events)
    {
        var (from, to) = ((int)insight.Finding.Evidence["beganDay"], insight.Finding.Evidence.To.DayNumber);
        var near = events.Where(e => e.From.DayNumber - Near <= from && from <= e.To.DayNumber + Near && e.From.DayNumber <= to).ToList();
        _found.UnionWith(near);
        return near.Count > 0;
    }

    private static bool IsLevel(InjectedEvent e) => e.Type.StartsWith("level", StringComparison.Ordinal);
}

/// <summary>An insight with what is wrong with it.</summary>
internal sealed record Scored(string Source, DateOnly Day, Insight Insight, IReadOnlyList<string> Faults)
{
    public bool IsRelevant => Faults.Count == 0;
}
