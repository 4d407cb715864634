using ChainSync.Analytics.Questions.Times;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>Turns stated slots into a whole query; every default it fills in is said in a sentence.</summary>
internal sealed class Completion(MetricCatalogue catalogue, Calendar calendar)
{
    private readonly QuestionOptions _options = calendar.Options;

    public AnalyticsQuery Complete(QuestionSlots slots)
    {
        if (slots.Metrics.Count == 0)
            AssumeRevenue(slots);

        if (slots.Intent == QueryIntent.Query && Starts(slots) > calendar.Today && IsFlow(slots.Metrics))
            slots.Intent = QueryIntent.Forecast;

        if (slots.Intent == QueryIntent.Forecast)
            Forecast(slots);

        var time = Time(slots);
        var compare = Compare(slots, time);
        Growth(slots, compare);
        var query = new AnalyticsQuery
        {
            Intent = slots.Intent,
            Metrics = [.. slots.Metrics],
            Dimensions = [.. slots.Dimensions],
            Filters = [.. slots.Filters],
            Time = new(time.Token, time.From, time.To),
            Grain = Grain(slots, time),
            Compare = compare,
            Having = [.. slots.Having],
            Limit = Limit(slots),
        };
        return query with { Sort = Sort(slots, query) };
    }

    private static DateOnly Starts(QuestionSlots slots) => slots.Time?.From ?? DateOnly.MinValue;

    private bool IsFlow(IEnumerable<string> metrics) => metrics.Any(m => catalogue.FindMetric(m)?.Kind == MetricKind.Flow);

    private bool IsSnapshot(QuestionSlots slots) => slots.Metrics.All(m => catalogue.FindMetric(m)?.Kind == MetricKind.Snapshot);

    private static void AssumeRevenue(QuestionSlots slots)
    {
        slots.Metrics.Add("revenue");
        slots.Assumptions.Add(slots.Intent == QueryIntent.Anomaly ? "No measure named: anomalies in revenue." : "No measure named: revenue.");
    }

    /// <summary>The forecast of each metric; a single product is forecast in units, since that is how it is ordered.</summary>
    private void Forecast(QuestionSlots slots)
    {
        var product = slots.Dimensions.Contains("product") || slots.Filters.Any(f => f.Field == "product");
        for (var i = 0; i < slots.Metrics.Count; i++)
        {
            var name = slots.Metrics[i];
            if (name is "revenue" or "forecast_revenue" && product && !slots.MoneyMeant)
                slots.Metrics[i] = "forecast_units";
            else
                slots.Metrics[i] = catalogue.FindMetric(name)?.ForecastAs ?? name;
        }

        var distinct = slots.Metrics.Distinct().ToList();
        slots.Metrics.Clear();
        slots.Metrics.AddRange(distinct);
    }

    private Period Time(QuestionSlots slots)
    {
        var period = slots.Time ?? Default(slots);
        if (slots.Intent == QueryIntent.Forecast)
            return Ahead(period);

        return slots.Intent == QueryIntent.Query && IsSnapshot(slots) && period.From > calendar.Today
            ? Period.Day("now", calendar.Today)
            : slots.Intent == QueryIntent.Recommendation ? period.Ahead ?? period : calendar.UpToToday(period);
    }

    /// <summary>The same words read forwards; a range that runs now is forecast from today to its end.</summary>
    private Period Ahead(Period period)
    {
        if (period.Ahead is { } ahead && period.To <= calendar.Today)
            period = ahead;

        return period.From < calendar.Today && period.To >= calendar.Today ? period with { From = calendar.Today } : period;
    }

    private Period Default(QuestionSlots slots)
    {
        if (slots.Intent == QueryIntent.Recommendation)
            return Period.Day("today", calendar.Today);

        if (slots.Intent == QueryIntent.Forecast)
            return Assumed(slots, calendar.Next(PeriodUnit.Day, _options.ForecastDays), $"the next {_options.ForecastDays} days");

        if (slots.Intent == QueryIntent.Query && IsSnapshot(slots))
            return Period.Day("now", calendar.Today);

        if (Comparing(slots) is { } unit)
        {
            var words = unit == PeriodUnit.Day ? "today" : $"this {unit.ToString().ToLowerInvariant()}, to today";
            return Assumed(slots, calendar.Unit(unit, 0, Calendar.Name("this", unit, 1)), words);
        }

        return slots.Grain switch
        {
            TimeGrain.Week => Assumed(slots, calendar.Last(PeriodUnit.Day, _options.PatternDays), $"the last {_options.PatternDays} days"),
            TimeGrain.Month or TimeGrain.Quarter => Assumed(slots, calendar.Last(PeriodUnit.Month, 12), "the last 12 months"),
            TimeGrain.Year => Assumed(slots, new("all_time", _options.EarliestDate, calendar.Today, PeriodUnit.Day), "all years"),
            _ when IsPattern(slots) => Assumed(slots, calendar.Last(PeriodUnit.Day, _options.PatternDays), $"the last {_options.PatternDays} days"),
            _ => Assumed(slots, calendar.Last(PeriodUnit.Day, _options.DefaultDays), $"the last {_options.DefaultDays} days"),
        };
    }

    private static Period Assumed(QuestionSlots slots, Period period, string words)
    {
        slots.Assumptions.Add($"No period given: {words}.");
        return period;
    }

    /// <summary>The running unit that a comparison without a range of its own is about.</summary>
    private static PeriodUnit? Comparing(QuestionSlots slots) => slots.CompareWith switch
    {
        "year" => PeriodUnit.Year,
        "week" => PeriodUnit.Day,
        { } with when with.StartsWith("previous:", StringComparison.Ordinal) => Enum.Parse<PeriodUnit>(with["previous:".Length..], ignoreCase: true),
        "previous" => PeriodUnit.Month,
        _ => slots.Grows ? PeriodUnit.Month : null,
    };

    /// <summary>Hours, weekdays and goods that do not sell show only over a longer stretch.</summary>
    private static bool IsPattern(QuestionSlots slots) =>
        slots.Dimensions.Any(d => d is "hour" or "day_of_week") || slots.Filters.Any(f => f.Field is "hour" or "day_of_week")
        || slots.Having.Any(h => h is { Field: "units_sold" or "transactions", Op: QueryOperator.Eq, Value: 0 });

    private QueryComparison? Compare(QuestionSlots slots, Period time)
    {
        if (slots.Intent != QueryIntent.Query || IsSnapshot(slots))
            return null;

        if (slots.CompareWith is { } with and not "next")
            return with switch
            {
                "year" => LastYear(time),
                "week" => new(ComparisonKind.Range, time.From.AddDays(-7), time.To.AddDays(-7)),
                _ => Previous(time),
            };

        if (slots.CompareTo is { } other)
            return Against(slots.Time ?? time, time, other);

        return !slots.Grows ? null : time.Unit == PeriodUnit.Year ? LastYear(time) : Previous(time);
    }

    private QueryComparison Against(Period stated, Period cut, Period other)
    {
        var yearBefore = other is { Unit: PeriodUnit.Year, Count: 1 } && other.From.Year == stated.From.Year - 1;
        if (yearBefore)
            return LastYear(cut);

        var yearAgo = Calendar.LastYear(stated);
        if ((other.From, other.To) == (yearAgo.From, yearAgo.To))
            return LastYear(cut);

        var before = calendar.Previous(stated with { Token = "range" });
        return (other.From, other.To) == (before.From, before.To) || (other.From, other.To) == (stated.From, stated.To)
            ? Previous(cut)
            : new(ComparisonKind.Range, other.From, other.To);
    }

    private static QueryComparison LastYear(Period period)
    {
        var year = Calendar.LastYear(period);
        return new(ComparisonKind.SamePeriodLastYear, year.From, year.To);
    }

    private QueryComparison Previous(Period period)
    {
        var before = calendar.Previous(period);
        return new(ComparisonKind.PreviousPeriod, before.From, before.To);
    }

    /// <summary>Names the growth conditions after the first metric, or drops them when nothing is compared.</summary>
    private static void Growth(QuestionSlots slots, QueryComparison? compare)
    {
        for (var i = slots.Having.Count - 1; i >= 0; i--)
            if (slots.Having[i].Field == "growth")
            {
                if (compare is null)
                    slots.Having.RemoveAt(i);
                else
                    slots.Having[i] = slots.Having[i] with { Field = slots.Metrics[0] + MetricCatalogue.GrowthSuffix };
            }
    }

    private static TimeGrain? Grain(QuestionSlots slots, Period time)
    {
        if (slots.Dimensions.Contains("date"))
            return slots.Grain ?? (time.Days <= 31 ? TimeGrain.Day : time.Days <= 120 ? TimeGrain.Week : TimeGrain.Month);

        return slots.Intent == QueryIntent.Forecast && slots.Series && slots.Dimensions.Count == 0
            ? time.Days <= 31 ? TimeGrain.Day : time.Days <= 180 ? TimeGrain.Week : TimeGrain.Month
            : null;
    }

    private QueryLimit? Limit(QuestionSlots slots)
    {
        if (slots.Dimensions.Count == 0)
            return null;

        var per = slots.Per is { } group && slots.Dimensions.Count > 1 && slots.Dimensions.Contains(group) ? group : null;
        if (slots.Limit is { } count)
            return new(count, per);

        if (!slots.LimitAssumed)
            return null;

        slots.Assumptions.Add($"No number given: the first {_options.DefaultTop}.");
        return new(_options.DefaultTop, per);
    }

    private QuerySort? Sort(QuestionSlots slots, AnalyticsQuery query)
    {
        if (query.Dimensions.Count == 0)
            return null;

        var metric = query.Metrics[0];
        if (slots.Rank is null)
        {
            if (query.Dimensions.Contains("date"))
                return new("date", false);

            if (query.Having.Any(h => h is { Op: QueryOperator.Eq } or { Op: QueryOperator.Lte, Value: 0 } && h.Field == metric))
                return null;
        }

        var by = (slots.RankByGrowth || slots.Grows) && query.Compare is not null ? metric + MetricCatalogue.GrowthSuffix : metric;
        return new(by, Descending(slots, metric));
    }

    private bool Descending(QuestionSlots slots, string metric) => slots.Rank switch
    {
        "top" => true,
        "bottom" => false,
        "best" => catalogue.FindMetric(metric)?.LowerIsBetter != true,
        "worst" => catalogue.FindMetric(metric)?.LowerIsBetter == true,
        // A condition shows its worst cases first: the least of "under 20", the most of "over 20"; cover is short by default.
        _ when slots.Having.FirstOrDefault(h => h.Field == metric) is { } having => having.Op is not (QueryOperator.Lt or QueryOperator.Lte),
        _ => metric != "days_of_cover",
    };
}
