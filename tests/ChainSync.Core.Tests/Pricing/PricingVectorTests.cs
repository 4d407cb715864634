using ChainSync.Core.Tests.Pricing.Vectors;
using Xunit;

namespace ChainSync.Core.Tests.Pricing;

public sealed class PricingVectorTests
{
    private const string RewriteSwitch = "CHAINSYNC_WRITE_VECTORS";

    [Fact]
    public void The_committed_vectors_are_what_these_rules_write()
    {
        var expected = PricingVectors.Generate().ToList();
        if (Environment.GetEnvironmentVariable(RewriteSwitch) == "1") PricingVectors.Write(expected);

        var committed = PricingVectors.Read().ToList();

        Assert.True(expected.Count >= 10_000);
        Assert.Equal(expected, committed);
        Assert.InRange(new FileInfo(PricingVectors.File).Length, 1, 1_500_000);
    }
}
