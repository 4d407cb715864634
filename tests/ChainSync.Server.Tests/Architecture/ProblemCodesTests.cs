using System.Globalization;
using System.Text.RegularExpressions;
using ChainSync.Server.Infrastructure.Http;
using Xunit;

namespace ChainSync.Server.Tests.Architecture;

public partial class ProblemCodesTests
{
    private const string Table = "Problems.cs";

    [Fact]
    public void Every_code_in_the_source_has_a_status()
    {
        var used = CodesInSource();

        Assert.Contains("sales.total-mismatch", used);
        Assert.Empty(used.Except(Problems.Codes));
    }

    [Fact]
    public void Every_code_with_a_status_is_used() => Assert.Empty(Problems.Codes.Except(CodesInSource()));

    [Fact]
    public void The_protocol_states_every_code_with_its_status()
    {
        var stated = Row().Matches(File.ReadAllText(Path.Combine(Sources.Root, "docs/protocol.md")))
            .ToDictionary(m => m.Groups["code"].Value, m => int.Parse(m.Groups["status"].Value, CultureInfo.InvariantCulture));

        Assert.Equal(Problems.Codes.Order().ToDictionary(code => code, Problems.StatusOf), stated.OrderBy(s => s.Key).ToDictionary());
    }

    // A refusal is made by one of three ways of writing it, or takes a constant; and nothing else is written area.fact with
    // an area of the table.
    private static HashSet<string> CodesInSource()
    {
        var areas = Problems.Codes.Select(code => code.Split('.')[0]).ToHashSet();
        var source = Sources.CSharpIn("src/ChainSync.Core", "src/ChainSync.Server").Where(f => Path.GetFileName(f) != Table)
            .Select(Sources.Code).ToList();
        var made = source.SelectMany(code => Made().Matches(code)).Select(m => m.Groups["code"].Value);
        var known = source.SelectMany(code => Literal().Matches(code)).Select(m => m.Groups["code"].Value).Where(code => areas.Contains(code.Split('.')[0]));
        return [.. made, .. known];
    }

    [GeneratedRegex("""(?:new Rejection|new|OfField|ToRejection|Blame)\(\s*"(?<code>[a-z]+\.[a-z-]+)"\s*[,)]""")]
    private static partial Regex Made();

    [GeneratedRegex("""
        "(?<code>[a-z]+\.[a-z-]+)"
        """)]
    private static partial Regex Literal();

    [GeneratedRegex(@"^\| `(?<code>[a-z]+\.[a-z-]+)` \| (?<status>\d{3}) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
