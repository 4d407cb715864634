namespace ChainSync.Analytics.Questions;

/// <summary>A question that is not answered, and for which no data may be touched.</summary>
/// <param name="Reason">Why it is refused.</param>
/// <param name="Message">One sentence for the asker.</param>
public sealed record RefusedQuestion(RefusalReason Reason, string Message) : QuestionOutcome;
