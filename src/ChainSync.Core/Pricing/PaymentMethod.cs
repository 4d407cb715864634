using System.Text.Json.Serialization;
using ChainSync.Core.Json;

namespace ChainSync.Core.Pricing;

/// <summary>How money changes hands.</summary>
[JsonConverter(typeof(TolerantEnumConverter<PaymentMethod>))]
public enum PaymentMethod
{
    /// <summary>A method this version does not know; treated as not cash.</summary>
    Unknown = 0,

    /// <summary>Coins and notes: the only method that may be over-tendered and rounded.</summary>
    Cash = 1,

    /// <summary>A payment card or a wallet.</summary>
    Card = 2,

    /// <summary>A voucher or gift card.</summary>
    Voucher = 3,

    /// <summary>On account, to be paid later.</summary>
    Credit = 4,

    /// <summary>Any other method the store has agreed on.</summary>
    Other = 5,
}
