using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>Reads shares: "what share of sales was paid by card", "Bakery's part of revenue", "sales mix by category".</summary>
internal static class ShareReader
{
    public static void Read(Sentence sentence, QuestionSlots slots, MetricCatalogue catalogue)
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
}
