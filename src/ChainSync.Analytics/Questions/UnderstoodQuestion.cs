namespace ChainSync.Analytics.Questions;

/// <summary>A question with one clear reading.</summary>
/// <param name="Reading">The query, already valid, with its words.</param>
/// <param name="Assumptions">Whole sentences on what the question left open and how it was read; shown with the answer.</param>
/// <param name="Alternatives">Up to three other readings worth a click; possibly none.</param>
public sealed record UnderstoodQuestion(
    QuestionReading Reading, IReadOnlyList<string> Assumptions, IReadOnlyList<QuestionReading> Alternatives) : QuestionOutcome;
