using ChainSync.Core.Customers;
using ChainSync.Core.Products;
using ChainSync.Core.Stores;

namespace ChainSync.Core.Imports;

/// <summary>
/// Turns the documents of a file that a store does not have yet into chunks of rows. It carries on from one chunk to the next what
/// they leave (open sale lines, refunded sums), so chunks are taken and written in order.
/// </summary>
public sealed class RetailPlanner
{
    /// <summary>Most documents of a chunk.</summary>
    public const int DocumentsPerChunk = 500;

    /// <summary>A chunk ends with the document that brings it to so many lines.</summary>
    public const int LinesPerChunk = 10_000;

    private readonly RetailBook _book;
    private readonly StoreBefore _before;
    private readonly RuleCounts _counts;
    private readonly RetailFacts _facts;
    private readonly OpeningStock _opening = new();
    private readonly HashSet<Guid> _met = [];

    /// <summary>Prepares: looks at what is there and works out the opening stock.</summary>
    /// <param name="book">The file.</param>
    /// <param name="before">The store as it is.</param>
    /// <param name="counts">Takes the counts of rules that depend on the store.</param>
    public RetailPlanner(RetailBook book, StoreBefore before, RuleCounts counts)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(before);
        (_book, _before, _counts) = (book, before, counts);
        _facts = new RetailFacts(book.Catalogue, before, counts, new RetailNames(before));
        New = [.. book.Documents.Where(d => d.HasContent && !before.Has(d))];
        Existing = [.. book.Documents.Where(d => d.HasContent && before.Has(d))];
        foreach (var document in Existing.Where(Differs)) counts.Add(RetailRules.Differs, document.Lines.Count);
        foreach (var document in New) FollowStock(document);
    }

    /// <summary>Documents to write, in order.</summary>
    public IReadOnlyList<RetailDocument> New { get; }

    /// <summary>Documents that the store has already.</summary>
    public IReadOnlyList<RetailDocument> Existing { get; }

    /// <summary>The chunks, made as they are taken. To be walked once.</summary>
    public IEnumerable<ImportChunk> Chunks()
    {
        var chunk = new ImportChunk(1);
        foreach (var document in New)
        {
            Add(chunk, document);
            if (chunk.Documents.Count < DocumentsPerChunk && chunk.Lines < LinesPerChunk) continue;
            yield return chunk;
            chunk = new ImportChunk(chunk.Ordinal + 1);
        }
        if (chunk.Documents.Count > 0) yield return chunk;
    }

    private void Add(ImportChunk chunk, RetailDocument document)
    {
        chunk.Documents.Add(document.Number);
        chunk.Lines += document.Lines.Count;
        for (var i = 0; i < document.Lines.Count; i++)
        {
            if (RetailRules.IsWritten(document.Fates[i])) Meet(chunk, document.Lines[i].Sku);
        }
        if (document.Customer.Length > 0) MeetCustomer(chunk, document.Customer);
        _facts.Add(chunk, document);
    }

    // The first time a product is met its opening stock goes in, and the product itself if the store has none of that code.
    private void Meet(ImportChunk chunk, string sku)
    {
        var id = _facts.Names.Product(sku);
        if (!_met.Add(id)) return;
        if (_opening.Needed(id) is var needed and > 0) chunk.Opening[id] = needed;
        if (_before.Products.ContainsKey(sku)) return;
        var product = _book.Catalogue.Product(sku);
        chunk.Products.Add(new Product
        {
            StoreId = _before.Store.Id, Id = id, Sku = sku, Name = product.Name, PriceMinor = product.PriceMinor, TaxClassId = TaxClass(chunk),
            Active = !product.IsService,
        });
    }

    private void MeetCustomer(ImportChunk chunk, string number)
    {
        var id = _facts.Names.Customer(number);
        if (!_met.Add(id) || _before.Customers.ContainsKey(number)) return;
        chunk.Customers.Add(new Customer { StoreId = _before.Store.Id, Id = id, Name = _book.Catalogue.CustomerName(number), ExternalId = number });
    }

    private Guid TaxClass(ImportChunk chunk)
    {
        if (_before.UntaxedClassId is { } there) return there;
        var id = new RetailIds(_before.Store.Id).TaxClass();
        if (_met.Add(id)) chunk.TaxClass = new TaxClass { StoreId = _before.Store.Id, Id = id, Code = "untaxed", Name = "Tax not stated", RatePpm = 0 };
        return id;
    }

    private void FollowStock(RetailDocument document)
    {
        for (var i = 0; i < document.Lines.Count; i++)
        {
            var line = document.Lines[i];
            if (!RetailRules.MovesStock(document.Fates[i])) continue;
            var id = _facts.Names.Product(line.Sku);
            if (_before.OnHand.TryGetValue(id, out var onHand) && !_opening.Knows(id)) _opening.OnHand(id, onHand);
            _opening.Move(id, RetailFacts.DeltaMilli(document.Fates[i], line));
        }
    }

    private bool Differs(RetailDocument document) =>
        _before.Documents.TryGetValue(document.Number, out var there)
        && there != document.SaleLines.Concat(document.RefundLines).Sum(line => line.AmountMinor);
}
