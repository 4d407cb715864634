using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>Reads how many rows are wanted, in all or per group: "top 5", "which store" (one), "best seller in each store".</summary>
internal static class LimitReader
{
    private const int MaxRows = 1000;

    public static void Read(Sentence sentence, QuestionSlots slots, IReadOnlyList<Group> groups)
    {
        if (!sentence.Ranks && !sentence.Has(SenseKind.Number))
            return;

        slots.Per = Per(groups);
        if (slots.Per is { } per && groups.Any(g => g.IsSought))
        {
            slots.Dimensions.Remove(per);
            slots.Dimensions.Insert(0, per);
        }

        var number = sentence.Free(SenseKind.Number).FirstOrDefault(n => n.Number is >= 1 and <= MaxRows && n.Number % 1 == 0);
        if (number is not null)
        {
            sentence.Use(number);
            slots.Limit = (int)number.Number;
            if (slots.Dimensions.Count == 0 && sentence.After(number) is { Kind: SenseKind.Name } of && of.Names.All(n => n.Field is "category" or "supplier"))
                slots.Dimensions.Add("product"); // "top 3 snacks"
        }
        else if (groups.LastOrDefault(g => g.IsSought) is { Phrase.Kind: not SenseKind.Grain } sought)
        {
            slots.Limit = sought.Phrase.Kind == SenseKind.Who || !sought.Phrase.IsPlural || IsOneOf(sentence, sought.Phrase) ? 1 : null;
            slots.LimitAssumed = slots.Limit is null && IsTopList(sentence, slots, sought);
        }
    }

    /// <summary>The dimension within which rows are counted, when another one is sought.</summary>
    private static string? Per(IReadOnlyList<Group> groups)
    {
        if (groups.Any(g => g.IsSought))
            return groups.FirstOrDefault(g => !g.IsSought && groups.Any(o => o.IsSought && o.Dimension != g.Dimension))?.Dimension;

        // "revenue by store and product, top 1 in each store": the number makes it a ranking.
        return groups.FirstOrDefault(g => g.How == Grouping.Each && groups.Any(o => o.How == Grouping.By && o.Dimension != g.Dimension))?.Dimension;
    }

    /// <summary>"which of our stores sold the most" seeks one of them.</summary>
    private static bool IsOneOf(Sentence sentence, Phrase members)
    {
        var of = members.Start - 1;
        while (of > 0 && sentence.Tokens[of].Text is "the" or "our" or "my" or "all")
            of--;
        return of > 0 && sentence.Tokens[of].Text == "of" && sentence.Tokens[of - 1].Text == "which";
    }

    /// <summary>"top products" wants some; "which products sold the most" wants all, in order.</summary>
    private static bool IsTopList(Sentence sentence, QuestionSlots slots, Group sought) =>
        sought.Dimension is "product" or "customer" or "employee" or "supplier"
        && sentence.Phrases.FirstOrDefault(p => p.IsRank)?.Start <= sought.Phrase.Start
        && slots.Having.Count == 0 && !sentence.Has(SenseKind.Idiom, "not_sold")
        && !sentence.HasWord("which");
}
