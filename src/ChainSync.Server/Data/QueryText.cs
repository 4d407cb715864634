using ChainSync.Core;
using ChainSync.Server.Infrastructure.Http;

namespace ChainSync.Server.Data;

/// <summary>Texts of an address or its query. PostgreSQL refuses some characters, which must not become a fault of ours.</summary>
public static class QueryText
{
    private const int MostCharacters = 200;

    /// <summary>The text as it came, or null where there is none.</summary>
    /// <exception cref="RejectionException">It is too long or holds control characters.</exception>
    public static string? Exact(string field, string? text)
    {
        var errors = new FieldErrors();
        errors.CheckText(field, text, MostCharacters, required: false);
        return errors.ToRejection() is { } invalid ? throw new RejectionException(invalid) : text;
    }
}
