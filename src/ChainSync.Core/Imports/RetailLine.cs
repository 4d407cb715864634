namespace ChainSync.Core.Imports;

/// <summary>One line of a file in the <c>online-retail</c> format, read but not yet judged.</summary>
/// <param name="LineNumber">Its place in the file; the header is line 1.</param>
/// <param name="Invoice">The invoice's number: digits, after <c>C</c> for a credit note and <c>A</c> for an adjustment of accounts.</param>
/// <param name="Sku">The stock code in capitals, without blanks around it.</param>
/// <param name="Description">What the file calls the product, without blanks around it; empty where it says nothing.</param>
/// <param name="Quantity">Whole units; below zero where goods come back or leave without a sale.</param>
/// <param name="At">The shop's local time, to the minute.</param>
/// <param name="PriceMicros">Price of one unit in millionths of the currency unit: £2.55 is 2,550,000.</param>
/// <param name="Customer">The customer's number, empty where the file names none.</param>
/// <param name="Country">The customer's country in English.</param>
/// <param name="LoweredSku">Whether the file wrote the code with small letters.</param>
public readonly record struct RetailLine(
    int LineNumber,
    string Invoice,
    string Sku,
    string Description,
    int Quantity,
    DateTime At,
    long PriceMicros,
    string Customer,
    string Country,
    bool LoweredSku = false)
{
    private const long MicrosPerMinor = 10_000;

    /// <summary>What the line comes to in millionths of the currency unit, exact, with the quantity's sign.</summary>
    public long AmountMicros => PriceMicros * Quantity;

    /// <summary>What the line comes to in minor units, rounded half away from zero, with the quantity's sign.</summary>
    public long AmountMinor => RoundingRules.Scale(Rounding.HalfAwayFromZero, AmountMicros, 1, MicrosPerMinor);

    /// <summary>The unit price in minor units; one finer than that is rounded up, so that a line discount can make the amount exact.</summary>
    public long PriceMinor => (PriceMicros + MicrosPerMinor - 1) / MicrosPerMinor;

    /// <summary>Whether the unit price has parts of a minor unit.</summary>
    public bool IsFinerThanMinor => PriceMicros % MicrosPerMinor != 0;
}
