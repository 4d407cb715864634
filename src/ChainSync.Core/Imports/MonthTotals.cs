namespace ChainSync.Core.Imports;

/// <summary>One month of a file: what its lines sum to, and where each part of it went. Minor units.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="FileMinor">Σ quantity × price of every line.</param>
/// <param name="RevenueMinor">Sales less refunds as imported.</param>
/// <param name="SetAsideMinor">Fees and bad debt.</param>
/// <param name="RejectedMinor">Lines that contradict themselves.</param>
public sealed record MonthTotals(DateOnly Month, long FileMinor, long RevenueMinor, long SetAsideMinor, long RejectedMinor)
{
    /// <summary>The months of a book in order. In each, the file's sum is revenue, set aside and rejected together.</summary>
    public static IReadOnlyList<MonthTotals> Of(RetailBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        var months = new SortedDictionary<DateOnly, MonthTotals>();
        foreach (var document in book.Documents)
        {
            var month = new DateOnly(document.At.Year, document.At.Month, 1);
            for (var i = 0; i < document.Lines.Count; i++)
            {
                var before = months.GetValueOrDefault(month) ?? new MonthTotals(month, 0, 0, 0, 0);
                months[month] = before.With(document.Fates[i], document.Lines[i].AmountMinor);
            }
        }
        return [.. months.Values];
    }

    private MonthTotals With(ImportRule fate, long minor)
    {
        var all = this with { FileMinor = FileMinor + minor };
        if (fate == RetailRules.Rejected) return all with { RejectedMinor = RejectedMinor + minor };
        return fate == RetailRules.Fee || fate == RetailRules.BadDebt || fate == RetailRules.Nothing
            ? all with { SetAsideMinor = SetAsideMinor + minor }
            : all with { RevenueMinor = RevenueMinor + minor };
    }
}
