namespace ChainSync.Server.Features.Imports;

/// <summary>What was typed after <c>import</c>.</summary>
/// <param name="File">The file, plain or gzip.</param>
/// <param name="Format">The format's name.</param>
/// <param name="Store">A store's code or name.</param>
/// <param name="DryRun">Find out everything, write nothing.</param>
/// <param name="RejectsFile">Where rejected lines go; null for <c>FILE.rejects.csv</c> in the working folder.</param>
internal sealed record ImportArguments(string File, string Format, string Store, bool DryRun, string? RejectsFile)
{
    public const string OnlineRetail = "online-retail";

    public const string Help = """
        Usage: ./run import FILE --format online-retail --store NAME [--dry-run] [--rejects FILE]

        Brings real history into a store: products, customers, sales, refunds and stock.
        Running it again adds only what is not there yet; it may be stopped and run again at any time.

          FILE                    a CSV file, plain or gzip
          --format online-retail  the columns InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
          --store NAME            the store's code or name; one of that name is opened (GBP, London) if there is none
          --dry-run               read, judge and count everything, write nothing
          --rejects FILE          where lines go that cannot be imported, with their reasons (default: FILE.rejects.csv here)

        Ends with 0 when everything is in, 1 when it could not go on, 2 when the command is wrong, 130 when it was stopped.
        """;

    /// <summary>Reads the arguments, or says what is wrong with them.</summary>
    public static (ImportArguments? Arguments, string? Problem) Parse(IReadOnlyList<string> args)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        string? file = null;
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "--dry-run") options[args[i]] = "";
            else if (args[i] is "--format" or "--store" or "--rejects")
            {
                if (++i == args.Count || args[i].Length == 0) return (null, $"{args[i - 1]} needs a value.");
                options[args[i - 1]] = args[i];
            }
            else if (args[i].StartsWith('-')) return (null, $"Unknown option {args[i]}.");
            else if (file is not null) return (null, $"One file at a time: {file} or {args[i]}.");
            else file = args[i];
        }
        if (file is null) return (null, "Which file?");
        if (options.GetValueOrDefault("--format") is not { } format) return (null, "--format is missing; it is online-retail.");
        if (format != OnlineRetail) return (null, $"The format {format} is not known; online-retail is.");
        return options.GetValueOrDefault("--store") is { } store
            ? (new ImportArguments(file, format, store, options.ContainsKey("--dry-run"), options.GetValueOrDefault("--rejects")), null)
            : (null, "--store is missing: into which store?");
    }
}
