using ChainSync.Core;
using ChainSync.Server.Infrastructure.Http;

namespace ChainSync.Server.Data;

/// <summary>
/// What a person types into a search box, as a PostgreSQL query for the indexes made with <c>to_tsvector('simple', …)</c>:
/// every word must begin a word of the text, in any order.
/// </summary>
public static class TextSearch
{
    private const int MostCharacters = 200;
    private const int MostWords = 10;

    /// <summary>
    /// The condition that <paramref name="vector"/> fits what <see cref="Words"/> gives for the <c>?</c> in it. The words are tried as they
    /// are typed, which finds the beginning of an e-mail address or an article number, and as the parser would split them.
    /// </summary>
    public static string Matches(string vector) => $"{vector} @@ (?::tsquery || to_tsquery('simple', ?))";

    /// <summary>What was typed, as a query's text: null where it was nothing.</summary>
    /// <exception cref="RejectionException">It is too long or holds control characters.</exception>
    public static string? Words(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        var errors = new FieldErrors();
        errors.CheckText("q", typed, MostCharacters);
        if (errors.ToRejection() is { } invalid) throw new RejectionException(invalid);
#pragma warning disable CA1308 // lexemes of the 'simple' configuration are lower case
        var words = typed.ToLowerInvariant().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Take(MostWords);
#pragma warning restore CA1308
        return string.Join(" & ", words.Select(w => $"'{w.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}':*"));
    }
}
