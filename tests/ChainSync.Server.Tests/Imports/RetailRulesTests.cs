using ChainSync.Core.Imports;
using Xunit;

namespace ChainSync.Server.Tests.Imports;

public sealed class RetailRulesTests
{
    [Theory]
    [InlineData("sold", "536365,85123A,HEART,6,2010-12-01 08:26,2.55,17850,United Kingdom")]
    [InlineData("sold", "536365,PADS,PADS TO MATCH ALL CUSHIONS,1,2010-12-01 08:26,0.001,17850,United Kingdom")]
    [InlineData("sold-service", "536370,POST,POSTAGE,3,2010-12-01 08:45,18.0,12583,France")]
    [InlineData("sold-service", "536544,DOT,DOTCOM POSTAGE,1,2010-12-01 14:32,569.77,,United Kingdom")]
    [InlineData("sold-service", "536544,m,Manual,1,2010-12-01 14:32,2.55,,United Kingdom")]
    [InlineData("sold-service", "536544,gift_0001_20,Gift Voucher,1,2010-12-01 14:32,16.67,,United Kingdom")]
    [InlineData("sold-free", "539722,22423,REGENCY CAKESTAND,10,2010-12-21 13:45,0.0,14911,EIRE")]
    [InlineData("refunded", "C536383,35004C,SET OF 3,-1,2010-12-01 09:49,4.65,15311,United Kingdom")]
    [InlineData("refunded", "C536383,35004C,SET OF 3,-1,2010-12-01 09:49,0.0,15311,United Kingdom")]
    [InlineData("refunded-service", "C536379,D,Discount,-1,2010-12-01 09:41,27.5,14527,United Kingdom")]
    [InlineData("refunded-service", "C536758,S,SAMPLES,-1,2010-12-01 09:41,33.05,,United Kingdom")]
    [InlineData("written-off", "536589,21777,,-10,2010-12-01 16:50,0.0,,United Kingdom")]
    [InlineData("written-off", "536996,22712,damaged,-20,2010-12-03 15:30,0.0,17850,United Kingdom")]
    [InlineData("found", "536414,22139,,56,2010-12-01 11:52,0.0,,United Kingdom")]
    [InlineData("set-aside-fee", "C537600,AMAZONFEE,AMAZON FEE,-1,2010-12-07 12:41,1.0,,United Kingdom")]
    [InlineData("set-aside-fee", "C537572,BANK CHARGES,Bank Charges,-1,2010-12-07 12:00,95.38,,United Kingdom")]
    [InlineData("set-aside-fee", "C561742,CRUK,CRUK Commission,-1,2011-07-29 12:00,16.4,14096,United Kingdom")]
    [InlineData("set-aside-bad-debt", "A563185,B,Adjust bad debt,1,2011-08-12 14:50,11062.06,,United Kingdom")]
    [InlineData("set-aside-bad-debt", "A563186,B,Adjust bad debt,1,2011-08-12 14:51,-11062.06,,United Kingdom")]
    [InlineData("set-aside-empty", "536365,85123A,HEART,0,2010-12-01 08:26,2.55,17850,United Kingdom")]
    [InlineData("set-aside-empty", "561916,M,Manual,1,2011-08-01 11:44,0.0,15581,United Kingdom")]
    [InlineData("rejected", "536365,85123A,HEART,6,2010-12-01 08:26,-2.55,17850,United Kingdom")]
    [InlineData("rejected", "536365,85123A,HEART,-6,2010-12-01 08:26,2.55,17850,United Kingdom")]
    [InlineData("rejected", "C536365,85123A,HEART,6,2010-12-01 08:26,2.55,17850,United Kingdom")]
    public void Every_kind_of_line_has_one_fate(string rule, string line)
    {
        var counts = RetailFile.Read(line).Count();

        var fate = Assert.Single(counts.ToList(), count => count is { Rule.IsFate: true, Lines: > 0 });
        Assert.Equal((rule, 1), (fate.Rule.Name, fate.Lines));
        Assert.Equal(1, counts.Lines);
    }

    [Fact]
    public void Goods_without_a_price_beside_priced_goods_are_sold_free()
    {
        var document = RetailFile.Read(
            "536544,1,THING,1,2010-12-01 08:26,2.00,,United Kingdom",
            "536544,2,OTHER,3,2010-12-01 08:26,0.0,,United Kingdom").Documents.Single();

        Assert.Equal([RetailRules.Sold, RetailRules.SoldFree], document.Fates);
    }

    [Fact]
    public void Goods_without_a_price_beside_a_fee_are_found()
    {
        var document = RetailFile.Read(
            "537632,AMAZONFEE,AMAZON FEE,1,2010-12-07 15:08,13541.33,,United Kingdom",
            "537632,2,OTHER,3,2010-12-07 15:08,0.0,,United Kingdom").Documents.Single();

        Assert.Equal([RetailRules.Fee, RetailRules.Found], document.Fates);
    }

    [Fact]
    public void A_rejected_contradiction_is_listed_as_it_stands()
    {
        var reject = Assert.Single(RetailFile.Read("536365,85123A,\"HEART, 7\"\"\",-6,2010-12-01 08:26,2.55,17850,EIRE").Rejects);

        Assert.Equal(
            new RejectedLine(2, "A negative quantity with a price outside a credit note.", "536365,85123A,\"HEART, 7\"\"\",-6,2010-12-01 08:26,2.55,17850,EIRE"), reject);
    }

    [Fact]
    public void A_product_is_named_by_its_most_frequent_priced_description_and_priced_as_it_last_was()
    {
        var book = RetailFile.Read(
            "1,22139,RETROSPOT TEA SET,1,2010-12-01 08:00,4.25,,United Kingdom",
            "2,22139,RETROSPOT TEA SET CERAMIC 11 PC,1,2010-12-02 08:00,4.95,,United Kingdom",
            "3,22139,RETROSPOT TEA SET CERAMIC 11 PC,1,2010-12-03 08:00,5.55,,United Kingdom",
            "C4,22139,RETROSPOT TEA SET CERAMIC 11 PC,-1,2010-12-04 08:00,4.25,,United Kingdom",
            "5,22139,damaged,-1,2010-12-05 08:00,0.0,,United Kingdom",
            "6,22139,damaged,-1,2010-12-06 08:00,0.0,,United Kingdom",
            "7,22139,damaged,-1,2010-12-07 08:00,0.0,,United Kingdom",
            "8,22139,,-1,2010-12-07 08:00,0.0,,United Kingdom");

        Assert.Equal(new RetailProduct("22139", "RETROSPOT TEA SET CERAMIC 11 PC", 555, IsService: false), book.Catalogue.Product("22139"));
        Assert.Equal(4, book.Count()[RetailRules.OtherDescription]);
        Assert.Equal(1, book.Count()[RetailRules.NoDescription]);
    }

    [Fact]
    public void A_product_nobody_describes_is_named_by_its_code() =>
        Assert.Equal("Product 22139", RetailFile.Read("536414,22139,,56,2010-12-01 11:52,0.0,,United Kingdom").Catalogue.Product("22139").Name);

    [Fact]
    public void Codes_that_differ_by_capitals_are_one_product()
    {
        var book = RetailFile.Read(
            "1,15056BL,PARASOL,1,2010-12-01 08:00,5.95,,United Kingdom",
            "2,15056bl,PARASOL,1,2010-12-02 08:00,12.46,,United Kingdom");

        Assert.Equal(1246, book.Catalogue.Product("15056BL").PriceMinor);
        Assert.Equal(1, book.Count()[RetailRules.LoweredSku]);
    }

    [Fact]
    public void A_customer_from_abroad_shows_the_last_country_in_the_name()
    {
        var book = RetailFile.Read(
            "1,1,THING,1,2010-12-01 08:00,5.95,12370,Austria",
            "2,1,THING,1,2010-12-02 08:00,5.95,12370,Cyprus",
            "3,1,THING,1,2010-12-02 08:00,5.95,17850,United Kingdom");

        Assert.Equal("Customer 12370 (Cyprus)", book.Catalogue.CustomerName("12370"));
        Assert.Equal("Customer 17850", book.Catalogue.CustomerName("17850"));
        Assert.Equal(2, book.Count()[RetailRules.Abroad]);
    }

    [Fact]
    public void The_same_line_again_is_kept_and_counted()
    {
        const string line = "536409,21866,UNION JACK MUG,1,2010-12-01 11:45,1.25,17908,United Kingdom";

        var book = RetailFile.Read(line, line, line);

        Assert.Equal(2, book.Count()[RetailRules.Repeated]);
        Assert.Equal(3, book.Count()[RetailRules.Sold]);
    }

    [Fact]
    public void Lines_of_one_invoice_that_stand_apart_are_one_invoice_at_its_first_time()
    {
        var book = RetailFile.Read(
            "536591,1,THING,1,2010-12-01 16:57,1.00,,United Kingdom",
            "536592,1,THING,1,2010-12-01 16:57,1.00,,United Kingdom",
            "536591,2,OTHER,1,2010-12-01 16:58,1.00,,United Kingdom");

        Assert.Equal([("536591", 2), ("536592", 1)], book.Documents.Select(d => (d.Number, d.Lines.Count)));
        Assert.Equal(57, book.Documents[0].At.Minute);
    }

    [Fact]
    public void In_each_month_the_files_sum_is_revenue_and_what_is_set_aside()
    {
        var months = MonthTotals.Of(RetailFile.Read(
            "1,1,THING,10,2010-12-31 23:59,1.11,,United Kingdom",
            "C2,1,THING,-3,2011-01-01 00:00,1.11,,United Kingdom",
            "C3,AMAZONFEE,AMAZON FEE,-1,2011-01-02 00:00,100.00,,United Kingdom",
            "4,1,THING,-1,2011-01-02 00:00,7.00,,United Kingdom"));

        Assert.Equal(
            [new MonthTotals(new(2010, 12, 1), 1110, 1110, 0, 0), new MonthTotals(new(2011, 1, 1), -11_033, -333, -10_000, -700)], months);
    }

    [Fact]
    public void A_price_finer_than_a_penny_is_rounded_up_and_its_amount_to_the_nearest_penny()
    {
        var line = RetailFile.Read("1,PADS,PADS,10,2010-12-01 08:00,0.125,,United Kingdom").Documents.Single().Lines.Single();

        Assert.Equal((13, 125), (line.PriceMinor, line.AmountMinor));
    }
}
