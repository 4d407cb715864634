using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>Reads what to group by: "by store", "which products", "in each category", "top 5 customers", "daily", "who".</summary>
internal static class GroupReader
{
    private enum How
    {
        None,
        By,
        Each,
        Which,
        Target,
        Bare,
    }

    public static void Read(Sentence sentence, QuestionSlots slots)
    {
        var groups = new List<(string Dimension, How How, Phrase Phrase)>();
        How? last = null;
        foreach (var phrase in sentence.Phrases.Where(sentence.IsFree))
        {
            var how = phrase.Kind switch
            {
                SenseKind.Dimension => Read(sentence, slots, phrase, last, groups.Count > 0),
                SenseKind.Grain => phrase.Value == "hour" && !sentence.Has(SenseKind.Anomaly) ? How.By : How.By,
                SenseKind.Who => How.Which,
                _ => How.None,
            };
            if (how != How.None)
                groups.Add((Name(sentence, phrase, slots), how, phrase));

            last = phrase.Kind is SenseKind.And ? last : how == How.None ? (phrase.Kind == SenseKind.Stop ? last : null) : how;
        }

        AddOpening(sentence, slots, groups);
        Apply(sentence, slots, groups);
    }

    /// <summary>"where did we sell most" asks for a store; "when did we sell most" for a day, or an hour when no range is given.</summary>
    private static void AddOpening(Sentence sentence, QuestionSlots slots, List<(string Dimension, How How, Phrase Phrase)> groups)
    {
        var opening = sentence.Phrases[0];
        if (groups.Count > 0 || sentence.Has(SenseKind.Idiom, "run_out"))
            return;

        if (sentence.Tokens[0].Text == "where")
            groups.Add(("store", How.Which, opening));
        else if (sentence.Tokens[0].Text == "when" && (sentence.Has(SenseKind.Rank) || sentence.Has(SenseKind.RankBy)))
            groups.Add((sentence.Has(SenseKind.Time) ? Day(slots) : "hour", How.Which, opening));
    }

    private static string Day(QuestionSlots slots)
    {
        slots.Grain = TimeGrain.Day;
        return "date";
    }

    private static void Apply(Sentence sentence, QuestionSlots slots, List<(string Dimension, How How, Phrase Phrase)> groups)
    {
        // "Who are our best customers": the named group says who.
        if (groups.Any(g => g.Phrase.Kind == SenseKind.Dimension && g.Dimension is "customer" or "employee"))
            groups.RemoveAll(g => g.Phrase.Kind == SenseKind.Who);

        foreach (var dimension in groups.Select(g => g.Dimension).Distinct())
            slots.Dimensions.Add(dimension);

        if (sentence.Has(SenseKind.Trend) && !slots.Dimensions.Contains("date"))
        {
            slots.Dimensions.Add("date");
        }

        var ranked = sentence.Has(SenseKind.Rank) || sentence.Has(SenseKind.RankBy);
        var targets = groups.Where(g => g.How is How.Which or How.Target or How.Bare).ToList();
        if (!ranked && !sentence.Has(SenseKind.Number))
            return;

        var per = groups.FirstOrDefault(g => g.How is How.By or How.Each && targets.Any(t => t.Dimension != g.Dimension));
        if (per.Dimension is not null && targets.Count > 0)
        {
            slots.Per = per.Dimension;
            slots.Dimensions.Remove(per.Dimension);
            slots.Dimensions.Insert(0, per.Dimension);
        }

        // "revenue by store and product, top 1 in each store": the number makes it a ranking.
        if (targets.Count == 0 && groups.FirstOrDefault(g => g.How == How.Each && groups.Any(o => o.How == How.By && o.Dimension != g.Dimension)) is { Dimension: not null } each)
            slots.Per = each.Dimension;

        slots.Limit = LimitOf(sentence, slots, targets.Count > 0 ? targets[^1].Phrase : null);
    }

    /// <summary>A number beside the ranking, or one row for a singular ("which store"), or all rows for a plural.</summary>
    private static int? LimitOf(Sentence sentence, QuestionSlots slots, Phrase? target)
    {
        var number = sentence.Free(SenseKind.Number).FirstOrDefault(n => n.Number is >= 1 and <= 1000 && n.Number % 1 == 0);
        if (number is not null)
        {
            sentence.Use(number);
            return (int)number.Number;
        }

        if (target is null || target.Kind == SenseKind.Grain)
            return null;

        if (target.Kind == SenseKind.Who || !target.IsPlural)
            return 1;

        var rank = sentence.Phrases.FirstOrDefault(p => p.Kind is SenseKind.Rank or SenseKind.RankBy);
        slots.LimitAssumed = rank is not null && slots.Having.Count == 0 && !sentence.Has(SenseKind.Idiom, "not_sold") && rank.Start < target.Start && target.Value is "product" or "customer" or "employee" or "supplier"
            && !sentence.Phrases.Any(p => p.Kind == SenseKind.Which && p.Value == "" && sentence.Text(p) == "which");
        return null;
    }

    private static How Read(Sentence sentence, QuestionSlots slots, Phrase phrase, How? last, bool grouped)
    {
        var before = sentence.Before(phrase);
        if (BesideItsName(sentence, phrase))
            return How.None;

        switch (before?.Kind)
        {
            case SenseKind.By:
                return before.Value == "each" ? How.Each : How.By;
            case SenseKind.And or SenseKind.Or when last is How.By or How.Each or How.Which or How.Target:
                return last.Value;
            case SenseKind.All:
                slots.Unfiltered.Add(phrase.Value);
                return sentence.Has(SenseKind.Compare) || sentence.Phrases.Any(p => p.Is(SenseKind.By, "by") && p.End <= before.Start && sentence.Before(before) == p) ? How.By : How.None;
            case SenseKind.Quantity when before.Value is "count":
                return IsListed(sentence, phrase) ? How.Bare : How.None;
            case SenseKind.Rank or SenseKind.RankBy:
                return How.Target;
            case SenseKind.Number when sentence.Has(SenseKind.Rank) || sentence.Has(SenseKind.RankBy):
                return How.Target;
            case SenseKind.Number:
                return How.Bare;
            case SenseKind.Which or SenseKind.Compare:
                return How.Which;
        }

        if (sentence.Has(SenseKind.Which) && Leads(sentence, phrase))
            return How.Which;

        var ranked = sentence.Has(SenseKind.Rank) || sentence.Has(SenseKind.RankBy);
        if (ranked && !grouped && !AfterPreposition(sentence, phrase))
            return How.Target;

        return phrase.IsPlural && !grouped && (before is null || IsListed(sentence, phrase) || Leads(sentence, phrase)) && !AfterPreposition(sentence, phrase) ? How.Bare : How.None;
    }

    /// <summary>"which of our stores", "what were the 5 products": only fillers, ranks and numbers since the question word.</summary>
    private static bool Leads(Sentence sentence, Phrase phrase)
    {
        for (var before = sentence.Before(phrase); before is not null; before = sentence.Before(before))
        {
            if (before.Kind is SenseKind.Which)
                return true;

            if (before.Kind is not (SenseKind.Rank or SenseKind.RankBy or SenseKind.Number or SenseKind.Name or SenseKind.Growth or SenseKind.Anomaly))
                return false;
        }

        return sentence.Phrases[0].Start != phrase.Start;
    }

    /// <summary>Whether members are listed by a condition: "products with …", "how many items are out of stock".</summary>
    private static bool IsListed(Sentence sentence, Phrase phrase) =>
        phrase.Value is not "customer" && sentence.Phrases.Any(p => p.Kind == SenseKind.Idiom && p.Value is not ("left" or "have" or "cover") || p.Kind == SenseKind.Comparator);

    private static bool BesideItsName(Sentence sentence, Phrase phrase) =>
        IsItsName(sentence.Before(phrase), phrase, b => phrase.Start - b.End <= 1) || (!phrase.IsPlural && IsItsName(sentence.After(phrase), phrase, a => a.Start - phrase.End <= 1));

    private static bool IsItsName(Phrase? name, Phrase phrase, Func<Phrase, bool> near) =>
        name?.Kind == SenseKind.Name && near(name) && name.Names.Any(n => n.Field == phrase.Value) && !phrase.IsPlural;

    private static bool AfterPreposition(Sentence sentence, Phrase phrase)
    {
        for (var i = phrase.Start - 1; i >= 0 && i >= phrase.Start - 3; i--)
        {
            if (sentence.Tokens[i].Text is "of" or "in" or "at" or "for" or "from" or "to" or "on")
                return true;

            if (sentence.Tokens[i].Text is not ("the" or "our" or "my" or "your" or "all"))
                return false;
        }

        return false;
    }

    private static string Name(Sentence sentence, Phrase phrase, QuestionSlots slots)
    {
        if (phrase.Kind == SenseKind.Who)
            return sentence.HasWord("bought", "spent", "buy", "spend", "buys", "spends", "purchased", "ordered", "shopped", "shops") ? "customer" : "employee";

        var step = phrase.Kind == SenseKind.Grain ? phrase.Value : phrase.Value.StartsWith("date:", StringComparison.Ordinal) ? phrase.Value[5..] : null;
        if (step is null or "hour")
            return step ?? phrase.Value;

        slots.Grain = Enum.Parse<TimeGrain>(step, ignoreCase: true);
        return "date";
    }
}
