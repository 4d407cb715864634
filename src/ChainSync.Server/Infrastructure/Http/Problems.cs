using ChainSync.Core;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>The only table from a refusal's code to an HTTP status. A test holds it against every code in the source.</summary>
public static class Problems
{
    private static readonly Dictionary<string, int> StatusByCode = new(StringComparer.Ordinal)
    {
        ["auth.cross-site"] = 403,
        ["auth.expired"] = 401,
        ["auth.invalid"] = 401,
        ["auth.missing"] = 401,
        ["auth.locked"] = 423,
        ["common.already-exists"] = 409,
        ["common.fault"] = 500,
        ["common.forbidden"] = 403,
        ["common.invalid"] = 422,
        ["common.malformed-json"] = 400,
        ["common.not-found"] = 404,
        ["common.too-large"] = 413,
        ["common.unknown-reference"] = 422,
        ["common.unsupported-media-type"] = 415,
        ["common.version-conflict"] = 409,
        ["money.unknown-currency"] = 422,
        ["imports.already-running"] = 409,
        ["operation.missing-id"] = 400,
        ["operation.reused"] = 422,
        ["sales.cash-rounding-mismatch"] = 422,
        ["sales.change-mismatch"] = 422,
        ["sales.payment-mismatch"] = 422,
        ["sales.refund-exceeds-sold"] = 422,
        ["sales.refund-payment-mismatch"] = 422,
        ["sales.tender-mismatch"] = 422,
        ["sales.total-mismatch"] = 422,
        ["sales.unknown-line"] = 422,
        ["sales.unknown-product"] = 422,
        ["sales.wrong-currency"] = 422,
    };

    /// <summary>Every code that has a status.</summary>
    public static IReadOnlyCollection<string> Codes => StatusByCode.Keys;

    /// <summary>The status of a code.</summary>
    /// <exception cref="KeyNotFoundException">The table lacks the code.</exception>
    public static int StatusOf(string code) => StatusByCode[code];

    /// <summary>A refusal as an answer.</summary>
    public static ProblemResult From(Rejection rejection) => new(rejection);
}
