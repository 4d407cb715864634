using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>Reads conditions on numbers: "more than 100 units sold", "margin under 10%", "between 5 and 10 refunds", "50 or more orders".</summary>
internal static class HavingReader
{
    public static void Read(Sentence sentence, QuestionSlots slots)
    {
        foreach (var comparator in sentence.Free(SenseKind.Comparator).ToList())
            if (sentence.After(comparator) is { IsNumber: true } number && sentence.IsFree(number))
                Add(sentence, slots, comparator, number, Operator(comparator.Value));

        foreach (var comparator in sentence.Free(SenseKind.Comparator).ToList())
            ReadOneUnit(sentence, slots, comparator);

        foreach (var number in sentence.Phrases.Where(p => p.IsNumber && sentence.IsFree(p)).ToList())
            ReadAround(sentence, slots, number);
    }

    /// <summary>"less than a week of stock".</summary>
    private static void ReadOneUnit(Sentence sentence, QuestionSlots slots, Phrase comparator)
    {
        if (sentence.After(comparator) is not { Kind: SenseKind.Dimension } unit || DaysOf(unit) is not { } days || StockAfter(sentence, unit) is not { } stock)
            return;

        Add(slots, "days_of_cover", Operator(comparator.Value), days);
        foreach (var phrase in new[] { comparator, unit, stock })
            sentence.Use(phrase);
    }

    private static Phrase? StockAfter(Sentence sentence, Phrase unit) =>
        sentence.After(unit) is { Kind: SenseKind.Metric, Value: "stock_on_hand" or "days_of_cover" } stock ? stock : null;

    private static int? DaysOf(Phrase unit) => unit.Value switch { "date:day" => 1, "date:week" => 7, "date:month" => 30, _ => null };

    private static void ReadAround(Sentence sentence, QuestionSlots slots, Phrase number)
    {
        if (TokenAt(sentence, number.End) == "or" && TokenAt(sentence, number.End + 1) is { } more && Postfix(more) is { } op)
            Add(sentence, slots, number, number, op);
        else if (TokenAt(sentence, number.Start - 1) == "between"
            && sentence.After(number) is { Kind: SenseKind.And } and && sentence.After(and) is { IsNumber: true } high)
        {
            Add(sentence, slots, number, high, QueryOperator.Gte, number.Number);
            Add(sentence, slots, number, high, QueryOperator.Lte, high.Number);
            sentence.Use(and);
            sentence.Use(number);
        }
    }

    private static QueryOperator? Postfix(string word) => word switch
    {
        "more" or "above" or "higher" or "over" or "greater" => QueryOperator.Gte,
        "less" or "fewer" or "below" or "lower" or "under" => QueryOperator.Lte,
        _ => null,
    };

    private static void Add(Sentence sentence, QuestionSlots slots, Phrase opener, Phrase number, QueryOperator op, double? bound = null)
    {
        var value = bound ?? number.Number;
        if (StockLeft(sentence, opener, number))
            Add(slots, "stock_on_hand", op, value);
        else if (MetricRight(sentence, number, ref value) is { } right)
        {
            // "stores selling fewer than 1,000 units": the verb says no more than the condition.
            if (right == "units_sold" && sentence.Before(opener) is { Kind: SenseKind.Sell } verb && sentence.IsFree(verb))
                sentence.Use(verb);
            Add(slots, right, op, value);
        }
        else if (GrowthLeft(sentence, opener) is { } growth)
            AddGrowth(slots, growth, op, value);
        else
            Add(slots, MetricLeft(sentence, opener, number) ?? Guess(sentence, number), op, value);

        sentence.Use(opener);
        sentence.Use(number);
    }

    /// <summary>"stock below 15 units", "stock between 5 and 15 units": the units are those of the stock before, and sold by nobody.</summary>
    private static bool StockLeft(Sentence sentence, Phrase opener, Phrase number)
    {
        if (sentence.Before(opener) is not { Kind: SenseKind.Metric, Value: "stock_on_hand" } stock)
            return false;

        if (sentence.After(number) is { Kind: SenseKind.Metric, Value: "units_sold" } units && sentence.Tokens[units.End - 1].Stem is "unit" or "piece")
            sentence.Use(units);

        sentence.Use(stock);
        return true;
    }

    private static void Add(QuestionSlots slots, string metric, QueryOperator op, double value) =>
        slots.Having.Add(new(metric, op, value));

    private static void AddGrowth(QuestionSlots slots, string direction, QueryOperator op, double value) =>
        slots.Having.Add(direction == "down" ? new("growth", Flip(op), -value) : new("growth", op, value));

    private static QueryOperator Flip(QueryOperator op) => op switch
    {
        QueryOperator.Gt => QueryOperator.Lt,
        QueryOperator.Gte => QueryOperator.Lte,
        QueryOperator.Lt => QueryOperator.Gt,
        QueryOperator.Lte => QueryOperator.Gte,
        _ => op,
    };

    private static QueryOperator Operator(string value) => value switch
    {
        "gt" => QueryOperator.Gt,
        "gte" => QueryOperator.Gte,
        "lt" => QueryOperator.Lt,
        "lte" => QueryOperator.Lte,
        _ => QueryOperator.Eq,
    };

    /// <summary>The metric just after the number: "100 units sold", "5 days of cover", "3 in stock", "£500 in sales".</summary>
    private static string? MetricRight(Sentence sentence, Phrase number, ref double value)
    {
        if (sentence.After(number) is not { } next || !sentence.IsFree(next))
            return null;

        if (next.Kind == SenseKind.Dimension && DaysOf(next) is { } days && StockAfter(sentence, next) is { } stock)
        {
            value *= days;
            sentence.Use(next);
            sentence.Use(stock);
            return "days_of_cover";
        }

        // "more than 3 % of units": the noun says of what, not which figure.
        if (number.Kind == SenseKind.Percent && next.IsMetric && TokenAt(sentence, number.End) == "of")
        {
            sentence.Use(next);
            return null;
        }

        var metric = next.Kind switch
        {
            SenseKind.Dimension when next.Value == "hour" => "hours_worked",
            SenseKind.Metric => next.Value,
            SenseKind.Sales when number.Kind == SenseKind.Money || TokenAt(sentence, number.End) is "in" or "of" => "revenue",
            SenseKind.Sales => sentence.Has(SenseKind.Dimension, "product") ? "units_sold" : "transactions",
            SenseKind.Refunds => Refunds(number),
            SenseKind.Idiom when next.Value is "left" or "in_stock" => "stock_on_hand",
            SenseKind.Sell => "units_sold",
            SenseKind.Growth => "growth",
            _ => null,
        };
        if (metric is null || (number.Kind == SenseKind.Percent && metric is "units_sold" or "transactions" or "stock_on_hand"))
            return null;

        sentence.Use(next);
        if (sentence.After(next) is { Kind: SenseKind.Sell or SenseKind.Idiom } tail && metric is "units_sold" && next.End == tail.Start)
        {
            sentence.Use(tail);
            return tail.Kind == SenseKind.Idiom && tail.Value is "left" or "in_stock" ? "stock_on_hand" : metric;
        }

        return metric;
    }

    private static string? GrowthLeft(Sentence sentence, Phrase opener)
    {
        for (var before = sentence.Before(opener); before is not null && before.Kind != SenseKind.And; before = sentence.Before(before))
        {
            if (before.IsMetric)
                return null;

            if (before.Kind != SenseKind.Growth)
                continue;

            sentence.Use(before);
            // "dropped below 25 %" is a level, "dropped by more than 25 %" a change.
            if (before.Value != "any" && before.End == opener.Start && sentence.Tokens[opener.Start].Text is "below" or "under" or "beneath" or "above")
                return null;

            return before.Value;
        }

        return null;
    }

    /// <summary>The metric before the comparison, not across an "and": "margin under 10%", "sold more than 100", "stock below 20".</summary>
    private static string? MetricLeft(Sentence sentence, Phrase opener, Phrase number)
    {
        for (var before = sentence.Before(opener); before is not null && before.Kind != SenseKind.And; before = sentence.Before(before))
        {
            var metric = before.Kind switch
            {
                SenseKind.Metric or SenseKind.Verb => before.Value,
                SenseKind.Sales => number.Kind == SenseKind.Number && IsCounted(sentence, before) ? "transactions" : "revenue",
                SenseKind.Refunds => Refunds(number),
                SenseKind.Sell => number.Kind == SenseKind.Money ? "revenue" : "units_sold",
                SenseKind.Idiom when before.Value is "left" or "have" or "in_stock" => "stock_on_hand",
                _ => null,
            };
            if (metric is null)
                continue;

            sentence.Use(before);
            return metric;
        }

        return null;
    }

    private static bool IsCounted(Sentence sentence, Phrase metric) =>
        sentence.Before(metric) is { Kind: SenseKind.Quantity, Value: "count" };

    private static string Refunds(Phrase number) => number.Kind switch
    {
        SenseKind.Money => "refund_amount",
        SenseKind.Percent => "return_rate",
        _ => "refund_count",
    };

    private static string Guess(Sentence sentence, Phrase number) => number.Kind switch
    {
        SenseKind.Money => "revenue",
        SenseKind.Percent => "margin_pct",
        _ when sentence.Has(SenseKind.Idiom) => "stock_on_hand",
        _ when sentence.Has(SenseKind.Dimension, "product") => "units_sold",
        _ => "revenue",
    };

    private static string? TokenAt(Sentence sentence, int i) => i >= 0 && i < sentence.Tokens.Count ? sentence.Tokens[i].Text : null;
}
