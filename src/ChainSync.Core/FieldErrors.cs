using System.Globalization;

namespace ChainSync.Core;

/// <summary>Collects what is wrong with the fields of one input, so that a caller hears of every mistake at once.</summary>
public sealed class FieldErrors
{
    private readonly Dictionary<string, List<string>> _messages = new(StringComparer.Ordinal);

    /// <summary>Whether any field is to blame.</summary>
    public bool Any => _messages.Count > 0;

    /// <summary>Blames <paramref name="field"/>, a path such as <c>lines[0].quantityMilli</c>.</summary>
    public void Add(string field, string message)
    {
        if (!_messages.TryGetValue(field, out var messages)) _messages[field] = messages = [];
        messages.Add(message);
    }

    /// <summary>Blames <paramref name="field"/> unless <paramref name="least"/> ≤ <paramref name="value"/> ≤ <paramref name="most"/>.</summary>
    public void CheckRange(string field, long value, long least, long most)
    {
        if (value < least || value > most)
            Add(field, string.Create(CultureInfo.InvariantCulture, $"Must be between {least} and {most}."));
    }

    /// <summary>Blames <paramref name="field"/> unless <paramref name="holds"/>.</summary>
    /// <returns><paramref name="holds"/>, so that checks which need it can be left out.</returns>
    public bool Require(bool holds, string field, string message)
    {
        if (!holds) Add(field, message);
        return holds;
    }

    /// <summary>Blames a text that is missing, longer than <paramref name="maxLength"/> UTF-16 units, or holds control characters.</summary>
    public void CheckText(string field, string? value, int maxLength, bool required = true)
    {
        if (string.IsNullOrWhiteSpace(value)) Require(!required, field, "Must not be empty.");
        else if (value.Length > maxLength) Add(field, string.Create(CultureInfo.InvariantCulture, $"Must be at most {maxLength} characters."));
        else if (value.Any(char.IsControl)) Add(field, "Must not contain control characters.");
    }

    /// <summary>The refusal that carries every message, or null when no field is to blame.</summary>
    public Rejection? ToRejection(string code = Rejection.InvalidCode, string detail = "Some fields are out of their bounds.") =>
        Any ? new Rejection(code, detail, _messages.ToDictionary(e => e.Key, e => e.Value.ToArray(), StringComparer.Ordinal)) : null;
}
