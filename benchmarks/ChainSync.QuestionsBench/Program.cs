using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChainSync.Analytics.Questions;
using ChainSync.QuestionsBench;

// Scores the labelled questions of CHAINSYNC_DATA_DIR/nlq and times the parser, alone and among 100,000 product names.
var folder = Path.Combine(ExampleQuestion.DataFolder(), "nlq");
var file = Path.Combine(folder, "questions.jsonl");
if (!File.Exists(file))
{
    Console.Error.WriteLine($"No questions at {file}. Set CHAINSYNC_DATA_DIR.");
    return 1;
}

IReadOnlyList<ExampleQuestion> examples;
ShopNames names;
try
{
    examples = ExampleQuestion.Load(file);
    names = ExampleQuestion.LoadNames(Path.Combine(folder, "catalog.json"));
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
if (examples.Count == 0)
{
    Console.Error.WriteLine($"{file} has no questions.");
    return 1;
}
var score = QuestionsScore.Of(examples, new(MetricCatalogue.Standard, names));
var report = Report.Write(score, ParseTimes.Measure(examples, names), ParseTimes.Measure(examples, ParseTimes.Crowded(names)));
Console.WriteLine(report);

var results = args.LastOrDefault() ?? Path.Combine("benchmarks", "results");
Directory.CreateDirectory(results);
File.WriteAllText(Path.Combine(results, "questions.md"), report);
File.WriteAllText(Path.Combine(results, "questions.jsonl"), Report.Lines(score));
return 0;

namespace ChainSync.QuestionsBench
{
    /// <summary>Milliseconds to read one question.</summary>
    internal sealed record ParseTimes(int Names, double Median, double P95, double Longest)
    {
        private const int Rounds = 50;

        public static ParseTimes Measure(IReadOnlyList<ExampleQuestion> examples, ShopNames names)
        {
            var parser = new QuestionParser(MetricCatalogue.Standard, names);
            var times = new List<double>();
            for (var round = 0; round <= Rounds; round++)
                foreach (var example in examples)
                {
                    var start = Stopwatch.GetTimestamp();
                    parser.Read(example.Question, example.Today);
                    if (round > 0) // the first round compiles
                        times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }

            times.Sort();
            return new(names.All.Count, times[times.Count / 2], times[(int)(times.Count * 0.95)], times[^1]);
        }

        /// <summary>The same names among 100,000 invented products.</summary>
        public static ShopNames Crowded(ShopNames names)
        {
            string[] makes = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivory", "Juniper"];
            string[] kinds = ["Lantern", "Mug", "Napkin", "Ornament", "Pillow", "Quilt", "Ribbon", "Saucer", "Teapot", "Umbrella"];
            var products = from i in Enumerable.Range(0, 100_000)
                           select new ShopName("product", $"{makes[i % 10]} {kinds[i / 10 % 10]} model{i / 100} {i % 7 * 100}g");
            return new([.. names.All, .. products]);
        }
    }

    /// <summary>Writes results as a page for people and as lines for programs.</summary>
    internal static class Report
    {
        public static string Write(QuestionsScore score, ParseTimes few, ParseTimes many)
        {
            var text = new StringBuilder();
            text.AppendLine("# Questions").AppendLine();
            text.AppendLine("Command: `./bench questions`. Exact: intent, metrics, dimensions, filters, range, comparison, having and limit all equal.").AppendLine();
            text.AppendLine("| measure | value |").AppendLine("|---|---|");
            text.AppendLine(CultureInfo.InvariantCulture, $"| exactly right | {score.Exact} of {score.Questions.Count} |");
            text.AppendLine(CultureInfo.InvariantCulture, $"| F1 over slots | {score.SlotF1:0.000} |");
            text.AppendLine(CultureInfo.InvariantCulture, $"| asked back or refused as expected | {score.Guarded.Count(q => q.Exact)} of {score.Guarded.Count()} |");
            foreach (var times in new[] { few, many })
                text.AppendLine(CultureInfo.InvariantCulture, $"| ms to read a question, {times.Names:N0} names: median / p95 / longest | {times.Median:0.00} / {times.P95:0.00} / {times.Longest:0.0} |");

            text.AppendLine(CultureInfo.InvariantCulture, $"| machine | {Environment.ProcessorCount} processors, .NET {Environment.Version} |").AppendLine();
            text.AppendLine("| id | tags | exact | reading |").AppendLine("|---|---|---|---|");
            foreach (var question in score.Questions)
                text.AppendLine(CultureInfo.InvariantCulture, $"| {question.Example.Id} | {string.Join(", ", question.Example.Tags)} | {(question.Exact ? "yes" : "no: " + Difference(question))} | {Reading(question.Outcome)} |");

            return text.ToString();
        }

        public static string Lines(QuestionsScore score) => string.Concat(score.Questions.Select(q =>
            $$"""{"id":"{{q.Example.Id}}","exact":{{(q.Exact ? "true" : "false")}},"outcome":{{System.Text.Json.JsonSerializer.Serialize(q.Outcome, QuestionsJson.Default.QuestionOutcome)}}}""" + "\n"));

        private static string Reading(QuestionOutcome outcome) => outcome switch
        {
            UnderstoodQuestion understood => understood.Reading.Words,
            UnclearQuestion unclear => "Asked back: " + unclear.Message,
            RefusedQuestion refused => "Refused: " + refused.Message,
            _ => "",
        };

        private static string Difference(ScoredQuestion question) =>
            $"missing {Set(question.Nearest, question.Answer)}, extra {Set(question.Answer, question.Nearest)}";

        private static string Set(AnswerSlots one, AnswerSlots other) =>
            "[" + string.Join("; ", one.Slots.Except(other.Slots).Append(one.Intent == other.Intent ? "" : "intent " + one.Intent).Where(s => s.Length > 0)) + "]";
    }
}
