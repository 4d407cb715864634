using ChainSync.Analytics.Questions.Grammar;
using ChainSync.Analytics.Questions.Times;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>Reads all slots of a question; the order matters, since each reader marks the phrases it has used.</summary>
internal sealed class SlotReader(MetricCatalogue catalogue, Calendar calendar)
{
    public QuestionSlots Read(Sentence sentence)
    {
        var slots = new QuestionSlots { Today = calendar.Today };
        slots.Assumptions.AddRange(sentence.Corrections);
        HavingReader.Read(sentence, slots);
        LimitReader.Read(sentence, slots, GroupReader.Read(sentence, slots));
        FilterReader.Read(sentence, slots);
        MetricReader.Read(sentence, slots, catalogue);
        TimeReader.Read(sentence, slots, calendar);
        IntentReader.Read(sentence, slots, catalogue, calendar.Options);
        RankReader.Read(sentence, slots);
        CompareMembers(sentence, slots);
        slots.Follow = sentence.Free(SenseKind.Follow).FirstOrDefault()?.Value;
        slots.Series = sentence.Has(SenseKind.Forecast) || sentence.Phrases.Any(p => p.Kind == SenseKind.Metric && catalogue.FindMetric(p.Value)?.Kind == MetricKind.Forecast);
        slots.MoneyMeant = sentence.Phrases.Any(p => p.IsMetric && p.Value is "revenue" or "forecast_revenue" && sentence.Text(p) is not "demand" && sentence.Tokens[p.End - 1].Stem is not "sale")
            || sentence.Has(SenseKind.Quantity, "much") && sentence.Has(SenseKind.Verb);
        return slots;
    }

    /// <summary>"beverages vs snacks", "Airport or Harbour": members set side by side are grouped by.</summary>
    private static void CompareMembers(Sentence sentence, QuestionSlots slots)
    {
        var each = sentence.Phrases.Any(p => p.Is(SenseKind.By, "each") && sentence.After(p)?.Kind == SenseKind.Name);
        if (!sentence.Compares && !sentence.Has(SenseKind.Or) && !each)
            return;

        foreach (var filter in slots.Filters.Where(f => f.Op == QueryOperator.In && sentence.Phrases.Count(p => p.Kind == SenseKind.Name && p.Names.Any(n => n.Field == f.Field)) > 1))
            if (!slots.Dimensions.Contains(filter.Field))
                slots.Dimensions.Add(filter.Field);
    }
}
