using System.Text.Json.Serialization;

namespace ChainSync.Analytics.Questions;

/// <summary>What became of a question: understood, unclear or refused. Only an understood one carries a query to run.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(UnderstoodQuestion), "understood")]
[JsonDerivedType(typeof(UnclearQuestion), "unclear")]
[JsonDerivedType(typeof(RefusedQuestion), "refused")]
public abstract record QuestionOutcome;
