using ChainSync.Analytics.Questions;
using ChainSync.QuestionsBench;
using Xunit;

namespace ChainSync.Analytics.Tests.Questions;

/// <summary>Products whose names are made of the words of questions, dates, numbers and accents.</summary>
public sealed class AwkwardNamesTests
{
    private static readonly string[] Awkward =
    [
        "Last Order", "Monday Blend", "Top Deck Chocolate", "Best Bitter 500ml", "March Hare Ale", "Average Joe Coffee", "7 Up", "Week End Wine",
        "Café Crème", "Jalapeño Dip", "Half Moon Cheese", "Less Salt Crisps", "Quarter Pounder", "Red Bull 250ml", "Bull Dog Gin", "No Sugar Cola",
        "Morning Glory Tea", "Zero Cola 330ml", "After Eight Mints", "Year Of The Dragon Tea", "H2O Still 1.5L", "M&M Peanut", "Number One Sauce", "All Day Breakfast",
    ];

    private static readonly string[] Templates =
    [
        "revenue of {0} last week",
        "how many units of {0} did we sell at Hilltop yesterday?",
        "return rate of {0} in the last 45 days",
        "stock of {0} by store",
        "weekly units of {0} since January",
        "gross profit on {0} this month vs last month",
        "transactions with {0} on Saturdays this year",
        "forecast units of {0} for next week",
    ];

    private static readonly QuestionParser Parser = new(MetricCatalogue.Standard, new(
        [.. Awkward.Append("Lemon Curd").Select(n => new ShopName("product", n)), new("store", "Hilltop"), new("store", "Quayside"), new("category", "Cheese")]));

    [Fact]
    public void A_question_about_an_awkward_name_is_read_like_one_about_any_other()
    {
        var wrong = from name in Awkward
                    from template in Templates
                    from written in new[] { name, name.ToLowerInvariant() }
                    let asked = string.Format(null, template, written)
                    let plain = Slots(string.Format(null, template, "Lemon Curd")).Select(s => s.Replace("Lemon Curd", name, StringComparison.Ordinal))
                    where !Slots(asked).SequenceEqual(plain.Order(StringComparer.Ordinal))
                    select asked;

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("total revenue last week", null)]
    [InlineData("units of Total sold last week", "Total")]
    [InlineData("Total units sold last week", null)]
    [InlineData("revenue of Unit yesterday", "Unit")]
    [InlineData("units sold yesterday", null)]
    public void An_ordinary_word_is_a_product_only_when_written_as_its_name(string question, string? product)
    {
        var parser = new QuestionParser(MetricCatalogue.Standard, new([new("product", "Total"), new("product", "Unit"), new("store", "Hilltop")]));

        var query = Assert.IsType<UnderstoodQuestion>(parser.Read(question, TestShop.Today)).Reading.Query;

        Assert.Equal(product, query.Filters.SingleOrDefault()?.Values[0]);
    }

    [Theory]
    [InlineData("revenue of bull last week")]
    [InlineData("how many colas did we sell yesterday")]
    public void A_word_that_two_products_share_is_asked_back(string question) =>
        Assert.Equal(UnclearReason.AmbiguousName, Assert.IsType<UnclearQuestion>(Parser.Read(question, TestShop.Today)).Reason);

    [Theory]
    [InlineData("units of cafe creme sold yesterday", "Café Crème")]
    [InlineData("how many red bulls did we sell yesterday", "Red Bull 250ml")]
    [InlineData("jalapeno dips sold yesterday", "Jalapeño Dip")]
    [InlineData("revenue of h2o still yesterday", "H2O Still 1.5L")]
    public void Accents_plurals_and_sizes_may_be_left_out(string question, string product)
    {
        var query = Assert.IsType<UnderstoodQuestion>(Parser.Read(question, TestShop.Today)).Reading.Query;

        Assert.Equal([product], query.Filters.Single().Values);
    }

    private static List<string> Slots(string question)
    {
        var answer = AnswerSlots.From(Parser.Read(question, TestShop.Today));
        return [.. answer.Slots.Append(answer.Intent).Order(StringComparer.Ordinal)];
    }
}
