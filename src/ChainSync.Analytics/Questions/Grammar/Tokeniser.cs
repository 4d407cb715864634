using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ChainSync.Analytics.Questions.Grammar;

/// <summary>Cuts a question into lower-case words, numbers, dates and signs.</summary>
internal static partial class Tokeniser
{
    private static readonly FrozenDictionary<string, int> NumberWords = new Dictionary<string, int>
    {
        ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9,
        ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12, ["dozen"] = 12, ["fourteen"] = 14, ["fifteen"] = 15, ["eighteen"] = 18,
        ["twenty"] = 20, ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50, ["sixty"] = 60, ["ninety"] = 90, ["hundred"] = 100,
        ["thousand"] = 1000,
    }.ToFrozenDictionary();

    private static readonly (string From, string To)[] Contractions =
    [
        ("can't", "can not"), ("cannot", "can not"), ("won't", "will not"), ("n't", " not"), ("how'd", "how did"), ("what'd", "what did"),
        ("who'd", "who did"), ("where'd", "where did"), ("what's", "what is"), ("how's",
        "how is"), ("who's", "who is"),
        ("where's", "where is"), ("that's", "that is"), ("it's", "it is"), ("there's", "there is"), ("when's", "when is"), ("let's",
        "let us"), ("'ll", " will"),
        ("'ve", " have"), ("'re", " are"), ("'d", " would"), ("'m", " am"), ("year's", "year"), ("'s", ""),
    ];

    /// <summary>Reads a question; <paramref name="dayFirst"/> decides what 03/04/2026 is.</summary>
    public static List<Token> Read(string text, bool dayFirst)
    {
        var plain = Plain(text);
        var tokens = new List<Token>();
        foreach (var match in Pieces().EnumerateMatches(plain))
            tokens.Add(Piece(plain.Substring(match.Index, match.Length), dayFirst));

        return Merge(tokens);
    }

    /// <summary>
    /// Words written as names in a sentence that is otherwise in lower case: a capital inside it, but neither all of the word
    /// nor most of the sentence in capitals, which says nothing.
    /// </summary>
    public static HashSet<string> ProperNouns(string text)
    {
        var words = Words().Matches(text).Select(m => (m.Index, m.Value)).ToList();
        var inside = words.Skip(1).Where(w => !text[..w.Index].TrimEnd().EndsWith('.') && !text[..w.Index].TrimEnd().EndsWith('?')).ToList();
        var named = inside.Where(w => char.IsUpper(w.Value[0]) && w.Value.Skip(1).All(char.IsLower) && w.Value.Length > 2).ToList();
        return named.Count * 2 > words.Count ? [] : [.. named.Select(w => w.Value.ToLowerInvariant())];
    }

    private static string Plain(string text)
    {
        var plain = text.ToLowerInvariant().Replace('\u2019', '\'').Replace('\u2018', '\'').Replace('\u2013', '-').Replace('\u2014', '-').Replace("&", " and ", StringComparison.Ordinal);
        if (!Ascii.IsValid(plain))
            plain = string.Concat(plain.Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark).Select(Unaccented));

        foreach (var (from, to) in Contractions)
            plain = plain.Replace(from, to, StringComparison.Ordinal);

        return plain;
    }

    /// <summary>The letter without its accent; a table, for hosts without ICU cannot take letters apart.</summary>
    private static char Unaccented(char letter)
    {
        const string accented = "àáâãäåāăąçćčďèéêëēęěğìíîïīıłñńňòóôõöøőřśšşťùúûüūůűýÿźżž";
        const string plain = "aaaaaaaaacccdeeeeeeegiiiiiilnnnooooooorssstuuuuuuuyyzzz";
        return accented.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? plain[at] : letter;
    }

    private static Token Piece(string piece, bool dayFirst)
    {
        if (Date(piece, dayFirst) is { } date)
            return new(TokenKind.Date, piece, piece, date.DayNumber);

        if (Hour(piece) is { } hour)
            return new(TokenKind.Clock, piece, piece, hour);

        if (piece.Length > 2 && char.IsAsciiDigit(piece[0]) && piece[^2..] is "st" or "nd" or "rd" or "th"
            && int.TryParse(piece.AsSpan(0, piece.Length - 2), CultureInfo.InvariantCulture, out var ordinal))
            return new(TokenKind.Ordinal, piece, piece, ordinal);

        if (Number(piece) is { } number)
            return number;

        if (NumberWords.TryGetValue(piece, out var value))
            return new(TokenKind.Number, piece, piece, value);

        return piece switch
        {
            "," or ";" => new(TokenKind.Comma, piece, piece),
            "-" => new(TokenKind.Dash, piece, piece),
            "%" => Token.Word("percent"),
            "avg" => Token.Word("average"),
            // "moneywise", "saleswise": only the noun says something.
            _ when piece.Length > 7 && piece.EndsWith("wise", StringComparison.Ordinal) && piece is not ("likewise" or "otherwise") => Token.Word(piece[..^4]),
            _ when char.IsLetterOrDigit(piece[0]) => Token.Word(piece),
            _ => new(TokenKind.Symbol, piece, piece),
        };
    }

    private static Token? Number(string piece)
    {
        var kind = piece[0] is '£' or '$' or '€' ? TokenKind.Money : piece[^1] == '%' ? TokenKind.Percent : TokenKind.Number;
        var digits = piece.Trim('£', '$', '€', '%').Replace(",", "", StringComparison.Ordinal);
        var scale = digits.Length > 1 ? digits[^1] switch { 'k' => 1e3, 'm' => 1e6, _ => 1 } : 1;
        if (scale > 1)
            digits = digits[..^1];

        return double.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? new(kind, piece, piece, value * scale)
            : null;
    }

    private static DateOnly? Date(string piece, bool dayFirst)
    {
        string[] formats = dayFirst
            ? ["yyyy-M-d", "yyyy/M/d", "d/M/yyyy", "d/M/yy", "d.M.yyyy", "d-M-yyyy"]
            : ["yyyy-M-d", "yyyy/M/d", "M/d/yyyy", "M/d/yy", "d.M.yyyy", "M-d-yyyy"];
        return DateOnly.TryParseExact(piece, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    }

    private static double? Hour(string piece)
    {
        var match = ClockTime().Match(piece);
        if (!match.Success)
            return piece is "noon" or "midday" ? 12 : null;

        var hour = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "pm" when hour < 12 => hour + 12,
            "am" when hour == 12 => 0,
            _ => hour,
        };
    }

    private static List<Token> Merge(List<Token> tokens)
    {
        var merged = new List<Token>(tokens.Count);
        foreach (var token in tokens)
        {
            var before = merged.Count > 0 ? merged[^1] : null;
            if (token.Text is "percent" or "pct" or "pc" && before is { Kind: TokenKind.Number })
                merged[^1] = before with { Kind = TokenKind.Percent };
            else if (token.Text == "cent" && before?.Text == "per")
                merged[^1] = Token.Word("percent");
            else if (token.Text is "pound" or "pounds" or "dollars" or "euros" or "gbp" or "eur" or "usd" or "quid" && before is { Kind: TokenKind.Number })
                merged[^1] = before with { Kind = TokenKind.Money };
            else if (token.Text is "am" or "pm" && before is { Kind: TokenKind.Number, Number: <= 12 })
                merged[^1] = new(TokenKind.Clock, before.Text + token.Text, before.Text, (before.Number % 12) + (token.Text == "pm" ? 12 : 0));
            else
                merged.Add(token);
        }

        // "10 per cent" needs a second look, once "per cent" is one word.
        for (var i = merged.Count - 1; i > 0; i--)
        {
            if (merged[i].Text != "percent" || merged[i - 1].Kind != TokenKind.Number)
                continue;

            merged[i - 1] = merged[i - 1] with { Kind = TokenKind.Percent };
            merged.RemoveAt(i);
        }

        return merged;
    }

    [GeneratedRegex(@"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)|\d{1,2}:\d\d(?:am|pm)?|[£$€]-?\d[\d,]*(?:\.\d+)?[km]?\b|\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|\d+(?:\.\d+)?%|\d+\.\d+[\p{L}]*|[\p{L}\d]+(?:'[\p{L}]+)?|>=|<=|[<>=,;%-]")]
    private static partial Regex Pieces();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Words();

    [GeneratedRegex(@"^(\d{1,2})(?:(?::\d\d)?(am|pm)|:\d\d)$")]
    private static partial Regex ClockTime();
}
