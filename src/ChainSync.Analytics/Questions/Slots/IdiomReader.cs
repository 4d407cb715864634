using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>Reads idioms of stock and sale: "out of stock", "left", "do we have", "did not sell".</summary>
internal static class IdiomReader
{
    private static readonly string[] AboutStock = ["out_of_stock", "negative_stock", "in_stock", "left", "have"];

    public static void Read(Sentence sentence, QuestionSlots slots)
    {
        foreach (var idiom in sentence.Free(SenseKind.Idiom).ToList())
        {
            if (!Read(sentence, slots, idiom))
                continue;

            sentence.Use(idiom);
            if (AboutStock.Contains(idiom.Value))
                UseStock(sentence);
        }

        // "products that made no money", "stores with zero refunds".
        foreach (var not in sentence.Free(SenseKind.Not).Where(n => slots.Dimensions.Count > 0 && sentence.Text(n) is "no" or "zero").ToList())
            if (sentence.After(not) is { IsMetric: true } none && none.Start == not.End)
            {
                Condition(slots, MetricForms.Of(none.Kind switch { SenseKind.Sales => "sales", SenseKind.Refunds => "refunds", _ => none.Value }, null), QueryOperator.Eq, 0);
                sentence.Use(not);
                sentence.Use(none);
            }

        // "which items did not sell": a negation close before the verb.
        foreach (var not in sentence.Free(SenseKind.Not).ToList())
            if (sentence.After(not) is { Kind: SenseKind.Sell } sell && sell.Start - not.End <= 2)
            {
                Condition(slots, "units_sold", QueryOperator.Eq, 0);
                sentence.Use(not);
                sentence.Use(sell);
            }
    }

    /// <summary>Whether the idiom is used up; some are left for <see cref="IntentReader"/>.</summary>
    private static bool Read(Sentence sentence, QuestionSlots slots, Phrase idiom)
    {
        switch (idiom.Value)
        {
            case "out_of_stock":
                // "how long until … is sold out" asks for the cover.
                if (sentence.Has(SenseKind.Idiom, "cover"))
                    return false;

                Condition(slots, "stock_on_hand", QueryOperator.Lte, 0);
                return true;
            case "negative_stock":
                Condition(slots, "stock_on_hand", QueryOperator.Lt, 0);
                return true;
            case "not_sold":
                Condition(slots, slots.Dimensions.Contains("customer") ? "transactions" : "units_sold", QueryOperator.Eq, 0);
                return true;
            case "in_stock" when Lists(sentence, slots):
                Condition(slots, "stock_on_hand", QueryOperator.Gt, 0);
                return true;
            case "in_stock" or "left":
                OnHand(sentence, slots);
                return true;
            case "have":
                if (AsksForStock(sentence, slots, idiom))
                    OnHand(sentence, slots);

                return true;
            default:
                return false;
        }
    }

    /// <summary>"which products are in stock" lists; "how many are in stock" counts.</summary>
    private static bool Lists(Sentence sentence, QuestionSlots slots) =>
        slots.Dimensions.Count > 0 && !sentence.Has(SenseKind.Quantity) && !slots.Having.Any(h => h.Field == "stock_on_hand");

    /// <summary>"how many units do we have", "do we have oat milk"; not "how many customers do we have".</summary>
    private static bool AsksForStock(Sentence sentence, QuestionSlots slots, Phrase have)
    {
        var other = sentence.Phrases.Any(p => p.IsMetric && p.Value is not ("units_sold" or "stock_on_hand"));
        var counts = sentence.Phrases.Any(p => p is { Kind: SenseKind.Dimension, Value: not "product" } && sentence.Before(p)?.Kind == SenseKind.Quantity);
        var goods = have.Start == 0 && slots.Filters.Any(f => f.Field is "product" or "category") && !sentence.Has(SenseKind.Sell);
        return !other && !counts && (sentence.Has(SenseKind.Quantity) || goods);
    }

    private static void OnHand(Sentence sentence, QuestionSlots slots)
    {
        slots.AddMetric("stock_on_hand");
        foreach (var unit in sentence.Phrases.Where(p => p.Is(SenseKind.Metric, "units_sold")).ToList())
            sentence.Use(unit);
    }

    /// <summary>The word "stock" beside an idiom says nothing more, unless its value is asked.</summary>
    private static void UseStock(Sentence sentence)
    {
        foreach (var stock in sentence.Phrases.Where(p => p.Is(SenseKind.Metric, "stock_on_hand")).ToList())
            if (!new[] { sentence.Before(stock), sentence.After(stock) }.Any(p => p is { Kind: SenseKind.Quantity, Value: "amount" }))
                sentence.Use(stock);
    }

    private static void Condition(QuestionSlots slots, string metric, QueryOperator op, double value)
    {
        if (!slots.Having.Any(h => h.Field == metric))
            slots.Having.Add(new(metric, op, value));
    }
}
