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
        if (slots.Metrics.Contains("stock_on_hand") && !sentence.Has(SenseKind.Sell) && !sentence.Phrases.Any(p => p.IsMetric && sentence.Text(p) is "units sold"))
            slots.Metrics.Remove("units_sold");

        if (slots.Metrics.Count == 0 && sentence.Free(SenseKind.RankBy).FirstOrDefault(p => !p.Value.StartsWith("growth", StringComparison.Ordinal)) is { } superlative)
            slots.Metrics.Add(Superlative(superlative.Value.Split(':')[0], sentence.Text(superlative), slots));

        if (slots.Metrics.Count == 0)
            ReadVerbs(sentence, slots);

        ReadShare(sentence, slots, catalogue);
        if (slots.Dimensions.Count == 0)
            Implied(sentence, slots);

        foreach (var having in slots.Having.Where(h => h.Field != "growth" && !slots.Metrics.Contains(h.Field)))
            slots.Metrics.Add(having.Field);

        slots.Metrics.RemoveAll(name => catalogue.FindMetric(name) is null);
    }

    /// <summary>Goods sell by units and are popular by units; places and days sell by money and are popular by how often they are used.</summary>
    private static string Superlative(string metric, string text, QuestionSlots slots)
    {
        var goods = slots.Dimensions.Count == 0 || slots.Dimensions.Any(d => d is "product" or "category" or "supplier");
        return metric != "units_sold" || goods ? metric : text.Contains("sel", StringComparison.Ordinal) || text.Contains("sold", StringComparison.Ordinal) ? "revenue" : "transactions";
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
            else if (quantity is null && sentence.After(phrase)?.Kind == SenseKind.Refunds && (phrase.Kind == SenseKind.All || sentence.Text(phrase) is "biggest" or "largest"))
                quantity = "amount";
            else if (phrase.IsMetric && sentence.IsFree(phrase))
            {
                var key = phrase.Kind switch { SenseKind.Sales => "sales", SenseKind.Refunds => "refunds", _ => phrase.Value };
                var metric = MetricForms.Of(key, quantity);
                last = (key, metric);
                slots.AddMetric(metric);
                sentence.Use(phrase);
                quantity = quantity is "average" ? quantity : null;
            }
        }
    }

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

    /// <summary>"how many customers", "how many Oat Milk did we sell", "how many products were sold".</summary>
    private static void ReadCounted(Sentence sentence, QuestionSlots slots)
    {
        foreach (var quantity in sentence.Free(SenseKind.Quantity).Where(q => q.Value is "count" or "average"))
        {
            var next = sentence.After(quantity);
            if (next is { Kind: SenseKind.Dimension, Value: "customer" } && quantity.Value == "count")
            {
                slots.AddMetric("customers");
                slots.Dimensions.Remove("customer");
            }
            else if (slots.Metrics.Count == 0 && quantity.Value == "count" && next?.Kind == SenseKind.Name && next.Names[0].Field is "payment_method" or "channel")
                slots.AddMetric("transactions");
            else if (slots.Metrics.Count == 0 && slots.Having.Count == 0 && quantity.Value == "count" && next is { Kind: SenseKind.Dimension, Value: "product" } or { Kind: SenseKind.Name } or { Kind: SenseKind.Sell }
                && (sentence.Has(SenseKind.Sell) || sentence.Has(SenseKind.Verb)) && slots.Metrics.Count == 0)
                slots.AddMetric("units_sold");
        }
    }

    private static void ReadVerbs(Sentence sentence, QuestionSlots slots)
    {
        var products = slots.Dimensions.Contains("product") || slots.Filters.Any(f => f.Field == "product");
        if (sentence.Has(SenseKind.Sell))
        {
            var ranked = sentence.Has(SenseKind.Rank) && slots.Dimensions.Contains("product");
            var most = sentence.Has(SenseKind.Rank) && slots.Dimensions.Count == 0 && sentence.HasWord("what");
            if (most)
            {
                slots.Dimensions.Add("product");
                slots.Limit ??= 1;
            }

            var counted = sentence.Has(SenseKind.Quantity, "count") || ranked || products || most;
            slots.AddMetric(sentence.Has(SenseKind.Money) ? "revenue" : counted ? "units_sold" : "revenue");
            slots.MetricAssumed = counted && !sentence.Has(SenseKind.Quantity, "count");
            if (slots.MetricAssumed)
                slots.OtherMetrics.Add("revenue");
        }
        else if (slots.Having.Count == 0 && sentence.Free(SenseKind.Verb).FirstOrDefault() is { } verb)
        {
            slots.AddMetric(verb.Value == "units_sold" && !products ? "revenue" : verb.Value);
        }
    }

    private static void ReadShare(Sentence sentence, QuestionSlots slots, MetricCatalogue catalogue)
    {
        var share = sentence.Free(SenseKind.Quantity).FirstOrDefault(q => q.Value == "share");
        var stated = slots.Metrics.Any(m => m.EndsWith("_share", StringComparison.Ordinal));
        if (share is null && !stated)
            return;

        if (!stated && slots.Metrics.Count == 0)
            slots.Metrics.Add("revenue_share");
        else if (!stated && slots.Metrics.Any(m => m is "return_rate" or "discount_rate"))
            return;

        // "share of sales from online orders": the later noun only says whose share.
        if (slots.Metrics.Count > 1)
            slots.Metrics.RemoveRange(1, slots.Metrics.Count - 1);

        for (var i = 0; i < slots.Metrics.Count; i++)
            if (catalogue.FindMetric(slots.Metrics[i])?.ShareAs is { } shared)
                slots.Metrics[i] = shared;

        if (slots.Dimensions.Count == 0 && slots.Metrics.Any(m => m.EndsWith("_share", StringComparison.Ordinal)) && ShareOf(sentence, slots) is { } field)
            slots.Dimensions.Add(field);
    }

    /// <summary>Whose share is asked: the name after "from" or "by", else how it was paid or sold, else the last name.</summary>
    private static string? ShareOf(Sentence sentence, QuestionSlots slots)
    {
        var names = sentence.Phrases.Where(p => p.Kind == SenseKind.Name && slots.Filters.Any(f => f.Field == p.Names[0].Field)).ToList();
        var led = names.FirstOrDefault(n => n.Start > 0 && sentence.Tokens[n.Start - 1].Text is "from" or "by");
        var means = names.FirstOrDefault(n => n.Names[0].Field is "payment_method" or "channel");
        return (led ?? means ?? names.LastOrDefault())?.Names[0].Field ?? slots.Filters.LastOrDefault()?.Field;
    }

    /// <summary>"best sellers" and "dead stock" list products though they do not say so; "when are we busiest" lists hours.</summary>
    private static void Implied(Sentence sentence, QuestionSlots slots)
    {
        var superlative = sentence.Free(SenseKind.RankBy).FirstOrDefault();
        var unsold = slots.Having.Any(h => h is { Field: "units_sold" or "stock_on_hand" }) && !slots.Filters.Any(f => f.Field == "product" && f.Op == QueryOperator.Eq);
        if (superlative is null && !unsold)
            return;

        if (superlative is not null && superlative.Value.StartsWith("transactions", StringComparison.Ordinal))
        {
            if (sentence.HasWord("when"))
            {
                slots.Dimensions.Add("hour");
                slots.Limit ??= 1;
            }

            return;
        }

        slots.Dimensions.Add("product");
        if (superlative is null)
            return;

        slots.Limit ??= superlative.IsPlural || sentence.HasWord("what") ? null : 1;
        slots.LimitAssumed = slots.Limit is null && slots.Having.Count == 0;
    }
}
