namespace ChainSync.Analytics.Questions.Times;

/// <summary>Unit a range was stated in; decides what "the period before" is.</summary>
internal enum PeriodUnit
{
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// <summary>
/// A range of whole days as a question stated it, before it is cut at today. <paramref name="Count"/> is its length in
/// <paramref name="Unit"/>s. <see cref="Ahead"/> is the same words read forwards ("on Friday", "in April"), for forecasts.
/// </summary>
internal sealed record Period(string Token, DateOnly From, DateOnly To, PeriodUnit Unit, int Count = 1)
{
    public Period? Ahead { get; init; }

    public int Days => To.DayNumber - From.DayNumber + 1;

    public static Period Day(string token, DateOnly day) => new(token, day, day, PeriodUnit.Day);
}
