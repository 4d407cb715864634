using Xunit;

namespace ChainSync.Core.Tests;

public sealed class CurrencyTests
{
    [Theory]
    [InlineData("EUR", 2, 100)]
    [InlineData("JPY", 0, 1)]
    [InlineData("TND", 3, 1_000)]
    public void A_known_code_gives_its_digits(string code, int digits, long minorPerMajor)
    {
        var currency = Currency.Parse(code).Value;

        Assert.Equal((code, digits, minorPerMajor), (currency.Code, currency.Digits, currency.MinorPerMajor));
        Assert.Same(currency, Currency.Parse(code).Value);
    }

    [Theory]
    [InlineData("eur")]
    [InlineData("EURO")]
    [InlineData("XXX")]
    [InlineData("")]
    [InlineData(null)]
    public void Any_other_code_is_refused_with_the_field_to_blame(string? code)
    {
        var rejection = Currency.Parse(code).Rejection!;

        Assert.Equal("money.unknown-currency", rejection.Code);
        Assert.Equal(["currency"], rejection.Errors!.Keys);
    }

    [Fact]
    public void Every_code_is_three_capital_letters_and_listed_once()
    {
        Assert.All(Currency.All, currency => Assert.Matches("^[A-Z]{3}$", currency.Code));
        Assert.Equal(Currency.All.Count, Currency.All.Select(currency => currency.Code).Distinct().Count());
        Assert.Contains(Currency.Usd, Currency.All);
    }
}
