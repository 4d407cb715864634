namespace ChainSync.Core.Imports;

/// <summary>A line that is not imported because it cannot be read or contradicts itself.</summary>
/// <param name="LineNumber">Its place in the file; the header is line 1.</param>
/// <param name="Reason">Why, for a person.</param>
/// <param name="Text">The line as it stands in the file, cut at a bound.</param>
public sealed record RejectedLine(int LineNumber, string Reason, string Text);
