namespace ChainSync.Analytics.Questions;

/// <summary>The days asked about, in the shop's own calendar.</summary>
/// <param name="Token">What the range was called: <c>yesterday</c>, <c>last_30_days</c>, <c>range</c>, <c>now</c> …; for display, never for computing.</param>
/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included.</param>
public sealed record QueryTime(string Token, DateOnly From, DateOnly To);
