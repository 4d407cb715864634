namespace ChainSync.Analytics.Questions;

/// <summary>One reading of a question: the query it stands for and that query in words.</summary>
/// <param name="Words">The whole query in English, made from the query itself and so never at odds with it.</param>
/// <param name="Query">The query to run when the reading is chosen.</param>
public sealed record QuestionReading(string Words, AnalyticsQuery Query);
