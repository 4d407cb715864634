using ChainSync.QuestionsBench;
using Xunit;

namespace ChainSync.Analytics.Tests.Questions;

public sealed class ParaphraseTests
{
    public static TheoryData<string, string> Wordings()
    {
        var data = new TheoryData<string, string>();
        foreach (var (meaning, wording) in Lines())
            data.Add(wording, meaning);

        return data;
    }

    [Theory]
    [MemberData(nameof(Wordings))]
    public void A_wording_is_read_as_its_meaning(string wording, string meaning)
    {
        var answer = AnswerSlots.From(TestShop.Read(wording));

        Assert.Equal(Sorted(Expected(meaning)), Sorted(answer));
    }

    [Fact]
    public void There_are_two_hundred_wordings_of_forty_meanings()
    {
        Assert.Equal(200, Lines().Count());
        Assert.Equal(40, Lines().Select(l => l.Meaning).Distinct().Count());
    }

    private static IEnumerable<string> Sorted(AnswerSlots answer) =>
        answer.Slots.Order(StringComparer.Ordinal).Prepend(answer.Intent);

    private static AnswerSlots Expected(string meaning)
    {
        var parts = meaning.Split(';', StringSplitOptions.TrimEntries);
        return new(parts[0], parts.Skip(1).ToHashSet());
    }

    private static IEnumerable<(string Meaning, string Wording)> Lines()
    {
        using var stream = typeof(ParaphraseTests).Assembly.GetManifestResourceStream("ChainSync.Analytics.Tests.Questions.paraphrases.txt")!;
        using var reader = new StreamReader(stream);
        var meaning = "";
        while (reader.ReadLine() is { } line)
            if (line.StartsWith('='))
                meaning = line[1..].Trim();
            else if (line.Length > 0 && line[0] != '#')
                yield return (meaning, line);
    }
}
