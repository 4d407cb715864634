namespace ChainSync.RealtimeBench.Parts;

/// <summary>A column of a part's table.</summary>
/// <param name="Figure">The figure shown.</param>
/// <param name="Head">Its heading, with the unit.</param>
/// <param name="Format">How a value is written.</param>
/// <param name="Compared">Whether a column beside it says ChainSync's value ÷ this peer's.</param>
internal sealed record Column(string Figure, string Head, string Format, bool Compared = false);

/// <summary>One thing that is measured.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its heading in the report.</param>
/// <param name="What">What is done and counted, in a sentence or two.</param>
/// <param name="Columns">Its table.</param>
internal sealed record Part(string Name, string Title, string What, IReadOnlyList<Column> Columns)
{
    public static IReadOnlyList<Part> All { get; } =
    [
        LiveParts.Fanout, LiveParts.Bursts, LiveParts.Paced, LiveParts.Echoes, LiveParts.Connects, IdlePart.Part, SustainedPart.Part, LogPathPart.Part,
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(p => p.Name)];
}
