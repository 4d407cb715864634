using System.Globalization;
using ChainSync.Analytics.Questions;
using ChainSync.QuestionsBench;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ChainSync.Analytics.Tests.Questions;

public sealed class QuestionProperties
{
    private static readonly string[] Syllables = ["ba", "cor", "del", "fen", "gul", "hax", "jor", "kel", "lum", "mir", "nov", "pel", "quo", "rix", "sul", "tov", "vex", "wil", "yar", "zan"];

    /// <summary>Questions with holes for a store, a product, a category and a stretch of time.</summary>
    private static readonly string[] Templates =
    [
        "revenue at {store} {time}",
        "how many units of {product} did we sell at {store} {time}?",
        "top 5 {category} products by profit {time}",
        "what was the return rate of {product} {time}",
        "sales by store {time} excluding {store}",
        "how many {product} do we have left at {store}?",
        "any unusual sales of {product} at {store} {time}?",
        "what should I reorder in {category} for {store}?",
        "share of sales from {category} {time}",
        "weekly {category} revenue at {store} {time}",
        "forecast {product} for next week",
        "{category} products at {store} with more than 20 units sold {time}",
        "when will {product} run out at {store}",
        "compare {store} with last year {time}",
    ];

    private static readonly string[] Times =
        ["last week", "yesterday", "this month", "last quarter", "in the last 45 days", "since January", "in 2025", "on 14 February", "from 1 March to 15 April", "last Friday"];

    private static readonly Gen<string> Word =
        from length in Gen.Choose(2, 3)
        from parts in Gen.ArrayOf(Gen.Elements(Syllables), length)
        select string.Concat(parts) + "n";

    private static readonly Gen<string> Name =
        from words in Gen.ArrayOf(Word, 2)
        where words[0] != words[1]
        select string.Join(' ', words.Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    private static readonly Gen<(string Store, string Product, string Category)> Shop =
        from names in Gen.ArrayOf(Name, 3)
        where names.SelectMany(n => n.Split(' ')).Distinct().Count() == 6
        select (names[0], names[1], names[2]);

    [Fact]
    public void A_question_is_read_alike_whatever_the_names()
    {
        var cases = from shop in Shop
                    from template in Gen.Elements(Templates)
                    from time in Gen.Elements(Times)
                    select (shop, Question: template.Replace("{time}", time, StringComparison.Ordinal));

        Check(cases, sample =>
        {
            var (shop, question) = sample;
            var names = new ShopNames([new("store", shop.Store), new("product", shop.Product), new("category", shop.Category), new("store", "Hilltop"), new("product", "Lemon Curd"), new("category", "Cheese")]);
            var parser = new QuestionParser(MetricCatalogue.Standard, names);

            var known = Slots(parser.Read(Fill(question, "Hilltop", "Lemon Curd", "Cheese"), TestShop.Today));
            var invented = Slots(parser.Read(Fill(question, shop.Store, shop.Product, shop.Category), TestShop.Today));

            return !known.Contains("clarify") && !known.Contains("refuse")
                && invented.SequenceEqual(known.Select(s => s.Replace("Hilltop", shop.Store, StringComparison.Ordinal).Replace("Lemon Curd", shop.Product, StringComparison.Ordinal).Replace("Cheese", shop.Category, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        });
    }

    [Fact]
    public void A_date_is_the_same_day_however_it_is_written()
    {
        string[] formats = ["d MMMM yyyy", "MMM d, yyyy", "yyyy-MM-dd", "dd/MM/yyyy", "dddd d MMM yyyy", "d.M.yyyy"];
        var cases = from back in Gen.Choose(0, 1500)
                    from format in Gen.Elements(formats)
                    select (Day: TestShop.Today.AddDays(-back), format);

        Check(cases, sample =>
        {
            var words = sample.Day.ToString(sample.format, CultureInfo.InvariantCulture);
            var time = TestShop.Query($"revenue by store on {words}").Time;
            return time.From == sample.Day && time.To == sample.Day;
        });
    }

    [Fact]
    public void A_range_of_dates_keeps_both_ends()
    {
        var cases = from back in Gen.Choose(10, 900)
                    from length in Gen.Choose(1, 300)
                    from words in Gen.Elements("from {0} to {1}", "between {0} and {1}", "{0} - {1}", "from {0} until {1}")
                    let start = TestShop.Today.AddDays(-back)
                    let end = start.AddDays(length) < TestShop.Today ? start.AddDays(length) : TestShop.Today
                    select (start, end, words);

        Check(cases, sample =>
        {
            var range = string.Format(CultureInfo.InvariantCulture, sample.words, sample.start.ToString("d MMM yyyy", CultureInfo.InvariantCulture), sample.end.ToString("d MMM yyyy", CultureInfo.InvariantCulture));
            var time = TestShop.Query($"margin {range} by category").Time;
            return time.From == sample.start && time.To == sample.end;
        });
    }

    [Fact]
    public void The_last_n_days_end_yesterday_on_any_day()
    {
        var cases = from days in Gen.Choose(2, 400)
                    from shift in Gen.Choose(0, 3000)
                    from last in Gen.Elements("last", "past", "previous")
                    select (days, today: new DateOnly(2024, 1, 1).AddDays(shift), last);

        Check(cases, sample =>
        {
            var outcome = (UnderstoodQuestion)TestShop.Parser.Read($"transactions in the {sample.last} {sample.days} days", sample.today);
            var time = outcome.Reading.Query.Time;
            return time.From == sample.today.AddDays(-sample.days) && time.To == sample.today.AddDays(-1);
        });
    }

    [Fact]
    public void Case_spaces_and_marks_do_not_matter()
    {
        var cases = from template in Gen.Elements(Templates)
                    from time in Gen.Elements(Times)
                    from upper in Gen.Elements(true, false)
                    from end in Gen.Elements("", "?", "!", " ?", ".", "...")
                    select (Question: Fill(template.Replace("{time}", time, StringComparison.Ordinal), "Hilltop", "Lemon Curd", "Cheese").TrimEnd('?'), upper, end);

        Check(cases, sample =>
        {
            var written = (sample.upper ? sample.Question.ToUpperInvariant() : sample.Question.ToLowerInvariant()).Replace(" ", "  ", StringComparison.Ordinal) + sample.end;
            return Slots(TestShop.Read(written)).SequenceEqual(Slots(TestShop.Read(sample.Question)));
        });
    }

    [Fact]
    public void Two_swapped_letters_inside_a_word_do_not_matter()
    {
        string[] words = ["revenue", "transactions", "category", "Quayside", "month", "customers", "discounts"];
        const string question = "revenue and discounts and transactions and customers by category at Quayside last month";
        var cases = from word in Gen.Elements(words)
                    from at in Gen.Choose(1, word.Length - 3)
                    where word[at] != word[at + 1]
                    select question.Replace(word, word[..at] + word[at + 1] + word[at] + word[(at + 2)..], StringComparison.Ordinal);

        Check(cases, misspelt => Slots(TestShop.Read(misspelt)).SequenceEqual(Slots(TestShop.Read(question))));
    }

    [Fact]
    public void Any_words_at_all_end_in_a_valid_query_or_none()
    {
        var vocabulary = string.Join(' ', Templates.Concat(Times)).Split(' ')
            .Concat(TestShop.Names.All.SelectMany(n => n.Name.Split(' ')))
            .Concat(["not", "and", "by", "each", "top", "worst", "vs", "than", "more", "10%", "£5", "0", "99999999999", "except", "growth", "per", "hour", "2026-13-40", "31/02/2026", "why", "forecast", "will", "same", "instead", "compare", "below", "between", "-", ",", "(", "'", "\u0000", "é", "日本"])
            .Distinct().ToArray();
        var cases = from length in Gen.Choose(1, 14)
                    from words in Gen.ArrayOf(Gen.Elements(vocabulary), length)
                    from follows in Gen.Elements(true, false)
                    select (Question: string.Join(' ', words), follows);
        var validator = new QueryValidator(MetricCatalogue.Standard, TestShop.Names);
        var before = TestShop.Query("top 5 products by revenue at Hilltop last week");

        Check(cases, sample => TestShop.Read(sample.Question, sample.follows ? before : null) switch
        {
            UnderstoodQuestion understood => validator.Problems(understood.Reading.Query).Count == 0 && understood.Alternatives.All(r => validator.Problems(r.Query).Count == 0),
            UnclearQuestion unclear => unclear.Readings.All(r => validator.Problems(r.Query).Count == 0),
            _ => true,
        }, 2000);
    }

    [Fact]
    public void No_wording_around_a_command_to_delete_gets_it_read()
    {
        var cases = from opening in Gen.Elements("", "please ", "can you ", "I want you to ", "go ahead and ", "now ", "ok, ")
                    from verb in Gen.Elements("delete", "erase", "wipe", "set", "change", "raise", "cancel", "void", "update", "reduce")
                    from thing in Gen.Elements("all sales from yesterday", "the price of Lemon Curd", "every product in Cheese", "our revenue for last month", "the stock at Hilltop")
                    select opening + verb + " " + thing;

        Check(cases, question => TestShop.Read(question) is RefusedQuestion { Reason: RefusalReason.Write });
    }

    private static string Fill(string question, string store, string product, string category) => question
        .Replace("{store}", store, StringComparison.Ordinal)
        .Replace("{product}", product, StringComparison.Ordinal)
        .Replace("{category}", category, StringComparison.Ordinal);

    private static List<string> Slots(QuestionOutcome outcome)
    {
        var answer = AnswerSlots.From(outcome);
        return [.. answer.Slots.Append(answer.Intent).Order(StringComparer.Ordinal)];
    }

    /// <summary>Throws with the smallest failing sample and the seed that gives it again.</summary>
    private static void Check<T>(Gen<T> cases, Func<T, bool> holds, int tests = 300) =>
        Prop.ForAll(cases.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));
}
