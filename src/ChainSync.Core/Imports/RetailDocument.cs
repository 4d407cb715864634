namespace ChainSync.Core.Imports;

/// <summary>The lines of one invoice or credit note, in the order of the file, each with what becomes of it.</summary>
public sealed class RetailDocument
{
    private readonly List<RetailLine> _lines = [];
    private ImportRule[] _fates = [];

    /// <param name="first">Its first line, which says when it was and whose.</param>
    internal RetailDocument(in RetailLine first) => (Number, At, Customer, Country) = (first.Invoice, first.At, first.Customer, first.Country);

    /// <summary>The number in the file: <c>536365</c>, <c>C536379</c>.</summary>
    public string Number { get; }

    /// <summary>Local time of the first line.</summary>
    public DateTime At { get; }

    /// <summary>The customer's number, empty where there is none.</summary>
    public string Customer { get; }

    /// <summary>The customer's country.</summary>
    public string Country { get; }

    /// <summary>Whether it takes back.</summary>
    public bool IsCredit => Number[0] == 'C';

    /// <summary>The lines.</summary>
    public IReadOnlyList<RetailLine> Lines => _lines;

    /// <summary>What becomes of each of <see cref="Lines"/>.</summary>
    public IReadOnlyList<ImportRule> Fates => _fates;

    /// <summary>The lines of a sale.</summary>
    public IEnumerable<RetailLine> SaleLines => With(RetailRules.Sold, RetailRules.SoldService, RetailRules.SoldFree);

    /// <summary>The lines of a refund.</summary>
    public IEnumerable<RetailLine> RefundLines => With(RetailRules.Refunded, RetailRules.RefundedService);

    /// <summary>The lines that move stock without a sale; the sign of the quantity is the direction.</summary>
    public IEnumerable<RetailLine> Corrections => With(RetailRules.WrittenOff, RetailRules.Found);

    /// <summary>Whether anything of it is to be written.</summary>
    public bool HasContent => Array.Exists(_fates, RetailRules.IsWritten);

    internal void Add(in RetailLine line) => _lines.Add(line);

    internal void Judge()
    {
        var isSale = Customer.Length > 0 || _lines.Exists(IsPriced);
        _fates = [.. _lines.Select(line => RetailFates.Of(line, isSale))];
    }

    private IEnumerable<RetailLine> With(params ImportRule[] fates) => _lines.Where((_, i) => fates.Contains(_fates[i]));

    private static bool IsPriced(RetailLine line) =>
        line.PriceMicros > 0 && RetailCode.KindOf(line.Sku) is RetailCodeKind.Goods or RetailCodeKind.Service;
}
