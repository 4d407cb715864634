namespace ChainSync.Core.Sales;

/// <summary>The bounds of one sale; past them the input is an error, not a sale.</summary>
public static class SaleLimits
{
    /// <summary>Most lines on a ticket.</summary>
    public const int Lines = 1_000;

    /// <summary>Most payments on a ticket.</summary>
    public const int Payments = 20;

    /// <summary>How far ahead of the server a till's clock may be before the sale is flagged.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(10);
}
