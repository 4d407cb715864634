namespace ChainSync.Analytics.Insights;

/// <summary>
/// Looks for one sort of claim. A finder reads the input and nothing else, keeps no state, changes nothing, and answers the same for the
/// same input in any order of its parts; ranking, materiality and repetition are not its business.
/// </summary>
public interface IInsightFinder
{
    /// <summary>All claims of this sort that hold.</summary>
    /// <param name="input">Checked input.</param>
    /// <param name="options">Thresholds.</param>
    /// <param name="cancellationToken">Checked at least once per product or series.</param>
    IEnumerable<Finding> Find(InsightInput input, InsightOptions options, CancellationToken cancellationToken);
}
