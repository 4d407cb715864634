using System.Collections.Frozen;

namespace ChainSync.Analytics.Questions.Times;

/// <summary>Words of the time grammar, as stems.</summary>
internal static class TimeWords
{
    public static readonly FrozenDictionary<string, PeriodUnit> Units = new Dictionary<string, PeriodUnit>
    {
        ["day"] = PeriodUnit.Day, ["week"] = PeriodUnit.Week, ["wk"] = PeriodUnit.Week, ["month"] = PeriodUnit.Month, ["mth"] = PeriodUnit.Month,
        ["quarter"] = PeriodUnit.Quarter, ["qtr"] = PeriodUnit.Quarter, ["year"] = PeriodUnit.Year, ["yr"] = PeriodUnit.Year,
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, int> Months = new Dictionary<string, int>
    {
        ["january"] = 1, ["jan"] = 1, ["february"] = 2, ["feb"] = 2, ["march"] = 3, ["mar"] = 3, ["april"] = 4, ["apr"] = 4, ["may"] = 5,
        ["june"] = 6, ["jun"] = 6, ["july"] = 7, ["jul"] = 7, ["august"] = 8, ["aug"] = 8, ["september"] = 9, ["sep"] = 9, ["sept"] = 9,
        ["october"] = 10, ["oct"] = 10, ["november"] = 11, ["nov"] = 11, ["december"] = 12, ["dec"] = 12,
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, DayOfWeek> Weekdays = new Dictionary<string, DayOfWeek>
    {
        ["monday"] = DayOfWeek.Monday, ["mon"] = DayOfWeek.Monday, ["tuesday"] = DayOfWeek.Tuesday, ["tue"] = DayOfWeek.Tuesday, ["tues"] = DayOfWeek.Tuesday,
        ["wednesday"] = DayOfWeek.Wednesday, ["wed"] = DayOfWeek.Wednesday, ["thursday"] = DayOfWeek.Thursday, ["thu"] = DayOfWeek.Thursday,
        ["thur"] = DayOfWeek.Thursday, ["friday"] = DayOfWeek.Friday, ["fri"] = DayOfWeek.Friday, ["saturday"] = DayOfWeek.Saturday,
        ["sat"] = DayOfWeek.Saturday, ["sunday"] = DayOfWeek.Sunday,
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, int> Ordinals = new Dictionary<string, int>
        { ["first"] = 1, ["second"] = 2, ["third"] = 3, ["fourth"] = 4 }.ToFrozenDictionary();

    /// <summary>Other words of the grammar, so that spelling knows them.</summary>
    public static readonly string[] Others =
    [
        "today", "yesterday", "tomorrow", "tonight", "now", "currently", "last", "past", "previous", "prior", "next", "coming", "this",
        "current", "since", "until",
        "between", "from", "before", "after", "fortnight", "weekend", "weekday", "half", "ago", "date", "far", "rolling", "trailing",
        "recent", "moment", "ytd", "mtd",
        "start", "beginning", "rest", "remainder", "turn", "end", "commencing", "following", "upcoming", "latest", "couple", "days",
        "weeks", "months", "quarters", "years", "mondays", "tuesdays",
        "wednesdays", "thursdays", "fridays", "saturdays", "sundays", "weekends", "weekdays", "morning", "afternoon", "evening",
    ];
}
