using System.Globalization;
using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>Reads live names as filters: one, several, or all but some; and hours of the day.</summary>
internal static class FilterReader
{
    private static readonly string[] FieldOrder = ["store", "category", "product", "supplier", "payment_method", "channel", "employee", "customer"];

    public static void Read(Sentence sentence, QuestionSlots slots)
    {
        var found = new List<(string Field, string Value, bool Out)>();
        foreach (var phrase in sentence.Free(SenseKind.Name))
        {
            var outside = IsExcluded(sentence, phrase);
            if (phrase.Together)
                found.AddRange(phrase.Names.Select(n => (n.Field, n.Name, outside)));
            else if (Choose(sentence, phrase) is { } name)
                found.Add((name.Field, name.Name, outside));
            else
                slots.Ambiguous.Add(phrase);
        }

        foreach (var group in found.GroupBy(f => (f.Field, f.Out)))
            slots.Filters.Add(Filter(group.Key.Field, [.. group.Select(f => f.Value).Distinct()], group.Key.Out));

        ReadHours(sentence, slots);
    }

    /// <summary>"mornings before 11am" is both at once; "morning versus afternoon" spans both, hour by hour.</summary>
    private static void ReadHours(Sentence sentence, QuestionSlots slots)
    {
        var hours = sentence.Free(SenseKind.Hours).Select(h => h.Value.Split('-').Select(v => int.Parse(v, CultureInfo.InvariantCulture)).ToArray()).ToList();
        if (hours.Count == 0)
            return;

        var (from, to) = (hours.Max(h => h[0]), hours.Min(h => h[1]));
        if (from >= to || sentence.Compares || sentence.Has(SenseKind.Or))
            (from, to) = (hours.Min(h => h[0]), hours.Max(h => h[1]));

        if (hours.Count > 1 && (from, to) == (hours.Min(h => h[0]), hours.Max(h => h[1])) && !slots.Dimensions.Contains("hour"))
            slots.Dimensions.Add("hour");

        AddHours(slots, from, to);
    }

    public static QueryFilter Filter(string field, IReadOnlyList<string> values, bool outside) => (values.Count, outside) switch
    {
        (1, false) => new(field, QueryOperator.Eq, values),
        (1, true) => new(field, QueryOperator.Ne, values),
        (_, false) => new(field, QueryOperator.In, values),
        _ => new(field, QueryOperator.NotIn, values),
    };

    /// <summary>The one name meant, or null when several are as likely.</summary>
    private static ShopName? Choose(Sentence sentence, Phrase phrase)
    {
        if (phrase.Names.Count == 1)
            return phrase.Names[0];

        var said = new[] { sentence.Before(phrase), sentence.After(phrase) }.Where(p => p?.Kind == SenseKind.Dimension).Select(p => p!.Value).ToList();
        var named = phrase.Names.Where(n => said.Contains(n.Field)).ToList();
        if (named.Count == 1)
            return named[0];

        var same = phrase.Names.Select(n => n.Name.ToUpperInvariant()).Distinct().Count() == 1;
        return same ? phrase.Names.OrderBy(n => Array.IndexOf(FieldOrder, n.Field) is >= 0 and var i ? i : 99).First() : null;
    }

    /// <summary>"except A and B", "not A": an exclusion reaches over a list of names.</summary>
    private static bool IsExcluded(Sentence sentence, Phrase phrase)
    {
        for (var before = sentence.Before(phrase); before is not null; before = sentence.Before(before))
        {
            if (before.Kind is SenseKind.Exclude or SenseKind.Not || AllBut(sentence, before))
                return true;

            if (before.Kind is not (SenseKind.Name or SenseKind.And or SenseKind.Or or SenseKind.Dimension or SenseKind.All))
                return false;
        }

        return false;
    }

    /// <summary>"all stores but Airport": elsewhere "but" only joins.</summary>
    private static bool AllBut(Sentence sentence, Phrase but) =>
        but.Kind == SenseKind.And && sentence.Text(but) == "but" && sentence.Phrases.Any(p => p.Kind is SenseKind.All or SenseKind.By && p.Value != "by" && p.End <= but.Start && but.Start - p.End <= 3);

    private static void AddHours(QuestionSlots slots, int from, int to)
    {
        if (to == from + 1)
        {
            slots.Filters.Add(new("hour", QueryOperator.Eq, [Text(from)]));
            return;
        }

        if (from > 0)
            slots.Filters.Add(new("hour", QueryOperator.Gte, [Text(from)]));

        if (to < 24)
            slots.Filters.Add(new("hour", QueryOperator.Lt, [Text(to)]));
    }

    private static string Text(int hour) => hour.ToString(CultureInfo.InvariantCulture);
}
