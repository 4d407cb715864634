namespace ChainSync.Server.Features.Imports;

/// <summary>Where the columns of the format stand in a file. Both spellings of the published data set are known; other columns are ignored.</summary>
internal sealed record OnlineRetailColumns(
    int Invoice, int Sku, int Description, int Quantity, int At, int Price, int Customer, int Country, int Count)
{
    /// <summary>The header as the format has it.</summary>
    public const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    private const int ExcerptLength = 100;

    /// <summary>Finds the columns by the names of the first line.</summary>
    /// <exception cref="ImportException">One is missing.</exception>
    public static OnlineRetailColumns Find(IReadOnlyList<string> header)
    {
        if (header.Count == 0) throw new ImportException("The file is empty. Nothing was written.");
        var names = header.Select(name => name.Replace(" ", "", StringComparison.Ordinal)).ToList();
        return new OnlineRetailColumns(
            Of("InvoiceNo", "Invoice"), Of("StockCode"), Of("Description"), Of("Quantity"), Of("InvoiceDate"), Of("UnitPrice", "Price"),
            Of("CustomerID"), Of("Country"), names.Count);

        int Of(params string[] spellings)
        {
            var i = names.FindIndex(name => spellings.Contains(name, StringComparer.OrdinalIgnoreCase));
            return i >= 0 ? i : throw new ImportException(
                $"The first line does not name the column {spellings[0]}: it should read {Header}, and reads {Excerpt(string.Join(',', header))}. Nothing was written.");
        }
    }

    private static string Excerpt(string text)
    {
        var clean = new string([.. text.Take(ExcerptLength).Select(c => char.IsControl(c) ? '?' : c)]);
        return text.Length > ExcerptLength ? clean + "…" : clean;
    }
}
