using ChainSync.AnalyticsBench;
using Xunit;

namespace ChainSync.Analytics.Tests.Benches;

public class BenchOptionsTests
{
    [Fact]
    public void A_plain_run_measures_everything_in_a_quarter_of_an_hour_and_R_has_part_of_it()
    {
        var options = BenchOptions.Parse([]);

        Assert.Equal(DataSets.Names, options.Sets);
        Assert.Equal(TimeSpan.FromMinutes(15), options.Limit);
        Assert.InRange(options.LimitForR, TimeSpan.FromMinutes(1), 0.95 * options.Limit);
        Assert.Equal("", options.Asked);
    }

    [Fact]
    public void R_never_has_more_time_than_the_run()
    {
        Assert.Equal(TimeSpan.FromMinutes(3), BenchOptions.Parse(["--minutes", "3", "--r-minutes", "5"]).LimitForR);
        Assert.Equal(TimeSpan.Zero, BenchOptions.Parse(["--no-r"]).LimitForR);
        Assert.True(BenchOptions.Parse(["--quick"]).LimitForR < BenchOptions.Parse([]).LimitForR);
    }

    [Fact]
    public void The_report_tells_what_was_asked_without_places_of_files()
    {
        var options = BenchOptions.Parse(["--quick", "--results", "/somewhere", "--sets", "m5,items", "--replays", "/kept"]);

        Assert.Equal(" --quick --sets m5,items", options.Asked);
        Assert.Equal(["m5", "items"], options.Sets);
    }

    [Theory]
    [InlineData("--minutes needs a number, at least 0.1; 'soon' is none.", "--minutes", "soon")]
    [InlineData("--minutes needs a value.", "--minutes")]
    [InlineData("'--fast' is not an argument of this bench.", "--fast")]
    [InlineData("--parallel needs a number, at least 1; '0' is none.", "--parallel", "0")]
    public void A_wrong_argument_is_explained(string expected, params string[] args)
    {
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => BenchOptions.Parse(args)).Message);
    }

    [Fact]
    public void A_set_that_is_not_known_is_answered_with_those_that_are()
    {
        var message = Assert.Throws<ArgumentException>(() => BenchOptions.Parse(["--sets", "m5,m6"])).Message;

        Assert.StartsWith("'m6' is not one of m5, rossmann,", message, StringComparison.Ordinal);
    }
}
