namespace ChainSync.Core.Imports;

/// <summary>A line of a sale of which some may still come back.</summary>
/// <param name="SaleId">The sale.</param>
/// <param name="LineNo">Its line.</param>
/// <param name="PriceMinor">The unit price it was sold at.</param>
/// <param name="LeftMilli">What has not come back yet, thousandths of a unit.</param>
public sealed record OpenLine(Guid SaleId, int LineNo, long PriceMinor, long LeftMilli);

/// <summary>
/// Ties the lines of credit notes to sales. The file does not say which sale a credit note takes back, so the rule is: the latest
/// earlier sale line of the same customer and product, sold at the same price, with enough left. Nothing is split over several
/// lines, and an anonymous credit note or one at another price stays without a sale.
/// </summary>
public sealed class CreditMatcher
{
    private readonly Dictionary<(Guid Customer, Guid Product), List<OpenLine>> _open = [];

    /// <summary>Notes a sale line; earlier ones first.</summary>
    public void Sold(Guid customer, Guid product, OpenLine line)
    {
        if (!_open.TryGetValue((customer, product), out var lines)) _open[(customer, product)] = lines = [];
        lines.Add(line);
    }

    /// <summary>Takes from the sale line that the rule names, or answers null.</summary>
    public OpenLine? Take(Guid customer, Guid product, long priceMinor, long quantityMilli)
    {
        if (!_open.TryGetValue((customer, product), out var lines)) return null;
        var i = lines.FindLastIndex(line => line.PriceMinor == priceMinor && line.LeftMilli >= quantityMilli);
        if (i < 0) return null;
        var found = lines[i];
        lines[i] = found with { LeftMilli = found.LeftMilli - quantityMilli };
        return found;
    }
}
