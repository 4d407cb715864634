using System.ComponentModel.DataAnnotations;

namespace ChainSync.Analytics.Questions;

/// <summary>Conventions by which questions are read.</summary>
public sealed record QuestionOptions
{
    /// <summary>First day of the week; default Monday.</summary>
    public DayOfWeek WeekStartsOn { get; init; } = DayOfWeek.Monday;

    /// <summary>Whether 03/04/2026 is the third of April; default true.</summary>
    public bool DayFirst { get; init; } = true;

    /// <summary>Whether Mother's Day is Mothering Sunday, three weeks before Easter, and not the second Sunday of May; default true.</summary>
    public bool MotheringSunday { get; init; } = true;

    /// <summary>Days before today that a question covers when it names none; default 30.</summary>
    [Range(1, 3660)]
    public int DefaultDays { get; init; } = 30;

    /// <summary>Days before today for questions on hours, weekdays and dead stock, which need more history; default 90.</summary>
    [Range(1, 3660)]
    public int PatternDays { get; init; } = 90;

    /// <summary>Days ahead that a forecast covers when the question names none; default 30.</summary>
    [Range(1, 366)]
    public int ForecastDays { get; init; } = 30;

    /// <summary>Units at or under which stock is called low; default 10.</summary>
    [Range(0, 1_000_000)]
    public int LowStockUnits { get; init; } = 10;

    /// <summary>Rows of a "top products" that names no number; default 10.</summary>
    [Range(1, 1000)]
    public int DefaultTop { get; init; } = 10;

    /// <summary>First day with data, the start of "all time"; default 2000-01-01.</summary>
    public DateOnly EarliestDate { get; init; } = new(2000, 1, 1);

    /// <summary>Longest question read, in characters; default 500.</summary>
    [Range(1, 10_000)]
    public int MaxLength { get; init; } = 500;
}
