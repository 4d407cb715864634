using System.Text.Json;
using ChainSync.TestKit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChainSync.Server.Tests.ApiDescription;

public sealed class ApiDescriptionTests : IAsyncLifetime
{
    /// <summary>Set to 1, the test writes docs/openapi.json instead of comparing with it.</summary>
    private const string Rewrite = "CHAINSYNC_WRITE_OPENAPI";

    private ApiHost _host = null!;
    private string _text = "";
    private JsonElement _document;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        using var client = _host.Anonymous();
        _text = await client.GetStringAsync("/openapi/v1.json");
        _document = JsonDocument.Parse(_text).RootElement;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void Every_address_of_the_api_is_described()
    {
        var mapped = _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal))
            .Where(e => !e.RoutePattern.Parameters.Any(p => p.IsCatchAll)) // says that there is no such address
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Select(m => $"{m} {Path(e)}") ?? []);
        var described = Operations().Select(o => o.Name).ToHashSet();

        var missing = mapped.Where(m => !described.Contains(m)).ToList();

        Assert.True(missing.Count == 0, "Not described: " + string.Join(", ", missing));
        Assert.True(described.Count > 20);
    }

    [Fact]
    public void Every_operation_has_an_id_of_its_own_an_answer_and_the_headers_of_writes()
    {
        var operations = Operations().ToList();

        Assert.Equal(operations.Count, operations.Select(o => o.Value.GetProperty("operationId").GetString()).Distinct().Count());
        Assert.All(operations, o => Assert.Contains(o.Value.GetProperty("responses").EnumerateObject(), r => r.Name.StartsWith('2')));
        foreach (var (name, write) in operations.Where(o => IsWrite(o.Name)))
        {
            Assert.True(write.TryGetProperty("parameters", out var p) && p.EnumerateArray().Any(h => h.GetProperty("name").GetString() == "Idempotency-Key"), name);
            Assert.True(write.TryGetProperty("security", out _), name);
            Assert.True(write.GetProperty("responses").TryGetProperty("422", out _), name);
        }
    }

    // Signing in and stopping one's own import write no business data.
    private static bool IsWrite(string name) =>
        !name.StartsWith("GET", StringComparison.Ordinal) && !name.Contains("/api/auth/", StringComparison.Ordinal)
        && name != "DELETE /api/stores/{storeId}/imports/{importId}";

    [Fact]
    public void Schemas_are_camel_case_with_integers_for_money_and_say_what_must_be_there()
    {
        var schemas = _document.GetProperty("components").GetProperty("schemas");
        foreach (var property in schemas.EnumerateObject().Where(s => s.Value.TryGetProperty("properties", out _)).SelectMany(s => s.Value.GetProperty("properties").EnumerateObject()))
        {
            Assert.True(char.IsLower(property.Name[0]), property.Name);
            if (property.Name.EndsWith("Minor", StringComparison.Ordinal) || property.Name.EndsWith("Milli", StringComparison.Ordinal))
                Assert.True(Types(property.Value).IsSubsetOf(["integer", "null"]) && Types(property.Value).Contains("integer"), $"{property.Name}: {property.Value}");
        }

        var product = schemas.GetProperty("CreateProduct");
        Assert.Equal(["id", "name", "priceMinor", "sku", "taxClassId"], product.GetProperty("required").EnumerateArray().Select(r => r.GetString()).Order());
        Assert.True(Types(product.GetProperty("properties").GetProperty("categoryId")).SetEquals(["null", "string"]));
        Assert.True(Types(product.GetProperty("properties").GetProperty("name")).SetEquals(["string"]));
    }

    [Fact]
    public void A_patch_may_leave_out_every_field()
    {
        var body = Operations().Single(o => o.Name == "PATCH /api/stores/{storeId}/products/{productId}").Value
            .GetProperty("requestBody").GetProperty("content").GetProperty("application/merge-patch+json").GetProperty("schema");

        Assert.True(body.TryGetProperty("properties", out var properties), body.ToString());
        Assert.True(properties.TryGetProperty("priceMinor", out _));
        Assert.False(body.TryGetProperty("required", out _));
    }

    [Fact]
    public async Task The_committed_description_is_this_builds()
    {
        var file = System.IO.Path.Combine(Root(), "docs", "openapi.json");
        var current = _text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable(Rewrite) == "1") await File.WriteAllTextAsync(file, current);

        Assert.True(
            File.Exists(file) && await File.ReadAllTextAsync(file) == current,
            $"docs/openapi.json is not what this build answers. Run this test with {Rewrite}=1, look at the difference and commit it; then run the types script in web/.");
    }

    private IEnumerable<(string Name, JsonElement Value)> Operations() =>
        _document.GetProperty("paths").EnumerateObject().SelectMany(
            path => path.Value.EnumerateObject().Where(m => m.Name != "parameters"), (path, m) => ($"{m.Name.ToUpperInvariant()} {path.Name}", m.Value));

    private static HashSet<string> Types(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.String ? [type.GetString()!]
        : [.. type.EnumerateArray().Select(t => t.GetString()!)];

    private static string Path(RouteEndpoint endpoint)
    {
        var parts = endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            _ => "",
        })));
        return "/" + string.Join('/', parts);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "ChainSync.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
