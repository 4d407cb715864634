using System.Text.Json.Serialization;

namespace ChainSync.Server.Infrastructure.ApiDescription;

/// <summary>The kinds of values that addresses carry, for their schemas: no message has them all.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Guid?))]
[JsonSerializable(typeof(bool?))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(DateTimeOffset?))]
[JsonSerializable(typeof(DateOnly?))]
internal sealed partial class ParameterJson : JsonSerializerContext;
