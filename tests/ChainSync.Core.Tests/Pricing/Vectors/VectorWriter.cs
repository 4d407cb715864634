using System.Text;
using System.Text.Json;
using ChainSync.Core.Pricing;

namespace ChainSync.Core.Tests.Pricing.Vectors;

/// <summary>Writes one case as one line of JSON, in the words of the wire contract.</summary>
internal sealed class VectorWriter : IDisposable
{
    private readonly MemoryStream _buffer = new();
    private readonly Utf8JsonWriter _json;

    public VectorWriter() => _json = new Utf8JsonWriter(_buffer);

    public static string Line(string kind, Action<VectorWriter> write)
    {
        using var writer = new VectorWriter();
        writer._json.WriteStartObject();
        writer._json.WriteString("kind", kind);
        write(writer);
        writer._json.WriteEndObject();
        writer._json.Flush();
        return Encoding.UTF8.GetString(writer._buffer.ToArray());
    }

    public void Dispose()
    {
        _json.Dispose();
        _buffer.Dispose();
    }

    public VectorWriter Number(string name, long value)
    {
        _json.WriteNumber(name, value);
        return this;
    }

    public VectorWriter Numbers(string name, IEnumerable<long> values)
    {
        _json.WriteStartArray(name);
        foreach (var value in values) _json.WriteNumberValue(value);
        _json.WriteEndArray();
        return this;
    }

    public VectorWriter Mode(Rounding rounding)
    {
        if (rounding == Rounding.HalfEven) _json.WriteString("rounding", "half-even");
        return this;
    }

    public VectorWriter Basket(Basket basket)
    {
        _json.WriteStartObject("basket");
        _json.WriteString("currency", basket.Currency.Code);
        _json.WriteBoolean("pricesIncludeTax", basket.PricesIncludeTax);
        Mode(basket.Rounding);
        if (basket.CashRoundingMinor != 1) Number("cashRoundingMinor", basket.CashRoundingMinor);
        Each("lines", basket.Lines, line =>
        {
            Number("unitPriceMinor", line.UnitPriceMinor).Number("quantityMilli", line.QuantityMilli).Number("taxRatePpm", line.TaxRatePpm);
            Discount(line.Discount);
        });
        Discount(basket.Discount);
        _json.WriteEndObject();
        return this;
    }

    public VectorWriter Priced(PricedBasket priced)
    {
        _json.WriteStartObject("priced");
        Each("lines", priced.Lines, line => Number("grossMinor", line.GrossMinor)
            .Number("discountMinor", line.DiscountMinor)
            .Number("ticketDiscountMinor", line.TicketDiscountMinor)
            .Number("taxMinor", line.TaxMinor)
            .Number("totalMinor", line.TotalMinor));
        Each("taxes", priced.Taxes, tax => Number("ratePpm", tax.RatePpm)
            .Number("netMinor", tax.NetMinor)
            .Number("taxMinor", tax.TaxMinor)
            .Number("grossMinor", tax.GrossMinor));
        Number("subtotalMinor", priced.SubtotalMinor).Number("discountMinor", priced.DiscountMinor);
        Number("taxMinor", priced.TaxMinor).Number("totalMinor", priced.TotalMinor);
        _json.WriteEndObject();
        return this;
    }

    public VectorWriter Portions(string name, IEnumerable<LinePortion> portions)
    {
        Each(name, portions, portion => Number("quantityMilli", portion.QuantityMilli)
            .Number("totalMinor", portion.TotalMinor)
            .Number("taxMinor", portion.TaxMinor));
        return this;
    }

    public VectorWriter Settlement(Settlement settlement)
    {
        _json.WriteStartObject("settlement");
        Number("totalMinor", settlement.TotalMinor).Number("cashRoundingMinor", settlement.CashRoundingMinor);
        Number("changeMinor", settlement.ChangeMinor);
        Each("payments", settlement.Payments, payment =>
        {
            _json.WriteString("method", JsonNamingPolicy.CamelCase.ConvertName(payment.Method.ToString()));
            Number("amountMinor", payment.AmountMinor);
            if (payment.TenderedMinor is { } tendered) Number("tenderedMinor", tendered);
        });
        _json.WriteEndObject();
        return this;
    }

    /// <summary>The code and, in order, the fields to blame. The wording is each side's own.</summary>
    public VectorWriter Rejection(Rejection? rejection)
    {
        if (rejection is null) return this;
        _json.WriteStartObject("rejection");
        _json.WriteString("code", rejection.Code);
        _json.WriteStartArray("fields");
        foreach (var field in rejection.Errors!.Keys.Order(StringComparer.Ordinal)) _json.WriteStringValue(field);
        _json.WriteEndArray();
        _json.WriteEndObject();
        return this;
    }

    private void Discount(Discount? discount)
    {
        if (discount is null) return;
        _json.WriteStartObject("discount");
        if (discount is Discount.Percent percent)
        {
            _json.WriteString("kind", "percent");
            Number("ratePpm", percent.RatePpm);
        }
        else if (discount is Discount.Amount amount)
        {
            _json.WriteString("kind", "amount");
            Number("amountMinor", amount.AmountMinor);
        }

        _json.WriteEndObject();
    }

    private void Each<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        _json.WriteStartArray(name);
        foreach (var item in items)
        {
            _json.WriteStartObject();
            write(item);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }
}
