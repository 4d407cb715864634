namespace ChainSync.Analytics.Questions;

/// <summary>A condition on one dimension, such as <c>store = Airport</c> or <c>hour &lt; 12</c>.</summary>
/// <param name="Field">Catalogue name of the dimension.</param>
/// <param name="Op">How the field is compared.</param>
/// <param name="Values">Live names exactly as the host spells them; one value except for <see cref="QueryOperator.In"/> and <see cref="QueryOperator.NotIn"/>.</param>
public sealed record QueryFilter(string Field, QueryOperator Op, IReadOnlyList<string> Values);
