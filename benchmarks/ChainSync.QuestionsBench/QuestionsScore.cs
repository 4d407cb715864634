using ChainSync.Analytics.Questions;

namespace ChainSync.QuestionsBench;

/// <summary>One scored question: what came out, and whether it is exactly a right answer.</summary>
internal sealed record ScoredQuestion(ExampleQuestion Example, QuestionOutcome Outcome, AnswerSlots Answer, AnswerSlots Nearest)
{
    public bool Exact => Answer.Equals(Nearest);
}

/// <summary>Scores a labelled set: exact answers, F1 over slots, and clarify or refuse where that is the answer.</summary>
internal sealed record QuestionsScore(IReadOnlyList<ScoredQuestion> Questions)
{
    public int Exact => Questions.Count(q => q.Exact);

    public IEnumerable<ScoredQuestion> Guarded => Questions.Where(q => !q.Example.Right[0].Runs);

    /// <summary>Micro-averaged F1 over the slots of all questions, the intent being a slot as well.</summary>
    public double SlotF1
    {
        get
        {
            var (hit, given, wanted) = (0, 0, 0);
            foreach (var question in Questions)
            {
                var (answer, right) = (All(question.Answer), All(question.Nearest));
                hit += answer.Count(right.Contains);
                given += answer.Count;
                wanted += right.Count;
            }

            return given + wanted == 0 ? 0 : 2.0 * hit / (given + wanted);
        }
    }

    public static QuestionsScore Of(IEnumerable<ExampleQuestion> examples, QuestionParser parser) =>
        new([.. examples.Select(example => Score(example, parser))]);

    private static ScoredQuestion Score(ExampleQuestion example, QuestionParser parser)
    {
        var last = example.Context is { } context && parser.Read(context, example.Today) is UnderstoodQuestion before ? before.Reading.Query : null;
        var outcome = parser.Read(example.Question, example.Today, last);
        var answer = AnswerSlots.From(outcome);
        var nearest = example.Right.OrderByDescending(right => right.Equals(answer)).ThenByDescending(right => All(right).Count(All(answer).Contains)).First();
        return new(example, outcome, answer, nearest);
    }

    private static HashSet<string> All(AnswerSlots answer) =>
        answer.Runs ? [.. answer.Slots, "intent " + answer.Intent] : ["intent " + answer.Intent];
}
