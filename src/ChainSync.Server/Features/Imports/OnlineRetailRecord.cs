using System.Globalization;
using ChainSync.Core.Imports;
using CsvHelper;

namespace ChainSync.Server.Features.Imports;

/// <summary>The fields of the reader's current line, checked one by one.</summary>
internal sealed class OnlineRetailRecord(CsvReader csv, OnlineRetailColumns columns)
{
    private const int MaxNameLength = 200;
    private const int MaxCodeLength = 40;
    private const int MaxQuantity = 1_000_000;
    private const decimal MaxPrice = 100_000_000;
    private const int MicrosPerUnit = 1_000_000;
    private const char Unreadable = '\uFFFD';

    private static readonly string[] TimeFormats = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "M/d/yyyy H:mm"];

    // Neighbouring lines repeat both, so the last ones are remembered.
    private (string Text, DateTime At) _time = ("", default);
    private readonly Dictionary<string, string> _capitals = new(StringComparer.Ordinal);

    /// <summary>Reads the line, or says why it cannot be read.</summary>
    public string? TryRead(bool malformed, out RetailLine line)
    {
        line = default;
        if (malformed) return "A quote is open, or stands inside a field.";
        if (csv.FieldCount != columns.Count) return $"{csv.FieldCount} fields instead of {columns.Count}.";
        if (csv.RawRecord.ContainsAnyInRange((byte)0, (byte)0x1F)) return "Has control characters in it.";
        var invoice = csv.GetString(columns.Invoice);
        if (!IsInvoice(invoice)) return "The invoice number is not digits, with C or A before them at most.";
        var sku = csv.GetString(columns.Sku);
        if (!IsText(sku, MaxCodeLength) || sku.Length == 0) return $"The stock code is missing, longer than {MaxCodeLength} characters or not UTF-8.";
        var description = csv.GetString(columns.Description);
        if (!IsText(description, MaxNameLength)) return $"The description is longer than {MaxNameLength} characters or not UTF-8.";
        if (!int.TryParse(csv.GetSpan(columns.Quantity), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var quantity)
            || quantity is < -MaxQuantity or > MaxQuantity) return $"The quantity is not a whole number within ±{MaxQuantity:N0}.";
        if (!TryTime(csv.GetString(columns.At), out var at)) return "The date is not one like 2010-12-01 08:26.";
        if (!TryPrice(csv.GetSpan(columns.Price), out var price)) return $"The price is not a number within ±{MaxPrice:N0} with at most six decimals.";
        var customer = csv.GetString(columns.Customer);
        if (customer.EndsWith(".0", StringComparison.Ordinal)) customer = customer[..^2];
        var country = csv.GetString(columns.Country);
        if (!IsText(customer, MaxCodeLength) || !IsText(country, MaxCodeLength)) return $"The customer or country is longer than {MaxCodeLength} characters or not UTF-8.";
        var capitals = Capitals(sku);
        line = new RetailLine((int)csv.LineNumber, invoice, capitals, description, quantity, at, price, customer, country, LoweredSku: capitals != sku);
        return null;
    }

    private static bool IsInvoice(string text)
    {
        var digits = text.StartsWith('C') || text.StartsWith('A') ? text.AsSpan(1) : text;
        return digits.Length is > 0 and <= 15 && !digits.ContainsAnyExceptInRange('0', '9');
    }

    private static bool IsText(string text, int maxLength) => text.Length <= maxLength && !text.Contains(Unreadable, StringComparison.Ordinal);

    private bool TryTime(string text, out DateTime at)
    {
        at = _time.At;
        if (text == _time.Text && text.Length > 0) return true;
        if (!DateTime.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out at) || at.Year is < 1990 or > 2200) return false;
        _time = (text, at);
        return true;
    }

    private static bool TryPrice(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var price) || Math.Abs(price) > MaxPrice) return false;
        var exact = price * MicrosPerUnit;
        if (exact % 1 != 0) return false;
        micros = (long)exact;
        return true;
    }

    private string Capitals(string sku)
    {
        if (!_capitals.TryGetValue(sku, out var capitals)) capitals = _capitals[sku] = sku.ToUpperInvariant();
        return capitals;
    }
}
