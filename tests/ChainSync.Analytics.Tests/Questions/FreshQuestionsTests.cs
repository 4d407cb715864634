using ChainSync.Analytics.Questions;
using ChainSync.QuestionsBench;
using Xunit;

namespace ChainSync.Analytics.Tests.Questions;

/// <summary>The sets written apart from the parser: no reading that was right once is lost.</summary>
public sealed class FreshQuestionsTests
{
    [Theory]
    [InlineData("fresh-1", 217)]
    [InlineData("fresh-2", 134)]
    [InlineData("fresh-3", 113)]
    [InlineData("fresh-4", 77)]
    [InlineData("fresh-5", 155)]
    [InlineData("fresh-6", 63)]
    public void At_least_as_many_questions_are_exactly_right_as_before(string set, int least)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "questions");
        var parser = new QuestionParser(MetricCatalogue.Standard, ExampleQuestion.LoadNames(Path.Combine(folder, "catalog.json")));

        var score = QuestionsScore.Of(ExampleQuestion.Load(Path.Combine(folder, set + ".jsonl")), parser);

        var wrong = string.Join(", ", score.Questions.Where(q => !q.Exact).Select(q => q.Example.Id));
        Assert.True(score.Exact >= least, $"{score.Exact} right. Wrong: {wrong}");
    }
}
