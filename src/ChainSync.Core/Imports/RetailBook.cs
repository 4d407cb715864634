namespace ChainSync.Core.Imports;

/// <summary>A whole file, its lines gathered into invoices and judged, with what it tells of products and customers.</summary>
public sealed class RetailBook
{
    private RetailBook(IReadOnlyList<RetailDocument> documents, IReadOnlyList<RejectedLine> rejects) =>
        (Documents, Rejects, Catalogue) = (documents, rejects, new RetailCatalogue(documents));

    /// <summary>The invoices and credit notes by time; those of one minute in the order of the file.</summary>
    public IReadOnlyList<RetailDocument> Documents { get; }

    /// <summary>The lines that are in no document's content, by line number.</summary>
    public IReadOnlyList<RejectedLine> Rejects { get; }

    /// <summary>Names and prices of products, names of customers.</summary>
    public RetailCatalogue Catalogue { get; }

    /// <summary>Lines in the file, the header not counted.</summary>
    public long Lines => Documents.Sum(d => (long)d.Lines.Count) + UnreadableLines;

    private long UnreadableLines { get; init; }

    /// <summary>Gathers and judges.</summary>
    /// <param name="lines">The lines that could be read, in the order of the file.</param>
    /// <param name="unreadable">Those that could not.</param>
    public static RetailBook Of(IEnumerable<RetailLine> lines, IReadOnlyList<RejectedLine> unreadable)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(unreadable);
        var byNumber = new Dictionary<string, RetailDocument>(StringComparer.Ordinal);
        var documents = new List<RetailDocument>();
        foreach (var line in lines)
        {
            if (!byNumber.TryGetValue(line.Invoice, out var document))
            {
                document = byNumber[line.Invoice] = new RetailDocument(line);
                documents.Add(document);
            }
            document.Add(line);
        }
        foreach (var document in documents) document.Judge();
        var rejects = unreadable.Concat(documents.SelectMany(Contradictions)).OrderBy(reject => reject.LineNumber);
        return new RetailBook([.. documents.OrderBy(d => d.At)], [.. rejects]) { UnreadableLines = unreadable.Count };
    }

    /// <summary>Counts every line under its fate and its remarks; what depends on the store (matching, local time) is added by the run.</summary>
    public RuleCounts Count()
    {
        var counts = new RuleCounts();
        counts.Add(RetailRules.Rejected, UnreadableLines);
        foreach (var document in Documents)
        {
            var seen = new HashSet<(string Sku, int Quantity, long Price)>();
            for (var i = 0; i < document.Lines.Count; i++)
            {
                var line = document.Lines[i];
                counts.Add(document.Fates[i]);
                CountRemarks(counts, line, repeated: !seen.Add((line.Sku, line.Quantity, line.PriceMicros)));
            }
        }
        return counts;
    }

    private void CountRemarks(RuleCounts counts, in RetailLine line, bool repeated)
    {
        if (repeated) counts.Add(RetailRules.Repeated);
        if (line.Description.Length == 0) counts.Add(RetailRules.NoDescription);
        else if (line.Description != Catalogue.Product(line.Sku).Name) counts.Add(RetailRules.OtherDescription);
        if (line.LoweredSku) counts.Add(RetailRules.LoweredSku);
        if (line.IsFinerThanMinor) counts.Add(RetailRules.FinePrice);
        if (line.Customer.Length == 0) counts.Add(RetailRules.NoCustomer);
        if (line.Country != RetailCatalogue.HomeCountry) counts.Add(RetailRules.Abroad);
    }

    private static IEnumerable<RejectedLine> Contradictions(RetailDocument document) =>
        from i in Enumerable.Range(0, document.Lines.Count)
        where document.Fates[i] == RetailRules.Rejected
        let line = document.Lines[i]
        select new RejectedLine(line.LineNumber, RetailFates.WhyRejected(line)!, ToText(line));

    private static string ToText(in RetailLine line) => FormattableString.Invariant(
        $"{line.Invoice},{line.Sku},\"{line.Description.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{line.Quantity},{line.At:yyyy-MM-dd HH:mm},{line.PriceMicros / 1_000_000m},{line.Customer},{line.Country}");
}
