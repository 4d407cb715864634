using System.IO.Compression;
using ChainSync.AnalyticsBench;
using Xunit;

namespace ChainSync.Analytics.Tests.Benches;

/// <summary>The benches read data they have not seen: what is wrong with a file is told by its name and line.</summary>
public sealed class DataFileTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("chainsync-data-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("day,units\n2026-01-01,5\n2026-01-02,five\n", "line 3 has 'five' where a number belongs.")]
    [InlineData("day,units\n2026-01-01,5\n2026-01-02\n", "line 3 has 1 fields, the header 2.")]
    [InlineData("day,units\n2026-01-01,1e999\n", "line 2 has '1e999' where a number belongs.")]
    [InlineData("day,units\n1.1.2026,5\n", "line 2 has '1.1.2026' where a time like yyyy-MM-dd belongs.")]
    public void A_wrong_field_is_named_by_file_and_line(string text, string expected)
    {
        var path = Written("set/days.csv.gz", text);

        var thrown = Assert.Throws<DataFileException>(() => GzipCsv.Rows(path).Sum(r => r.Day(0).Day + r.Value(1)));

        Assert.Equal($"{path}, {expected}", thrown.Message);
    }

    [Theory]
    [InlineData("day,units\n")]
    [InlineData("")]
    public void A_file_without_rows_says_so(string text)
    {
        var path = Written("set/days.csv.gz", text);

        var thrown = Assert.Throws<DataFileException>(() => GzipCsv.Rows(path).ToList());

        Assert.Equal($"{path} has no rows.", thrown.Message);
    }

    [Fact]
    public void What_is_not_gzip_or_not_there_is_named()
    {
        var path = Path.Combine(_root, "plain.csv.gz");
        File.WriteAllText(path, "day,units\n");

        Assert.Equal($"{path} is not a whole gzip file.", Assert.Throws<DataFileException>(() => GzipCsv.Rows(path).ToList()).Message);
        Assert.Throws<DataFileException>(() => GzipCsv.Rows(path + "x").ToList());
        Assert.Throws<DataFileException>(() => GzipCsv.Find(Path.Combine(_root, "nowhere"), "*.csv.gz"));
    }

    [Fact]
    public void Quoted_fields_and_empty_cells_are_read()
    {
        var row = GzipCsv.Rows(Written("set/q.csv.gz", "name,a,b\n\"a \"\"b\"\", c\",,NaN\n")).Single();

        Assert.Equal("a \"b\", c", row[0]);
        Assert.Equal([double.NaN, double.NaN], row.Values(1));
        Assert.Throws<DataFileException>(() => row.Number(1));
    }

    [Fact]
    public void A_set_is_left_out_with_the_reason_and_the_others_are_read()
    {
        Written("uci-weekly-products/weekly_units.csv.gz", Weeks(["P1", "P2"], 40));
        Written("m4-weekly/m4_weekly.csv.gz", "id,train,test\nW1,1 2 x,3\n");

        var (sets, leftOut) = DataSets.Load(["m5", "weekly", "m4-weekly"], _root);

        Assert.Equal("uci-weekly-products", Assert.Single(sets).Name);
        Assert.Equal(
            ["m5 is left out: m5-store-dept/m5_store_dept_daily.csv.gz is not there.", "m4-weekly is left out: m4-weekly/m4_weekly.csv.gz, line 2 has 'x' where a number belongs."],
            leftOut);
    }

    [Fact]
    public void A_series_without_values_is_named_and_two_of_one_name_are_refused()
    {
        Written("uci-weekly-products/weekly_units.csv.gz", Weeks(["P1"], 40) + "P2" + new string(',', 40) + "\n");
        var (sets, leftOut) = DataSets.Load(["weekly"], _root);

        Assert.Equal("P1", Assert.Single(sets[0].Panel).Id);
        Assert.Equal(["uci-weekly-products: left out, as they never sold: P2."], leftOut);

        Written("uci-weekly-products/weekly_units.csv.gz", Weeks(["P1", "P1"], 40));
        Assert.Equal(["weekly is left out: 'P1' is there twice."], DataSets.Load(["weekly"], _root).LeftOut);
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(8, 1)]
    [InlineData(12, 3)]
    [InlineData(52, 9)]
    public void Only_origins_with_history_as_long_as_a_forecast_count(int weeks, int origins)
    {
        Written("uci-weekly-products/weekly_units.csv.gz", Weeks(["P1", "P2"], weeks));

        var (sets, leftOut) = DataSets.Load(["weekly"], _root);

        Assert.Equal(origins, sets.Sum(s => s.Plan.Origins.Count));
        Assert.Equal(origins == 0 ? 1 : 0, leftOut.Count);
    }

    [Fact]
    public void The_quick_run_asks_for_some_of_the_same_series_and_origins()
    {
        Written("uci-weekly-products/weekly_units.csv.gz", Weeks([.. Enumerable.Range(0, 100).Select(i => $"P{i}")], 52));
        var set = DataSets.Load(["weekly"], _root).Sets.Single();

        var quick = set.Quickened();

        Assert.Equal(60, quick.Panel.Count);
        Assert.Subset(set.Panel.Select(s => s.Id).ToHashSet(), quick.Panel.Select(s => s.Id).ToHashSet());
        Assert.Equal(set.ScoredOrigins, quick.ScoredOrigins);
        Assert.InRange(quick.Plan.Origins.Count, 2, set.Plan.Origins.Count - 1);
    }

    private static string Weeks(string[] ids, int weeks) =>
        $"Product_Code,{string.Join(',', Enumerable.Range(0, weeks).Select(w => $"W{w}"))}\n"
        + string.Concat(ids.Select((id, i) => $"{id},{string.Join(',', Enumerable.Range(0, weeks).Select(w => (i + w) % 7))}\n"));

    private string Written(string name, string text)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionMode.Compress));
        writer.Write(text);
        return path;
    }
}
