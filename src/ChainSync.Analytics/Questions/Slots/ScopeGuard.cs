using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>
/// Decides before anything else whether a question may be answered at all: never one that would write, asks for secrets,
/// supposes what is not, or is not about the shop.
/// </summary>
internal static class ScopeGuard
{
    private static readonly HashSet<string> Lead =
    [
        "please", "can", "could", "would", "will", "you", "i", "we", "want", "need", "to", "go", "ahead", "and", "then", "now", "hey",
        "ok", "okay", "just", "let", "us", "kindly", "help", "me", "like", "must", "also", "so",
    ];

    /// <summary>Verbs that write when something to write follows them: "order 50 …", "refund the customer", "raise prices".</summary>
    private static readonly HashSet<string> Doing =
    [
        "set", "change", "raise", "lower", "increase", "decrease", "reduce", "cut", "add", "remove", "drop", "refund", "order",
        "discount", "mark", "move", "close", "email", "mail", "message", "text", "notify", "put", "give",
        "make", "pay", "buy", "return", "charge", "post", "restock", "reorder", "apply", "clear", "markdown", "replace", "double",
        "halve", "fix", "place", "issue", "stop", "start", "block", "promote", "call", "ring", "process", "sell", "take",
        "log", "sign", "ban", "print", "swap", "switch", "turn", "enter", "save", "backup", "update", "edit", "insert", "reset",
        "create", "cancel", "void", "approve", "reject", "assign", "grant", "fire", "hire", "dismiss", "activate",
        "disable", "enable", "transfer", "send", "upload", "import", "install", "restart", "adjust", "correct", "submit", "publish",
        "archive", "merge", "knock", "hide", "slash", "bump", "lift", "book", "schedule", "write", "undo", "register", "enroll", "purchase",
    ];

    private static readonly HashSet<string> Objects =
    [
        "a", "an", "the", "all", "every", "each", "our", "my", "this", "that", "these", "those", "it", "them", "some", "more",
        "another", "new", "price", "stock", "customer", "everyone", "everything", "item", "product", "order", "him", "her", "off",
        "up", "out", "down", "back", "their", "its", "his", "your", "both", "discount", "staff", "employee", "transaction", "sale",
        "account", "role", "permission", "inventory", "extra", "additional", "receipt", "shift", "supplier", "user", "store",
    ];

    /// <summary>Words that decide about writing; spelling must never change them.</summary>
    public static IEnumerable<string> Words => Lead.Concat(Doing).Concat(Objects);

    public static RefusedQuestion? Check(Sentence sentence, bool following)
    {
        if (sentence.Tokens.Count == 0)
            return OutOfScope();

        if (sentence.Has(SenseKind.Write, "strong") || Writes(sentence, following))
            return new(RefusalReason.Write, "Questions only read. To change something, use the page it belongs to.");

        if (sentence.Has(SenseKind.Private) || IsCode(sentence))
            return new(RefusalReason.Private, "Questions answer with figures only: no personal data, secrets or raw tables.");

        if (sentence.Has(SenseKind.WhatIf))
            return new(RefusalReason.WhatIf, "Questions answer from recorded sales and their forecast; they do not model what would happen after a change.");

        if (sentence.Phrases.Any(p => p.Kind == SenseKind.OffTopic && p.Value == ""))
            return OutOfScope();

        return following || IsAboutTheShop(sentence) || IsVague(sentence) ? null : OutOfScope();
    }

    /// <summary>Query text: "select … from", or "where" with an equals sign. A person selects "the top 5 from Bakery".</summary>
    private static bool IsCode(Sentence sentence)
    {
        var tokens = sentence.Tokens;
        for (var i = 0; i + 1 < tokens.Count; i++)
            if ((tokens[i].Text == "select" && tokens[i + 1].Text is "from" or "count") || (tokens[i].Text == "union" && tokens[i + 1].Text is "select" or "all")
                || (tokens[i].Text == "where" && tokens.Skip(i + 2).Take(1).Any(t => t.Kind == TokenKind.Symbol)))
                return true;

        return false;
    }

    /// <summary>"what is happening", "show me the data": nothing of the shop, but nothing else either, so it is asked back.</summary>
    private static bool IsVague(Sentence sentence) =>
        !sentence.Has(SenseKind.Unknown) && !sentence.Has(SenseKind.OffTopic) && !sentence.Has(SenseKind.Number);

    /// <summary>The refusal of what is about something else.</summary>
    public static RefusedQuestion OutOfScope() =>
        new(RefusalReason.OutOfScope, "That is not about this shop's numbers. Ask for sales, margin, stock, refunds, customers, forecasts or anomalies.");

    private static bool Writes(Sentence sentence, bool following)
    {
        for (var i = 0; i < sentence.Tokens.Count; i++)
        {
            var starts = i == 0 || sentence.Tokens.Take(i).All(t => Lead.Contains(t.Text) || t.Kind is TokenKind.Comma) || Clause(sentence, i);
            if (starts && ((IsDoing(sentence.Tokens[i].Text) && HasObject(sentence, i, following)) || (!following && IsOrder(sentence, i))))
                return true;
        }

        return false;
    }

    /// <summary>"send", "resend", "reissue": to do it again is to do it.</summary>
    private static bool IsDoing(string word) =>
        Doing.Contains(word) || (word.StartsWith("re", StringComparison.Ordinal) && Doing.Contains(word[2..]));

    /// <summary>"please forward the invoice": an unknown word at the head of a sentence, then a thing, and no figure anywhere, tells to do.</summary>
    private static bool IsOrder(Sentence sentence, int verb) =>
        sentence.Tokens.Skip(verb + 1).FirstOrDefault()?.Text is "a" or "an" or "the" or "all" or "every" or "our" or "my" or "this" or "these"
        && sentence.Phrases.Any(p => p.Kind == SenseKind.Unknown && p.Start == verb)
        && !sentence.Phrases.Any(p => p.IsMetric || p.Kind is SenseKind.Sell or SenseKind.Idiom or SenseKind.Compare or SenseKind.RankBy);

    /// <summary>"… and then email it", "; drop …": a verb that opens a clause of its own.</summary>
    private static bool Clause(Sentence sentence, int i) =>
        sentence.Tokens[i - 1].Text is "then" or ";" or "please" || (i > 1 && sentence.Tokens[i - 1].Text == "and" && sentence.Tokens[i].Text is "email" or "send" or "update" or "cancel" or "transfer" or "notify" or "set" or "save");

    private static bool HasObject(Sentence sentence, int verb, bool following)
    {
        var phrase = sentence.Phrases.First(p => p.Start <= verb && p.End > verb);
        if (phrase.Length > 1 && phrase.Kind is not (SenseKind.Stop or SenseKind.Write or SenseKind.Recommend) && phrase.Start == verb)
            return false;

        if (verb + 1 >= sentence.Tokens.Count)
            return phrase.Kind == SenseKind.Write;

        // "give me", "make it weekly", "remove Airport" speak of the answer, not of the shop.
        var next = sentence.Tokens[verb + 1];
        if (next.Text is "me" or "us" or "of" or "in" or "by" || (following && next.Text is "it" or "that" or "this" && phrase.Kind != SenseKind.Write))
            return false;

        var after = sentence.Phrases.FirstOrDefault(p => p.Start > verb && p.Kind != SenseKind.Stop);
        if (following && sentence.Tokens[verb].Text is "remove" or "drop" or "add" or "clear" && after?.Kind is SenseKind.Name or SenseKind.Metric or SenseKind.Sales or SenseKind.Dimension or SenseKind.Refunds)
            return false;

        if (sentence.Tokens[verb].Text is "make" or "take" or "print" or "call" or "ring" && next.Stem is "a" or "the" && after?.Kind is not (SenseKind.Name or SenseKind.Dimension))
            return false;

        return Objects.Contains(next.Stem) || next.IsNumber || (after?.Kind == SenseKind.Name && after.Start == verb + 1) || phrase.Kind == SenseKind.Write;
    }

    private static bool IsAboutTheShop(Sentence sentence)
    {
        var ours = sentence.HasWord("we", "i", "our", "us", "my", "business", "things", "shop", "store", "stores");
        return sentence.Phrases.Any(p => p.Kind switch
        {
            SenseKind.Metric or SenseKind.Sales or SenseKind.Refunds or SenseKind.Sell or SenseKind.Idiom or SenseKind.Recommend or SenseKind.Anomaly or SenseKind.RankBy or SenseKind.Hours => true,
            SenseKind.Name => true,
            SenseKind.Dimension => !p.Value.StartsWith("date:", StringComparison.Ordinal) || ours || sentence.Has(SenseKind.Rank),
            SenseKind.Perform => ours || !sentence.Has(SenseKind.Unknown),
            SenseKind.Verb or SenseKind.Growth or SenseKind.Compare => ours,
            SenseKind.Should => ours && !sentence.Has(SenseKind.Unknown),
            SenseKind.Rank or SenseKind.Forecast or SenseKind.Trend => !sentence.Has(SenseKind.Unknown),
            SenseKind.Time => !sentence.Has(SenseKind.Unknown),
            _ => false,
        });
    }
}
