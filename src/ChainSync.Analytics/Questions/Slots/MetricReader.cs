using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>Reads which numbers are wanted, under the quantity word before them: "how many refunds", "average sale", "share of revenue".</summary>
internal static class MetricReader
{
    public static void Read(Sentence sentence, QuestionSlots slots, MetricCatalogue catalogue)
    {
        IdiomReader.Read(sentence, slots);
        ReadNamed(sentence, slots);
        ReadCounted(sentence, slots);
        if (slots.Metrics.Count == 0)
            ReadCustomers(sentence, slots);

        // "units of lemon curd on hand": the units are those of the stock.
        if (slots.Metrics.Contains("stock_on_hand") && !sentence.Has(SenseKind.Sell) && !sentence.Phrases.Any(p => p.IsMetric && sentence.Text(p) == "units sold"))
            slots.Metrics.Remove("units_sold");

        if (slots.Metrics.Count == 0)
            ReadSuperlative(sentence, slots);

        if (slots.Metrics.Count == 0)
            ReadVerbs(sentence, slots);

        ShareReader.Read(sentence, slots, catalogue);
        if (slots.Dimensions.Count == 0)
            Implied(sentence, slots);

        foreach (var having in slots.Having.Where(h => h.Field != "growth" && !slots.Metrics.Contains(h.Field)))
            slots.Metrics.Add(having.Field);

        slots.Metrics.RemoveAll(name => catalogue.FindMetric(name) is null);
    }

    /// <summary>"busiest", "best selling": goods count in units; places and days sell in money, and are popular by how often.</summary>
    private static void ReadSuperlative(Sentence sentence, QuestionSlots slots)
    {
        if (sentence.Free(SenseKind.RankBy).FirstOrDefault(p => !p.Value.StartsWith("growth", StringComparison.Ordinal)) is not { } superlative)
            return;

        var metric = superlative.Value.Split(':')[0];
        var goods = slots.Dimensions.Count == 0 || slots.Dimensions.Any(d => d is "product" or "category" or "supplier");
        if (metric == "units_sold" && !goods)
            metric = sentence.Text(superlative) is var text && (text.Contains("sel", StringComparison.Ordinal) || text.Contains("sold", StringComparison.Ordinal)) ? "revenue" : "transactions";

        slots.Metrics.Add(metric);
    }

    /// <summary>Metrics named by a noun, each under the quantity word that leads to it; "worth" after a noun values it.</summary>
    private static void ReadNamed(Sentence sentence, QuestionSlots slots)
    {
        (string Key, string Metric)? last = null;
        string? quantity = null;
        foreach (var phrase in sentence.Phrases)
        {
            if (phrase.Kind == SenseKind.Quantity && sentence.IsFree(phrase))
            {
                if (phrase.Value == "amount" && last is { } valued && !MetricFollows(sentence, phrase))
                    Value(sentence, slots, phrase, valued);
                else
                    quantity = phrase.Value;
            }
            else if (quantity is null && sentence.After(phrase)?.Kind == SenseKind.Refunds && sentence.Text(phrase) is "total" or "biggest" or "largest")
                quantity = "amount";
            else if (slots.Metrics.Count > 0 && OnlySaysWhich(sentence, phrase))
                sentence.Use(phrase);
            else if (phrase.IsMetric && sentence.IsFree(phrase))
            {
                var key = phrase.Kind switch { SenseKind.Sales => "sales", SenseKind.Refunds => "refunds", _ => phrase.Value };
                var metric = MetricForms.Of(key, quantity);
                last = (key, metric);
                slots.AddMetric(metric);
                if (quantity is null && OtherSense(key) is { } other)
                    slots.OtherMetrics.Add(other);

                sentence.Use(phrase);
                quantity = quantity is "average" ? quantity : null;
            }
        }
    }

    /// <summary>"revenue without online orders", "refunds on card sales": the noun after the name only completes it.</summary>
    private static bool OnlySaysWhich(Sentence sentence, Phrase phrase) =>
        (phrase.Kind == SenseKind.Sales || phrase.Is(SenseKind.Metric, "transactions"))
        && sentence.Before(phrase) is { Kind: SenseKind.Name } name && name.End == phrase.Start && name.Names[0].Field is "channel" or "payment_method"
        && sentence.Before(name)?.Kind is not (SenseKind.And or SenseKind.Quantity or SenseKind.Versus);

    /// <summary>The other figure a bare noun may mean, offered beside the answer.</summary>
    private static string? OtherSense(string key) => key switch
    {
        "refunds" => "refund_amount",
        "margin_pct" => "gross_profit",
        "units_per_transaction" => "avg_basket_value",
        _ => null,
    };

    /// <summary>"… and how much were they worth" adds the money to the count; "our stock is worth" replaces it.</summary>
    private static void Value(Sentence sentence, QuestionSlots slots, Phrase worth, (string Key, string Metric) last)
    {
        var money = MetricForms.Of(last.Key, "amount");
        var start = sentence.Phrases.First(p => p.IsMetric);
        var added = sentence.Between(start, worth).Any(p => p.Kind == SenseKind.And);
        if (!added && money != last.Metric)
            slots.Metrics.Remove(last.Metric);

        slots.AddMetric(money);
    }

    private static bool MetricFollows(Sentence sentence, Phrase phrase)
    {
        for (var after = sentence.After(phrase); after is not null; after = sentence.After(after))
        {
            if (after.IsMetric)
                return true;

            if (after.Kind is not (SenseKind.Name or SenseKind.Dimension or SenseKind.All))
                return false;
        }

        return false;
    }

    /// <summary>"how many customers", "how many Oat Milk did we sell", "how many products were sold", "how many vouchers".</summary>
    private static void ReadCounted(Sentence sentence, QuestionSlots slots)
    {
        foreach (var quantity in sentence.Free(SenseKind.Quantity).Where(q => q.Value == "count"))
        {
            var next = sentence.After(quantity);
            if (next is { Kind: SenseKind.Dimension, Value: "hour" } && sentence.HasWord("work", "worked", "clocked", "logged"))
            {
                slots.AddMetric("hours_worked");
                slots.Dimensions.Remove("hour");
                continue;
            }

            if (next is { Kind: SenseKind.Dimension, Value: "customer" })
            {
                slots.AddMetric("customers");
                slots.Dimensions.Remove("customer");
            }
            else if (slots.Metrics.Count > 0)
                return;
            else if (next?.Kind == SenseKind.Name && next.Names[0].Field is "payment_method" or "channel")
                slots.AddMetric("transactions");
            else if (slots.Having.Count == 0 && next is { Kind: SenseKind.Name } && next.Names[0].Field is "product" && IsThere(sentence))
                slots.AddMetric("stock_on_hand");
            else if (slots.Having.Count == 0 && next is not null && IsGoods(next) && (sentence.Has(SenseKind.Sell) || sentence.Has(SenseKind.Verb)))
                slots.AddMetric("units_sold");
        }
    }

    /// <summary>"customers by weekday", "customers this month vs last": named first and not sought, they are counted.</summary>
    private static void ReadCustomers(Sentence sentence, QuestionSlots slots)
    {
        if (sentence.Phrases.FirstOrDefault(p => p.Kind != SenseKind.Stop) is not { Kind: SenseKind.Dimension, Value: "customer", IsPlural: true } || sentence.HasWord("who", "that", "with")
            || slots.Having.Count > 0 || sentence.Ranks || sentence.Has(SenseKind.Verb) || sentence.Has(SenseKind.Sell))
            return;

        slots.AddMetric("customers");
        slots.Dimensions.Remove("customer");
    }

    /// <summary>"how many croissants are there at Downtown right now" asks for what lies there.</summary>
    private static bool IsThere(Sentence sentence) =>
        !sentence.Has(SenseKind.Sell) && !sentence.Has(SenseKind.Verb)
        && (sentence.HasWord("there") || sentence.Phrases.Any(p => p.Period is { Token: "now" }));

    private static bool IsGoods(Phrase phrase) => phrase.Kind is SenseKind.Name or SenseKind.Sell || phrase.Is(SenseKind.Dimension, "product");

    /// <summary>What a verb alone asks for: goods are counted in units, anything else in money.</summary>
    private static void ReadVerbs(Sentence sentence, QuestionSlots slots)
    {
        if (sentence.Has(SenseKind.Sell))
        {
            // "what did we sell most of" lists products.
            if (sentence.Has(SenseKind.Rank) && slots.Dimensions.Count == 0 && sentence.HasWord("what"))
            {
                slots.Dimensions.Add("product");
                slots.Limit ??= 1;
            }

            var counted = sentence.Has(SenseKind.Quantity, "count");
            var units = !sentence.Has(SenseKind.Money) && (counted || OfProducts(slots));
            slots.AddMetric(units ? "units_sold" : "revenue");
            slots.MetricAssumed = units && !counted;
            if (slots.MetricAssumed)
                slots.OtherMetrics.Add("revenue");
        }
        else if (slots.Having.Count == 0 && sentence.Free(SenseKind.Verb).FirstOrDefault() is { } verb)
        {
            // "how much was paid in cash", "what was paid by card" ask for the money, "how many were rung up" for the sales.
            var sum = sentence.Has(SenseKind.Quantity, "much") || (slots.Dimensions.Count == 0 && sentence.HasWord("what"));
            var money = verb.Value == "units_sold" ? !OfProducts(slots) : verb.Value == "transactions" && sum;
            slots.AddMetric(money ? "revenue" : verb.Value);
        }
    }

    private static bool OfProducts(QuestionSlots slots) =>
        slots.Dimensions.Contains("product") || slots.Filters.Any(f => f.Field == "product")
        || slots.Ambiguous.Any(p => p.Names.Any(n => n.Field == "product"));

    /// <summary>"best sellers" and "dead stock" list products though they do not say so.</summary>
    private static void Implied(Sentence sentence, QuestionSlots slots)
    {
        var superlative = sentence.Free(SenseKind.RankBy).FirstOrDefault(p => !p.Value.StartsWith("transactions", StringComparison.Ordinal));
        var one = slots.Filters.Any(f => f.Field == "product" && f.Op == QueryOperator.Eq);
        if (superlative is null && (one || !slots.Having.Any(h => h.Field is "units_sold" or "stock_on_hand")))
            return;

        slots.Dimensions.Add("product");
        if (superlative is null)
            return;

        slots.Limit ??= superlative.IsPlural || sentence.HasWord("what") ? null : 1;
        slots.LimitAssumed = slots.Limit is null && slots.Having.Count == 0;
    }
}
