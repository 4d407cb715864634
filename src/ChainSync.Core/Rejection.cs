namespace ChainSync.Core;

/// <summary>An expected refusal: a fact about the request, not a fault of the program.</summary>
/// <param name="Code">Stable, <c>feature.fact</c>, for example <c>sales.total-mismatch</c>: the problem type's suffix and the frame's code.</param>
/// <param name="Detail">What happened, what was kept and what to do, for a person.</param>
/// <param name="Errors">For refused input, messages by JSON path, for example <c>lines[0].quantityMilli</c>.</param>
public sealed record Rejection(string Code, string Detail, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    /// <summary>A refusal of one field.</summary>
    /// <param name="code">The stable code.</param>
    /// <param name="path">The field's JSON path.</param>
    /// <param name="message">What is wrong with it.</param>
    public static Rejection Of(string code, string path, string message) =>
        new(code, message, new Dictionary<string, string[]> { [path] = [message] });
}
