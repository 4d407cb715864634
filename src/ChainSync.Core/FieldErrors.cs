namespace ChainSync.Core;

/// <summary>Collects what is wrong with an input, by JSON path, so that a person sees all of it at once.</summary>
public sealed class FieldErrors
{
    private readonly Dictionary<string, List<string>> _byPath = [];

    /// <summary>Whether nothing is wrong so far.</summary>
    public bool IsEmpty => _byPath.Count == 0;

    /// <summary>Notes an error unless the condition holds.</summary>
    /// <param name="holds">What must be true.</param>
    /// <param name="path">The field, for example <c>lines[0].quantityMilli</c>.</param>
    /// <param name="message">What is wrong, in a person's words.</param>
    /// <returns>The condition, so that checks which depend on it can be left out.</returns>
    public bool Require(bool holds, string path, string message)
    {
        if (!holds) Add(path, message);
        return holds;
    }

    /// <summary>Notes an error.</summary>
    /// <param name="path">The field.</param>
    /// <param name="message">What is wrong.</param>
    public void Add(string path, string message)
    {
        if (!_byPath.TryGetValue(path, out var messages)) _byPath[path] = messages = [];
        messages.Add(message);
    }

    /// <summary>Checks a text's presence and length (in UTF-16 units), and that it holds no control characters.</summary>
    /// <param name="value">The text.</param>
    /// <param name="path">The field.</param>
    /// <param name="maxLength">The longest that is taken.</param>
    /// <param name="required">Whether it must be there and not blank.</param>
    public void Text(string? value, string path, int maxLength, bool required = true)
    {
        if (string.IsNullOrWhiteSpace(value)) Require(!required, path, "must not be empty");
        else if (value.Length > maxLength) Add(path, $"must be at most {maxLength} characters");
        else if (value.Any(char.IsControl)) Add(path, "must not contain control characters");
    }

    /// <summary>All of it as one refusal, or null when nothing is wrong.</summary>
    /// <param name="code">The refusal's code.</param>
    public Rejection? ToRejection(string code = "common.invalid")
    {
        if (IsEmpty) return null;
        var (path, messages) = _byPath.First();
        var more = _byPath.Count == 1 ? "" : $" (and {_byPath.Count - 1} more fields)";
        return new Rejection(code, $"{path} {messages[0]}{more}.", _byPath.ToDictionary(e => e.Key, e => e.Value.ToArray()));
    }
}
