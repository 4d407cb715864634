using System.ComponentModel.DataAnnotations;

namespace ChainSync.Server.Features.Imports;

/// <summary>Imports over HTTP. Section <c>Imports</c>.</summary>
public sealed class ImportOptions
{
    public const string Section = "Imports";

    /// <summary>Largest file, in bytes as sent. Default: 200 MB.</summary>
    [Range(1, 10_000_000_000)]
    public long MaxFileBytes { get; set; } = 200_000_000;

    /// <summary>Most rejected lines that are kept for download; all are counted. Default: 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxKeptRejects { get; set; } = 10_000;
}
