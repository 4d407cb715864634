using System.IO.Compression;
using System.Text;
using ChainSync.Core.Imports;
using ChainSync.Server.Features.Imports;

namespace ChainSync.Server.Tests.Imports;

/// <summary>Small files of the format, and the real one.</summary>
internal static class RetailFile
{
    public const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    private const string RealName = "uci-online-retail/online_retail_2010-12_2011-09.csv.gz";

    /// <summary>The real file, or null where the data are not on this machine.</summary>
    public static string? RealPath { get; } = FindReal();

    public const string NoRealFile = "the real file is not here: set CHAINSYNC_DATA_DIR to the folder that holds " + RealName;

    public static byte[] Of(params IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend(Header)) + "\n");

    public static RetailBook Read(params IEnumerable<string> lines) => Read(Of(lines));

    public static RetailBook Read(byte[] bytes) => OnlineRetailReader.ReadBook(new MemoryStream(bytes), CancellationToken.None);

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static string? FindReal()
    {
        if (Environment.GetEnvironmentVariable("CHAINSYNC_DATA_DIR") is { Length: > 0 } folder) return Existing(Path.Combine(folder, RealName));
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            if (File.Exists(Path.Combine(here.FullName, "ChainSync.slnx"))) return Existing(Path.Combine(here.FullName, "..", "shared", "data", RealName));
        }
        return null;
    }

    private static string? Existing(string path) => File.Exists(path) ? Path.GetFullPath(path) : null;
}
