namespace ChainSync.AnomaliesBench;

/// <summary>What is injected: how often, for how long and how strong.</summary>
/// <param name="Name">For the tables.</param>
/// <param name="Gap">Days from the end of an event to the next one, least and most.</param>
/// <param name="Kinds">Length in days and factor of each kind, least and most.</param>
/// <param name="Whole">Round to whole pieces, as a till would count them.</param>
internal sealed record EventRecipe(string Name, (int From, int To) Gap, IReadOnlyDictionary<string, EventRecipe.Kind> Kinds, bool Whole)
{
    /// <summary>The recipe of the data set's README.</summary>
    public static readonly EventRecipe Given = new("as given", (30, 50), new Dictionary<string, Kind>
    {
        ["spike"] = new(1, 1, 1.5, 3.5),
        ["drop"] = new(1, 1, 0.05, 0.5),
        ["outage"] = new(2, 4, 0, 0),
        ["missing"] = new(1, 3, double.NaN, double.NaN),
        ["level_up"] = new(10, 21, 1.3, 1.8),
        ["level_down"] = new(10, 21, 0.3, 0.7),
    }, Whole: false);

    /// <summary>Other lengths and strengths: two bad days, a week or five at another level, an outage of one day or of six.</summary>
    public static readonly EventRecipe Other = new("other lengths and sizes", (24, 70), new Dictionary<string, Kind>
    {
        ["spike"] = new(1, 3, 1.4, 5),
        ["drop"] = new(1, 3, 0.02, 0.6),
        ["outage"] = new(1, 6, 0, 0),
        ["missing"] = new(1, 6, double.NaN, double.NaN),
        ["level_up"] = new(7, 35, 1.25, 2.2),
        ["level_down"] = new(7, 35, 0.2, 0.75),
    }, Whole: true);

    /// <summary>Least and most of days and factor.</summary>
    internal sealed record Kind(int Shortest, int Longest, double Least, double Most);
}
