using System.Net.Http.Headers;
using Microsoft.Extensions.Primitives;

namespace ChainSync.Realtime.Connections;

/// <summary>Negotiates <c>permessage-deflate</c> (RFC 7692 §7.1): no context is kept over messages, so that one compressed event serves everyone.</summary>
internal static class DeflateOffer
{
    /// <summary>The only form the hub agrees to, whichever offer it accepts.</summary>
    public const string Agreed = Extension + "; server_no_context_takeover; client_no_context_takeover";

    private const string Extension = "permessage-deflate";
    private const int FullWindowBits = 15;

    /// <summary>Whether one of the client's offers can be met as <see cref="Agreed"/>.</summary>
    /// <param name="extensions">The values of <c>Sec-WebSocket-Extensions</c>.</param>
    public static bool CanMeet(StringValues extensions)
    {
        foreach (var line in extensions)
        {
            foreach (var text in (line ?? "").Split(','))
            {
                // The header's grammar is the one of transfer codings: a token, then parameters.
                if (TransferCodingHeaderValue.TryParse(text, out var offer) && CanMeet(offer)) return true;
            }
        }
        return false;
    }

    private static bool CanMeet(TransferCodingHeaderValue offer)
    {
        if (!offer.Value.Equals(Extension, StringComparison.OrdinalIgnoreCase)) return false;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return offer.Parameters.All(p => seen.Add(p.Name) && CanMeet(p.Name.ToLowerInvariant(), p.Value?.Trim('"')));
    }

    // What is unknown, repeated or out of range declines the offer (§5.1), not the connection. Our compressor has but one window
    // size, so a client that wants a smaller one gets plain frames.
    private static bool CanMeet(string name, string? value) => name switch
    {
        "server_no_context_takeover" or "client_no_context_takeover" => value is null,
        "client_max_window_bits" => value is null || WindowBits(value) is not null,
        "server_max_window_bits" => value is not null && WindowBits(value) == FullWindowBits,
        _ => false,
    };

    private static int? WindowBits(string value) =>
        value is "8" or "9" or "10" or "11" or "12" or "13" or "14" or "15" ? int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) : null;
}
