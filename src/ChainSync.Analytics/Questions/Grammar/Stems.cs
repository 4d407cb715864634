namespace ChainSync.Analytics.Questions.Grammar;

/// <summary>Cuts English plural endings, the same way for questions, phrases and names.</summary>
internal static class Stems
{
    public static string Of(string word)
    {
        if (word.Length < 4 || !char.IsAsciiLetter(word[^1]))
            return word;

        if (word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4)
            return string.Concat(word.AsSpan(0, word.Length - 3), "y");

        if (word.EndsWith("ie", StringComparison.Ordinal) && word.Length > 4)
            return string.Concat(word.AsSpan(0, word.Length - 2), "y");

        if (EndsWithAny(word, "sses", "shes", "ches", "xes", "zes"))
            return word[..^2];

        return word[^1] == 's' && !EndsWithAny(word, "ss", "us", "is") ? word[..^1] : word;
    }

    private static bool EndsWithAny(string word, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
            if (word.EndsWith(ending, StringComparison.Ordinal))
                return true;

        return false;
    }
}
