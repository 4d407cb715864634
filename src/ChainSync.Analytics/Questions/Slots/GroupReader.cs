using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>Reads what to group by: "by store", "which products", "in each category", "top 5 customers", "daily", "who".</summary>
internal static class GroupReader
{
    private static readonly string[] Buying = ["bought", "spent", "buy", "spend", "buys", "spends", "purchased", "ordered", "shopped", "shops", "spender", "spenders"];

    public static IReadOnlyList<Group> Read(Sentence sentence, QuestionSlots slots)
    {
        var groups = new List<Group>();
        var last = Grouping.None;
        foreach (var phrase in sentence.Phrases.Where(sentence.IsFree))
        {
            var how = phrase.Kind switch
            {
                SenseKind.Dimension => How(sentence, slots, phrase, last, groups.Count > 0),
                SenseKind.Grain => Grouping.By,
                SenseKind.Who when !AmongNames(sentence) => Grouping.Which,
                SenseKind.RankBy when IsGoods(sentence, phrase) => Grouping.Target,
                _ => Grouping.None,
            };
            if (how != Grouping.None)
                groups.Add(new(Dimension(sentence, slots, phrase), how, phrase));

            // "by store and category": the second follows the first over fillers and "and".
            if (phrase.Kind is not (SenseKind.And or SenseKind.Stop))
                last = how;
        }

        AddOpening(sentence, slots, groups);

        // "Who are our best customers": the named group says who.
        if (groups.Any(g => g.Phrase.Kind == SenseKind.Dimension && g.Dimension is "customer" or "employee"))
            groups.RemoveAll(g => g.Phrase.Kind == SenseKind.Who);

        slots.Dimensions.AddRange(groups.Select(g => g.Dimension).Distinct());
        if (sentence.Has(SenseKind.Trend) && !slots.Dimensions.Contains("date"))
            slots.Dimensions.Add("date");

        return groups;
    }

    /// <summary>"where did we sell most" asks for a store; "when did we sell most" for a day, or an hour when no range is given.</summary>
    private static void AddOpening(Sentence sentence, QuestionSlots slots, List<Group> groups)
    {
        if (groups.Count > 0 || sentence.Has(SenseKind.Idiom, "run_out"))
            return;

        var (word, opening) = (sentence.Tokens[0].Text, sentence.Phrases[0]);
        if (word == "where")
            groups.Add(new("store", Grouping.Which, opening));
        else if (word == "when" && sentence.Ranks && sentence.Has(SenseKind.Time))
            groups.Add(new(Step(slots, "day"), Grouping.Which, opening));
        else if (word == "when" && sentence.Ranks)
            groups.Add(new("hour", Grouping.Which, opening));
    }

    private static Grouping How(Sentence sentence, QuestionSlots slots, Phrase phrase, Grouping last, bool grouped)
    {
        if (BesideItsName(sentence, phrase))
            return Grouping.None;

        // "sales per weekday" is one phrase with its word of grouping.
        if (phrase.Length > 1 && sentence.Tokens[phrase.Start].Text is "by" or "per" or "each")
            return Grouping.By;

        if (phrase.Length > 1 && sentence.Tokens[phrase.Start].Text == "which")
            return Grouping.Which;

        var before = sentence.Before(phrase);
        switch (before?.Kind)
        {
            case SenseKind.By:
                return before.Value == "each" ? Grouping.Each : Grouping.By;
            case SenseKind.And or SenseKind.Or when last is not (Grouping.None or Grouping.Bare):
                return last;
            case SenseKind.All:
                slots.Unfiltered.Add(phrase.Value);
                return sentence.Has(SenseKind.Compare) || sentence.Before(before)?.Kind == SenseKind.By ? Grouping.By : Grouping.None;
            case SenseKind.Quantity when before.Value == "count":
                return IsListed(sentence, phrase) ? Grouping.Bare : Grouping.None;
            case SenseKind.Rank or SenseKind.RankBy:
                return Grouping.Target;
            case SenseKind.Number:
                return sentence.Ranks ? Grouping.Target : Grouping.Bare;
            case SenseKind.Which or SenseKind.Compare:
                return Grouping.Which;
        }

        return Alone(sentence, phrase, grouped);
    }

    /// <summary>A dimension with no word of grouping just before it.</summary>
    private static Grouping Alone(Sentence sentence, Phrase phrase, bool grouped)
    {
        if (sentence.Has(SenseKind.Which) && Leads(sentence, phrase))
            return Grouping.Which;

        if (grouped || AfterPreposition(sentence, phrase))
            return Grouping.None;

        if (sentence.Ranks)
            return Grouping.Target;

        var listed = sentence.Before(phrase) is null || IsListed(sentence, phrase) || Leads(sentence, phrase);
        return phrase.IsPlural && listed ? Grouping.Bare : Grouping.None;
    }

    /// <summary>"which of our stores", "what were the 5 products": only ranks, numbers and names since the question word.</summary>
    private static bool Leads(Sentence sentence, Phrase phrase)
    {
        for (var before = sentence.Before(phrase); before is not null; before = sentence.Before(before))
        {
            if (before.Kind is SenseKind.Which)
                return true;

            if (!(before.Kind is SenseKind.Number or SenseKind.Name or SenseKind.Growth or SenseKind.Anomaly || before.IsRank))
                return false;
        }

        return sentence.Phrases[0].Start != phrase.Start;
    }

    /// <summary>Whether members are listed by a condition: "products with …", "how many items are out of stock".</summary>
    private static bool IsListed(Sentence sentence, Phrase phrase) =>
        phrase.Value is not "customer"
        && sentence.Phrases.Any(p => p.Kind == SenseKind.Comparator || (p.Kind == SenseKind.Idiom && p.Value is not ("left" or "have" or "cover")));

    /// <summary>"the Downtown store", "category Bakery": the dimension only says what the name is.</summary>
    private static bool BesideItsName(Sentence sentence, Phrase phrase)
    {
        var (before, after) = (sentence.Before(phrase), sentence.After(phrase));
        return !phrase.IsPlural && ((IsNameOf(before, phrase.Value) && phrase.Start - before!.End <= 1) || (IsNameOf(after, phrase.Value) && after!.Start - phrase.End <= 1));
    }

    private static bool IsNameOf(Phrase? name, string dimension) =>
        name?.Kind == SenseKind.Name && name.Names.Any(n => n.Field == dimension);

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

    /// <summary>"who sold more, Airport or Harbour?" asks which of the two, not which person.</summary>
    private static bool AmongNames(Sentence sentence) =>
        sentence.Free(SenseKind.Or).Any(or => sentence.Before(or) is { Kind: SenseKind.Name } one && sentence.After(or) is { Kind: SenseKind.Name } other
            && one.Names.Any(n => other.Names.Any(o => o.Field == n.Field)));

    /// <summary>"best sellers by store", "slow movers": a noun of its own that stands for products, unless others are named beside it.</summary>
    private static bool IsGoods(Sentence sentence, Phrase phrase) =>
        phrase.Value.StartsWith("units_sold", StringComparison.Ordinal) && sentence.Tokens[phrase.End - 1].Stem is "seller" or "bestseller" or "mover"
        && sentence.After(phrase)?.Kind is not (SenseKind.Dimension or SenseKind.Who)
        && !sentence.Phrases.Any(p => p.Kind == SenseKind.Dimension && p.Value is "product" or "employee" or "supplier" && sentence.Before(p)?.Kind != SenseKind.By);

    private static string Dimension(Sentence sentence, QuestionSlots slots, Phrase phrase) => phrase switch
    {
        { Kind: SenseKind.RankBy } => "product",
        { Kind: SenseKind.Who } => sentence.HasWord(Buying) ? "customer" : "employee",
        { Kind: SenseKind.Grain, Value: "hour" } => "hour",
        { Kind: SenseKind.Grain } => Step(slots, phrase.Value),
        _ when phrase.Value.StartsWith("date:", StringComparison.Ordinal) => Step(slots, phrase.Value["date:".Length..]),
        _ => phrase.Value,
    };

    private static string Step(QuestionSlots slots, string step)
    {
        slots.Grain = Enum.Parse<TimeGrain>(step, ignoreCase: true);
        return "date";
    }
}
