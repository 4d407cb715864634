using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>Reads in which direction rows are ranked, and growth: "top", "worst", "busiest", "grew the most", "which stores declined".</summary>
internal static class RankReader
{
    public static void Read(Sentence sentence, QuestionSlots slots)
    {
        var rank = sentence.Free(SenseKind.Rank).FirstOrDefault();
        var own = sentence.Free(SenseKind.RankBy).FirstOrDefault();
        if (own is not null)
        {
            slots.Rank = own.Value.EndsWith(":desc", StringComparison.Ordinal) ? "top" : "bottom";
            slots.RankByGrowth = own.Value.StartsWith("growth", StringComparison.Ordinal);
        }

        // "which 5 of the best sellers sold the fewest": the plain word states the direction, the idiom only the metric.
        if (rank is not null && (own is null || rank.Value is "bottom" or "worst"))
            slots.Rank = rank.Value;

        ReadGrowth(sentence, slots, rank is not null || own is not null);
    }

    private static void ReadGrowth(Sentence sentence, QuestionSlots slots, bool ranked)
    {
        var growth = sentence.Free(SenseKind.Growth).FirstOrDefault();
        // "how has weekly revenue changed": the series itself shows it.
        if (growth?.Value == "any" && slots.Dimensions.Contains("date") && !slots.RankByGrowth && sentence.HasWord("changed", "change") && slots.CompareWith is null && slots.CompareTo is null)
            return;

        slots.Grows = slots.Intent == QueryIntent.Query && (growth is not null || slots.RankByGrowth || slots.Having.Any(h => h.Field == "growth"));
        if (slots.Having.Any(h => h is { Field: "growth", Op: QueryOperator.Lt or QueryOperator.Lte }))
            slots.Rank ??= "bottom";

        if (growth is null || !slots.Grows)
            return;

        slots.RankByGrowth = ranked || slots.RankByGrowth;
        if (ranked)
            slots.Rank = growth.Value == "down" ? slots.Rank is "bottom" or "worst" ? "top" : "bottom" : slots.Rank;
        else if (slots.Dimensions.Count > 0 && growth.Value != "any" && !slots.Having.Any(h => h.Field == "growth") && sentence.Has(SenseKind.Which))
            slots.Having.Add(new("growth", growth.Value == "up" ? QueryOperator.Gt : QueryOperator.Lt, 0));

        if (!ranked && growth.Value == "down")
            slots.Rank ??= "bottom";
    }
}
