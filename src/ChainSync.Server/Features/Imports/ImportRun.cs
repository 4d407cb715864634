using ChainSync.Core.Imports;

namespace ChainSync.Server.Features.Imports;

/// <summary>What a run knows of itself: the plan, and the counts that grow as chunks are written.</summary>
internal sealed class ImportRun
{
    private readonly RuleCounts _counts;

    public ImportRun(RetailBook book, StoreBefore before)
    {
        _counts = book.Count();
        Planner = new RetailPlanner(book, before, _counts);
        var toWrite = Planner.New.Sum(d => (long)d.Lines.Count);
        Progress = new ImportProgress
        {
            LinesTotal = book.Lines,
            LinesRead = book.Lines - toWrite,
            LinesToWrite = toWrite,
            Existing = CountExisting(book, before),
            Rules = _counts.ToList(),
            Months = MonthTotals.Of(book),
            Rejects = book.Rejects,
        };
    }

    public RetailPlanner Planner { get; }

    public ImportProgress Progress { get; private set; }

    /// <param name="chunk">What has been written.</param>
    /// <param name="writing">Since the first chunk was begun.</param>
    public void Note(ImportChunk chunk, TimeSpan writing)
    {
        var created = Progress.Created;
        Progress = Progress with
        {
            LinesRead = Progress.LinesRead + chunk.Lines,
            LinesWritten = Progress.LinesWritten + chunk.Lines,
            Writing = writing,
            Rules = _counts.ToList(),
            Created = new ImportCounts(
                created.Products + chunk.Products.Count, created.Customers + chunk.Customers.Count, created.Sales + chunk.Sales.Count(),
                created.Refunds + chunk.Refunds.Count(), created.Corrections + chunk.Corrections.Count),
        };
    }

    // Refunds are counted by credit note here, for only the store knows how many refunds one became.
    private ImportCounts CountExisting(RetailBook book, StoreBefore before)
    {
        var written = book.Documents.Where(d => d.HasContent).ToList();
        var skus = written.SelectMany(d => d.Lines.Where((_, i) => RetailRules.IsWritten(d.Fates[i]))).Select(l => l.Sku).Distinct();
        var customers = written.Where(d => d.Customer.Length > 0).Select(d => d.Customer).Distinct();
        return new ImportCounts(
            skus.Count(before.Products.ContainsKey), customers.Count(before.Customers.ContainsKey),
            Planner.Existing.Count(d => d.SaleLines.Any()), Planner.Existing.Count(d => d.RefundLines.Any()),
            Planner.Existing.Count(d => d.Corrections.Any()));
    }
}
