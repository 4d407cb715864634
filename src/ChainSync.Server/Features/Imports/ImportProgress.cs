using ChainSync.Core.Imports;

namespace ChainSync.Server.Features.Imports;

/// <summary>Things of each kind.</summary>
public sealed record ImportCounts(long Products = 0, long Customers = 0, long Sales = 0, long Refunds = 0, long Corrections = 0);

/// <summary>How far an import is. A snapshot: the run replaces it.</summary>
public sealed record ImportProgress
{
    /// <summary>Lines in the file; null until it has been read.</summary>
    public long? LinesTotal { get; init; }

    /// <summary>Lines of the file that are done with: written, there already or set aside.</summary>
    public long LinesRead { get; init; }

    /// <summary>Lines written in this run.</summary>
    public long LinesWritten { get; init; }

    /// <summary>Lines to write in this run.</summary>
    public long LinesToWrite { get; init; }

    /// <summary>Time since the first chunk was begun, its making included.</summary>
    public TimeSpan Writing { get; init; }

    /// <summary>What is new in the store.</summary>
    public ImportCounts Created { get; init; } = new();

    /// <summary>What of the file the store had already.</summary>
    public ImportCounts Existing { get; init; } = new();

    /// <summary>Lines by rule.</summary>
    public IReadOnlyList<(ImportRule Rule, long Lines)> Rules { get; init; } = [];

    /// <summary>The months of the file.</summary>
    public IReadOnlyList<MonthTotals> Months { get; init; } = [];

    /// <summary>Lines that were rejected.</summary>
    public IReadOnlyList<RejectedLine> Rejects { get; init; } = [];

    /// <summary>Lines per second of writing; 0 before the first chunk is in.</summary>
    public long LinesPerSecond => Writing > TimeSpan.Zero ? (long)(LinesWritten / Writing.TotalSeconds) : 0;

    /// <summary>Seconds left at that rate; null before it is known.</summary>
    public long? SecondsLeft => LinesPerSecond > 0 ? (LinesToWrite - LinesWritten) / LinesPerSecond : null;
}
