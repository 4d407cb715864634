using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChainSync.Core.Events;
using ChainSync.Core.Identity;
using Xunit;

namespace ChainSync.Core.Tests.Events;

/// <summary>What was ever sent is read for ever: the catalogue agrees with the frozen samples, byte for byte.</summary>
public sealed class EventCatalogueTests
{
    // The sample is text for people; on the wire a plus sign may be escaped.
    private static readonly JsonSerializerOptions Strict = new(EventJson.Default.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] Commerce =
    [
        "order:created", "order:updated", "order:status_changed", "order:deleted",
        "customer:activity", "customer:viewing_product", "customer:added_to_cart", "customer:online", "customer:offline",
        "inventory:updated", "inventory:low_stock", "inventory:out_of_stock", "inventory:restocked",
        "product:price_changed", "product:created", "product:updated", "product:deleted",
        "payment:received", "payment:failed", "payment:refunded",
        "system:notification", "system:alert", "system:maintenance",
    ];

    public static TheoryData<string> Names => [.. EventCatalogue.All.Select(e => e.Name)];

    [Fact]
    public void The_23_commerce_events_are_there()
    {
        Assert.Equal(23, Commerce.Distinct().Count());
        Assert.All(Commerce, name => Assert.NotNull(EventCatalogue.Find(name)));
    }

    [Fact]
    public void Every_event_is_listed_once_in_a_namespace_that_there_is()
    {
        var declared = typeof(EventCatalogue).GetProperties()
            .Where(p => p.PropertyType.IsAssignableTo(typeof(EventDefinition))).Select(p => (EventDefinition)p.GetValue(null)!);

        Assert.Equivalent(declared.Select(e => e.Name), EventCatalogue.All.Select(e => e.Name), strict: true);
        Assert.Distinct(EventCatalogue.All.Select(e => e.Name));
        Assert.All(EventCatalogue.All, e => Assert.Contains(e.Namespace, Permissions.Namespaces));
    }

    [Fact]
    public void Every_event_has_one_sample_and_every_sample_an_event() =>
        Assert.Equivalent(EventCatalogue.All.Select(e => EventSamples.FileOf(e.Name)), EventSamples.All.Keys, strict: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_samples_frame_is_what_the_catalogue_says(string name)
    {
        var (definition, frame) = (EventCatalogue.Find(name)!, Sample(name));

        Assert.Equal(name, frame.GetProperty("type").GetString());
        Assert.Equal($"{definition.Namespace}:{frame.GetProperty("storeId").GetGuid()}", frame.GetProperty("channel").GetString());
        Assert.Equal(definition.Life == EventLife.Durable, frame.TryGetProperty("seq", out _));
        Assert.True(definition.Life == EventLife.Fleeting || !frame.TryGetProperty("expiresInMs", out _));
        Assert.True(frame.GetProperty("at").TryGetDateTimeOffset(out _));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_payload_type_reads_and_writes_the_sample_unchanged(string name)
    {
        var (definition, data) = (EventCatalogue.Find(name)!, Sample(name).GetProperty("data"));
        var payload = Strict.GetTypeInfo(definition.PayloadInfo.Type);

        var written = JsonSerializer.Serialize(data.Deserialize(payload), payload);

        Assert.Equal(JsonSerializer.Serialize(data, Strict.GetTypeInfo(typeof(JsonElement))), written);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_sample_shows_every_field_there_can_be(string name)
    {
        var (definition, data) = (EventCatalogue.Find(name)!, Sample(name).GetProperty("data"));
        var fields = definition.PayloadInfo.Properties.Where(p => !p.IsExtensionData).Select(p => p.Name);

        Assert.All(fields, field => Assert.True(data.TryGetProperty(field, out _), field));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_key_is_a_field_of_the_payload(string name)
    {
        var definition = EventCatalogue.Find(name)!;

        Assert.True(definition.KeyField is not { } key || definition.PayloadInfo.Properties.Any(p => p.Name == key));
    }

    [Fact]
    public void Only_a_stock_level_replaces_the_one_before_it() =>
        Assert.Equal(EventCatalogue.InventoryUpdated, Assert.Single(EventCatalogue.All, e => e.KeyField is not null));

    [Fact]
    public void An_event_of_a_later_build_is_unknown_and_no_fault() => Assert.Null(EventCatalogue.Find("order:teleported"));

    private static JsonElement Sample(string name) => EventSamples.All[EventSamples.FileOf(name)];
}
