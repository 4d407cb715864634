namespace ChainSync.Analytics.Questions;

/// <summary>Order of the rows of an answer.</summary>
/// <param name="By">A metric or dimension of the query, or the growth of one of its metrics when the query compares.</param>
/// <param name="Descending">True for the largest (or latest) first.</param>
public sealed record QuerySort(string By, bool Descending);
