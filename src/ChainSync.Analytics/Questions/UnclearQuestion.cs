namespace ChainSync.Analytics.Questions;

/// <summary>A question that is asked back instead of guessed at. No query may run until a reading is chosen.</summary>
/// <param name="Reason">Why it is unclear.</param>
/// <param name="Message">One sentence for the asker.</param>
/// <param name="Readings">Two or three likely readings to choose from; possibly none when nothing is near.</param>
public sealed record UnclearQuestion(UnclearReason Reason, string Message, IReadOnlyList<QuestionReading> Readings) : QuestionOutcome;
