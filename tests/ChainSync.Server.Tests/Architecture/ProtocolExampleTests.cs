using System.Text.RegularExpressions;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.TestKit;
using Xunit;

namespace ChainSync.Server.Tests.Architecture;

public partial class ProtocolExampleTests
{
    [Fact]
    public async Task The_sale_and_the_refund_of_the_protocol_are_what_it_says()
    {
        await using var host = await ApiHost.StartAsync();
        var store = TestChain.StoreIds[0];
        using var till = host.Client(Role.Staff, store);
        var ids = new Dictionary<string, Guid>
        {
            ["SALE"] = Ids.New(host.Chain.Clock), ["REFUND"] = Ids.New(host.Chain.Clock), ["PRODUCT"] = TestChain.ProductId(store, 0),
        };
        var bodies = Body().Matches(await File.ReadAllTextAsync(Path.Combine(Sources.Root, "docs/protocol.md"), TestContext.Current.CancellationToken))
            .Select(m => Variable().Replace(m.Groups[1].Value, v => ids[v.Groups[1].Value].ToString())).ToList();

        var sale = await host.SendAsync(till, HttpMethod.Post, $"/api/stores/{store}/sales", bodies[0]);
        var refund = await host.SendAsync(till, HttpMethod.Post, $"/api/stores/{store}/sales/{ids["SALE"]}/refunds", bodies[1]);

        Assert.Equal((201, "paid"), (sale.Status, sale.Json.GetProperty("paymentStatus").GetString()));
        Assert.DoesNotContain("pricing-differs", sale.Text, StringComparison.Ordinal);
        Assert.Equal((201, 179, 12), (refund.Status, refund.Json.GetProperty("totalMinor").GetInt32(), refund.Json.GetProperty("taxMinor").GetInt32()));
    }

    [GeneratedRegex(@"-d '(\{.*?\})'$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Body();

    [GeneratedRegex(@"'\$(\w+)'")]
    private static partial Regex Variable();
}
