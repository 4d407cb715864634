using ChainSync.Analytics.Questions;
using ChainSync.QuestionsBench;
using Xunit;

namespace ChainSync.Analytics.Tests.Questions;

public sealed class ExampleQuestionsTests
{
    private const int LeastExact = 37;

    [Fact]
    public void Nearly_all_labelled_questions_are_exactly_right_and_none_that_should_not_run_does()
    {
        var folder = Path.Combine(ExampleQuestion.DataFolder(), "nlq");
        Assert.SkipUnless(File.Exists(Path.Combine(folder, "questions.jsonl")), $"No labelled questions in {folder}; set CHAINSYNC_DATA_DIR.");

        var parser = new QuestionParser(MetricCatalogue.Standard, ExampleQuestion.LoadNames(Path.Combine(folder, "catalog.json")));
        var score = QuestionsScore.Of(ExampleQuestion.Load(Path.Combine(folder, "questions.jsonl")), parser);

        Assert.All(score.Guarded, question => Assert.True(question.Exact, question.Example.Question));
        var wrong = string.Join(", ", score.Questions.Where(q => !q.Exact).Select(q => q.Example.Id));
        Assert.True(score.Exact * 40 >= LeastExact * score.Questions.Count, $"Wrong: {wrong}");
    }
}
