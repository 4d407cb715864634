namespace ChainSync.Analytics.Anomalies.Expecting;

/// <summary>What a model expects of one period before seeing it.</summary>
/// <param name="Mean">On the model's own scale.</param>
/// <param name="Uncertainty">Variance from not knowing the effects, on that scale; named days included.</param>
/// <param name="Holiday">The part of <paramref name="Uncertainty"/> that stems from named days.</param>
/// <param name="Expected">The expectation in the series' unit.</param>
/// <param name="Level">Level effect behind it.</param>
internal readonly record struct Outlook(double Mean, double Uncertainty, double Holiday, double Expected, double Level);
