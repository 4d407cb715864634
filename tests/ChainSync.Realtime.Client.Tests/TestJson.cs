using System.Text.Json.Serialization;

namespace ChainSync.Realtime.Client.Tests;

internal sealed record Sale(long TotalMinor);

internal sealed record Viewing(string ProductId);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Sale))]
[JsonSerializable(typeof(Viewing))]
internal sealed partial class TestJson : JsonSerializerContext;
