using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>Reads what is wanted of the numbers, and the stock idioms that decide it: what runs out, what to reorder.</summary>
internal static class IntentReader
{
    private const double SoonDays = 7;

    public static void Read(Sentence sentence, QuestionSlots slots, MetricCatalogue catalogue, QuestionOptions options)
    {
        if (sentence.Has(SenseKind.Anomaly))
            slots.Intent = QueryIntent.Anomaly;
        else if (Advice(sentence) is { } advice)
            Recommend(sentence, slots, advice);
        else if (RunsOut(sentence, slots))
            slots.Intent = QueryIntent.Query;
        else if (sentence.Has(SenseKind.Idiom, "low_stock"))
            Low(sentence, slots, options);
        else if (sentence.Has(SenseKind.Idiom, "overstock"))
            Stock(sentence, slots, "days_of_cover", QueryOperator.Gt, options.PatternDays);
        else if (sentence.Has(SenseKind.Forecast) || slots.Metrics.Any(m => catalogue.FindMetric(m)?.Kind == MetricKind.Forecast))
            slots.Intent = QueryIntent.Forecast;
        else if (sentence.Has(SenseKind.Will) && !slots.Metrics.Any(m => catalogue.FindMetric(m)?.Kind == MetricKind.Snapshot))
            slots.Intent = QueryIntent.Forecast;
        else if (slots.Metrics.Any(m => catalogue.FindMetric(m)?.Kind == MetricKind.Recommendation))
            Recommend(sentence, slots, slots.Metrics[0] switch { "staff_needed" => "staff", "markdown_pct" => "markdown", _ => "reorder" });
    }

    /// <summary>What advice is asked for, or null.</summary>
    private static string? Advice(Sentence sentence)
    {
        if (sentence.Has(SenseKind.Idiom, "reorder_level"))
            return "reorder";

        var should = sentence.Free(SenseKind.Should).FirstOrDefault();
        var stated = sentence.Free(SenseKind.Recommend).FirstOrDefault();
        if (stated is not null)
            return stated.Value;

        if (should is null)
            return null;

        foreach (var token in sentence.Tokens.Skip(should.End).Take(6))
            switch (token.Stem)
            {
                case "order" or "buy" or "purchase" or "stock":
                    return "reorder";
                case "discount" or "discounted" or "promote" or "reduce":
                    return "markdown";
                case "schedule" or "staff" or "cashier" or "employee":
                    return "staff";
            }

        return sentence.Tokens.Take(should.Start).Any(t => t.Stem is "order" or "purchase") ? "reorder"
            : sentence.Tokens.Take(should.Start).Any(t => t.Stem is "staff" or "cashier" or "employee") ? "staff" : null;
    }

    private static void Recommend(Sentence sentence, QuestionSlots slots, string advice)
    {
        slots.Intent = QueryIntent.Recommendation;
        slots.Metrics.Clear();
        slots.Having.RemoveAll(h => h.Field != "growth");
        slots.Metrics.Add(advice switch { "staff" => "staff_needed", "markdown" => "markdown_pct", _ => "reorder_quantity" });
        if (advice == "staff")
            slots.Dimensions.Remove("employee");
        else if (slots.Dimensions.Count == 0 && !slots.Filters.Any(f => f.Field == "product" && f.Op == QueryOperator.Eq))
            slots.Dimensions.Add("product");
    }

    /// <summary>"which items will run out in the next 7 days", "when will Oat Milk run out", "how long will the stock last".</summary>
    private static bool RunsOut(Sentence sentence, QuestionSlots slots)
    {
        var runs = sentence.Has(SenseKind.Idiom, "run_out");
        var lasts = sentence.Has(SenseKind.Idiom, "cover") && (sentence.HasWord("last", "lasts") || sentence.Has(SenseKind.Idiom, "out_of_stock"));
        if (!runs && !lasts)
            return false;

        slots.Metrics.Clear();
        slots.Metrics.Add("days_of_cover");
        slots.Dimensions.Remove("date");
        slots.Grain = null;
        var stated = slots.Having.Find(h => h.Field == "days_of_cover");
        slots.Having.Clear();
        if (stated is not null)
            slots.Having.Add(stated);
        else if (runs && !sentence.Has(SenseKind.Idiom, "cover") && !sentence.Has(SenseKind.Quantity) && !(sentence.HasWord("when") && slots.Dimensions.Count == 0))
            slots.Having.Add(new("days_of_cover", QueryOperator.Lt, Horizon(slots)));

        var one = slots.Filters.Any(f => f.Field == "product" && f.Op == QueryOperator.Eq);
        if (slots.Dimensions.Count == 0 && !one && slots.Having.Count > 0)
            slots.Dimensions.Add("product");

        slots.Time = null;
        return true;
    }

    private static double Horizon(QuestionSlots slots)
    {
        if (slots.Time is not { } time)
        {
            slots.Assumptions.Add("No horizon given: within 7 days.");
            return SoonDays;
        }

        var ahead = time.Ahead ?? time;
        return time.Token switch
        {
            "today" or "now" => 1,
            "tomorrow" => 2,
            _ when ahead.Token.StartsWith("next_", StringComparison.Ordinal) => ahead.Days,
            _ => Math.Max(1, ahead.To.DayNumber - slots.Today.DayNumber + 1),
        };
    }

    private static void Low(Sentence sentence, QuestionSlots slots, QuestionOptions options)
    {
        slots.Assumptions.Add($"Low stock is taken as {options.LowStockUnits} units or fewer.");
        Stock(sentence, slots, "stock_on_hand", QueryOperator.Lte, options.LowStockUnits);
        slots.OtherMetrics.Add("days_of_cover");
    }

    private static void Stock(Sentence sentence, QuestionSlots slots, string metric, QueryOperator op, double value)
    {
        slots.Metrics.Clear();
        slots.Metrics.Add(metric);
        slots.Having.Clear();
        slots.Having.Add(new(metric, op, value));
        if (slots.Dimensions.Count == 0)
            slots.Dimensions.Add("product");
    }
}
