namespace ChainSync.Core;

/// <summary>A refusal that is part of a normal day ("out of stock"): a value that travels to the caller, never an exception.</summary>
/// <param name="Code">
/// Stable and machine-readable, <c>area.fact</c> in kebab case, such as <c>sales.total-mismatch</c>. It is the code of the
/// refusal on every wire.
/// </param>
/// <param name="Detail">One plain sentence for a person: what happened and, where it helps, what to do.</param>
/// <param name="Errors">Messages by field path, such as <c>lines[0].quantityMilli</c>; null when no field is to blame.</param>
/// <param name="Extensions">Further facts a client may act on, by camelCase name; null when there are none.</param>
public sealed record Rejection(
    string Code,
    string Detail,
    IReadOnlyDictionary<string, string[]>? Errors = null,
    IReadOnlyDictionary<string, object?>? Extensions = null)
{
    /// <summary>The code of input whose fields are out of their bounds, whichever feature looked at it.</summary>
    public const string InvalidCode = "common.invalid";

    /// <summary>A refusal that one field is to blame for.</summary>
    public static Rejection OfField(string code, string detail, string field, string message) =>
        new(code, detail, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });
}
