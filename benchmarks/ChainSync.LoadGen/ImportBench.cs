using System.Diagnostics;
using ChainSync.TestKit;
using Npgsql;

namespace ChainSync.LoadGen;

/// <summary>
/// The import of a real file, a whole process from its start to its end, and beside it the floor: a bare COPY of the very same
/// rows into the same tables with their keys and indexes.
/// </summary>
internal static class ImportBench
{
    // In the order of their references. The log and the operations are rows too; what triggers keep is left to them.
    private static readonly string[] Tables =
    [
        "stores", "tax_classes", "categories", "products", "stock", "customers", "sales", "sale_lines", "refunds", "refund_lines", "payments",
        "stock_moves", "operation", "change_log",
    ];

    public static async Task RunAsync(BenchChain chain, Report report)
    {
        if (File() is not { } file)
        {
            report.Add("import of real history", "skipped: no online_retail*.csv.gz in CHAINSYNC_DATA_DIR");
            return;
        }
        await using var imported = await TestDatabase.CreateAsync(DatabaseTemplate.MigratedDurable);
        await using var copied = await TestDatabase.CreateAsync(DatabaseTemplate.MigratedDurable);
        var importTime = await ImportAsync(imported, file);
        var rows = await ScalarAsync(imported, $"select {string.Join(" + ", Tables.Select(t => $"(select count(*) from {t})"))}");
        var lines = await ScalarAsync(imported, "select (select count(*) from sale_lines) + (select count(*) from refund_lines)");
        var copyTime = await CopyAsync(imported, copied);
        report.Add("import of real history, whole process", $"{lines:N0} lines in {importTime.TotalSeconds:F1} s, {lines / importTime.TotalSeconds:N0} lines/s ({rows:N0} rows)");
        report.Add("bare COPY of the same rows", $"{copyTime.TotalSeconds:F1} s");
        report.Add("import rate ÷ COPY rate", $"{copyTime / importTime:F2}", "≥ 0.25");
    }

    private static string? File()
    {
        var folder = Environment.GetEnvironmentVariable("CHAINSYNC_DATA_DIR") ?? "../shared/data";
        var retail = Path.Combine(folder, "uci-online-retail");
        return Directory.Exists(retail) ? Directory.GetFiles(retail, "*.csv.gz").Order(StringComparer.Ordinal).FirstOrDefault() : null;
    }

    private static async Task<TimeSpan> ImportAsync(TestDatabase database, string file)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "ChainSync.Server.dll"), "import", Path.GetFullPath(file), "--format", "online-retail", "--store", "Bench"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ConnectionStrings__ChainSync"] = database.ConnectionString;
        var from = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(from) : throw new InvalidOperationException("The import failed: " + output);
    }

    private static async Task<TimeSpan> CopyAsync(TestDatabase from, TestDatabase to)
    {
        var folder = Directory.CreateTempSubdirectory("chainsync-copy-");
        await using var source = await from.Source.OpenConnectionAsync();
        foreach (var table in Tables) await UnloadAsync(source, table, Path.Combine(folder.FullName, table));
        await using var target = await to.Source.OpenConnectionAsync();
        var start = Stopwatch.GetTimestamp();
        foreach (var table in Tables) await LoadAsync(target, table, Path.Combine(folder.FullName, table));
        var time = Stopwatch.GetElapsedTime(start);
        folder.Delete(recursive: true);
        return time;
    }

    private static async Task UnloadAsync(NpgsqlConnection connection, string table, string path)
    {
        await using var rows = await connection.BeginRawBinaryCopyAsync($"copy {table} to stdout (format binary)");
        await using var file = System.IO.File.Create(path);
        await rows.CopyToAsync(file);
    }

    private static async Task LoadAsync(NpgsqlConnection connection, string table, string path)
    {
        await using var file = System.IO.File.OpenRead(path);
        await using var rows = await connection.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)");
        await file.CopyToAsync(rows);
    }

    private static async Task<long> ScalarAsync(TestDatabase database, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
