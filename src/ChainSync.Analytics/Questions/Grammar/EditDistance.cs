namespace ChainSync.Analytics.Questions.Grammar;

/// <summary>
/// Weighted Damerau–Levenshtein distance (Damerau 1964, optimal string alignment): swapped neighbours, dropped letters and letters doubled or not,
/// the commonest slips of a hurried typist, cost less than wrong letters, unless the wrong key lies beside the right one.
/// </summary>
internal static class EditDistance
{
    private const double Swap = 0.9;
    private const double Twin = 0.7;
    private const double Wrong = 1.3;
    private const double WrongNeighbour = 1.0;

    private static readonly string[] Rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

    /// <summary>Cost of turning <paramref name="typed"/> into <paramref name="meant"/>; both at most 32 characters.</summary>
    public static double Between(ReadOnlySpan<char> typed, ReadOnlySpan<char> meant)
    {
        var width = meant.Length + 1;
        Span<double> rows = stackalloc double[3 * 33];
        var before = rows[..width];
        var above = rows.Slice(33, width);
        var here = rows.Slice(66, width);
        for (var j = 0; j < width; j++)
            above[j] = j;

        for (var i = 1; i <= typed.Length; i++)
        {
            here[0] = i;
            for (var j = 1; j < width; j++)
            {
                var change = above[j - 1] + Replace(typed[i - 1], meant[j - 1]);
                // "sel" for "sell", "prroduct" for "product": a letter doubled or not is the slip least noticed.
                var extra = i > 1 && typed[i - 1] == typed[i - 2] ? Twin : 1;
                var lost = j > 1 && meant[j - 1] == meant[j - 2] ? Twin : 1;
                here[j] = Math.Min(change, Math.Min(above[j] + extra, here[j - 1] + lost));
                if (i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1])
                    here[j] = Math.Min(here[j], before[j - 2] + Swap);
            }

            var spare = before;
            before = above;
            above = here;
            here = spare;
        }

        return above[meant.Length];
    }

    private static double Replace(char typed, char meant) =>
        typed == meant ? 0 : Neighbours(typed, meant) || (IsVowel(typed) && IsVowel(meant)) ? WrongNeighbour : Wrong;

    /// <summary>"weak" for "week": written as it is heard.</summary>
    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u';

    private static bool Neighbours(char a, char b)
    {
        for (var row = 0; row < Rows.Length; row++)
        {
            var at = Rows[row].IndexOf(a, StringComparison.Ordinal);
            if (at < 0)
                continue;

            for (var other = Math.Max(0, row - 1); other <= Math.Min(2, row + 1); other++)
                if (Rows[other].IndexOf(b, StringComparison.Ordinal) is >= 0 and var place && Math.Abs(place - at) <= 1)
                    return true;
        }

        return false;
    }
}
