using System.Text;
using ChainSync.Core.Imports;
using ChainSync.Server.Features.Imports;
using Xunit;

namespace ChainSync.Server.Tests.Imports;

public sealed class OnlineRetailReaderTests
{
    private const string Good = "536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26,2.55,17850,United Kingdom";

    [Fact]
    public void A_line_is_read_field_by_field()
    {
        var line = Assert.Single(RetailFile.Read(Good).Documents.Single().Lines);

        Assert.Equal(
            new RetailLine(2, "536365", "85123A", "WHITE HANGING HEART", 6, new DateTime(2010, 12, 1, 8, 26, 0), 2_550_000, "17850", "United Kingdom"), line);
        Assert.Equal(1530, line.AmountMinor);
    }

    [Fact]
    public void Plain_and_packed_files_read_alike()
    {
        var plain = RetailFile.Of(Good);

        Assert.Equal(RetailFile.Read(plain).Documents.Single().Lines, RetailFile.Read(RetailFile.Gzip(plain)).Documents.Single().Lines);
    }

    [Fact]
    public void Quotes_commas_pounds_blanks_and_carriage_returns_are_read_as_meant()
    {
        var bytes = Encoding.UTF8.GetBytes("\uFEFF" + RetailFile.Header + "\r\n1,a,\" RECORD FRAME 7\"\" £20, \",1,2010-12-01 08:26,1.0,,EIRE\r\n");

        var line = RetailFile.Read(bytes).Documents.Single().Lines.Single();

        Assert.Equal("RECORD FRAME 7\" £20,", line.Description);
        Assert.Equal("A", line.Sku);
        Assert.True(line.LoweredSku);
        Assert.Equal("EIRE", line.Country);
    }

    [Fact]
    public void Columns_are_found_by_name_in_any_order_and_in_both_published_spellings()
    {
        var bytes = Encoding.UTF8.GetBytes(
            "Country,Customer ID,Price,InvoiceDate,Quantity,Description,StockCode,Invoice\nFrance,12583.0,0.5,12/1/2010 8:45,24,ALARM CLOCK,22728,536370\n");

        var line = RetailFile.Read(bytes).Documents.Single().Lines.Single();

        Assert.Equal(
            new RetailLine(2, "536370", "22728", "ALARM CLOCK", 24, new DateTime(2010, 12, 1, 8, 45, 0), 500_000, "12583", "France"), line);
    }

    [Theory]
    [InlineData("536365,85123A,HEART,6,2010-12-01 08:26,2.55,17850", "7 fields instead of 8.")]
    [InlineData("536365,85123A,HEART,6,2010-12-01 08:26,2.55,17850,UK,more", "9 fields instead of 8.")]
    [InlineData("X36365,85123A,HEART,6,2010-12-01 08:26,2.55,17850,UK", "The invoice number is not digits, with C or A before them at most.")]
    [InlineData("536365,,HEART,6,2010-12-01 08:26,2.55,17850,UK", "The stock code is missing, longer than 40 characters or not UTF-8.")]
    [InlineData("536365,85123A,HEART,six,2010-12-01 08:26,2.55,17850,UK", "The quantity is not a whole number within ±1,000,000.")]
    [InlineData("536365,85123A,HEART,1.5,2010-12-01 08:26,2.55,17850,UK", "The quantity is not a whole number within ±1,000,000.")]
    [InlineData("536365,85123A,HEART,99999999999,2010-12-01 08:26,2.55,17850,UK", "The quantity is not a whole number within ±1,000,000.")]
    [InlineData("536365,85123A,HEART,6,2010-13-01 08:26,2.55,17850,UK", "The date is not one like 2010-12-01 08:26.")]
    [InlineData("536365,85123A,HEART,6,,2.55,17850,UK", "The date is not one like 2010-12-01 08:26.")]
    [InlineData("536365,85123A,HEART,6,2010-12-01 08:26,free,17850,UK", "The price is not a number within ±100,000,000 with at most six decimals.")]
    [InlineData("536365,85123A,HEART,6,2010-12-01 08:26,0.0000001,17850,UK", "The price is not a number within ±100,000,000 with at most six decimals.")]
    [InlineData("536365,85123A,HEART,6,2010-12-01 08:26,1e3,17850,UK", "The price is not a number within ±100,000,000 with at most six decimals.")]
    [InlineData("536365,85123A,HE\u0001ART,6,2010-12-01 08:26,2.55,17850,UK", "Has control characters in it.")]
    [InlineData("536365,85123A,\"HEART,6,2010-12-01 08:26,2.55,17850,UK", "A quote is open, or stands inside a field.")]
    [InlineData("536365,85123A,\"HEART\"S,6,2010-12-01 08:26,2.55,17850,UK", "A quote is open, or stands inside a field.")]
    public void A_broken_line_is_rejected_with_its_number_and_reason_and_the_others_are_read(string broken, string reason)
    {
        var book = RetailFile.Read(Good, broken, Good);

        Assert.Equal(new RejectedLine(3, reason, broken), Assert.Single(book.Rejects));
        Assert.Equal([2, 4], book.Documents.Single().Lines.Select(l => l.LineNumber));
        Assert.Equal(3, book.Lines);
        Assert.Equal(1, book.Count()[RetailRules.Rejected]);
    }

    [Fact]
    public void A_line_that_is_not_utf8_is_rejected()
    {
        byte[] bytes = [.. RetailFile.Of(Good), .. "536366,1,CAF"u8, 0xE9, .. ",6,2010-12-01 08:26,2.55,17850,UK\n"u8];

        Assert.Equal("The description is longer than 200 characters or not UTF-8.", Assert.Single(RetailFile.Read(bytes).Rejects).Reason);
    }

    [Fact]
    public void Empty_lines_are_no_lines()
    {
        var book = RetailFile.Read(Good, "", Good, "");

        Assert.Equal(2, book.Lines);
        Assert.Equal(4, book.Documents.Single().Lines[1].LineNumber);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public void An_empty_file_is_refused(string text) => AssertRefused(Encoding.UTF8.GetBytes(text), "The file is empty.");

    [Fact]
    public void A_file_without_lines_is_refused() => AssertRefused(RetailFile.Of(), "a header and no lines");

    [Fact]
    public void A_file_with_other_columns_is_refused_with_what_it_has_and_what_it_should_have() =>
        AssertRefused("date;amount\n2010-12-01;5\n"u8.ToArray(), "does not name the column InvoiceNo: it should read InvoiceNo,StockCode", "date;amount");

    [Fact]
    public void A_picture_is_refused() =>
        AssertRefused([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Enumerable.Repeat((byte)0, 1000)], "does not name the column InvoiceNo");

    [Fact]
    public void A_packed_file_that_was_cut_off_is_refused()
    {
        var packed = RetailFile.Gzip(RetailFile.Of(Enumerable.Range(0, 5_000).Select(i => $"{500_000 + i},{i},THING {i},1,2010-12-01 08:26,2.55,,UK")));

        AssertRefused(packed[..(packed.Length / 2)], "damaged or was cut off");
    }

    [Fact]
    public void A_packed_file_with_a_flipped_bit_is_refused()
    {
        var packed = RetailFile.Gzip(RetailFile.Of(Good));
        packed[^6] ^= 1; // in the checksum

        AssertRefused(packed, "damaged or was cut off");
    }

    [Fact]
    public void A_line_of_a_hundred_megabytes_is_refused_without_being_read_into_memory()
    {
        using var endless = new EndlessLine(RetailFile.Of(Good), 100_000_000);
        var before = GC.GetTotalAllocatedBytes();

        var refusal = Assert.Throws<ImportException>(() => OnlineRetailReader.ReadBook(endless, CancellationToken.None));

        Assert.Contains("Line 3 is longer than 65,536 bytes", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 10_000_000);
    }

    private static void AssertRefused(byte[] bytes, params string[] says)
    {
        var refusal = Assert.Throws<ImportException>(() => RetailFile.Read(bytes));

        foreach (var part in says) Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was written.", refusal.Message, StringComparison.Ordinal);
    }

    private sealed class EndlessLine(byte[] start, long length) : MemoryStream(start)
    {
        private long _left = length;

        // A derived memory stream sends its span reads here too.
        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = base.Read(buffer, offset, count);
            if (read > 0 || _left == 0) return read;
            read = (int)Math.Min(_left, count);
            buffer.AsSpan(offset, read).Fill((byte)'x');
            _left -= read;
            return read;
        }
    }
}
