using System.Text.Json;

namespace ChainSync.Server.Live;

/// <summary>An event that a log row gives to those who watch.</summary>
/// <param name="Type">Its name on the wire: <c>sale:created</c>.</param>
/// <param name="Namespace">Which of the six namespaces it belongs to; decides who may see it.</param>
/// <param name="WriteData">Writes the fields of <c>data</c>.</param>
/// <param name="OwnerId">The customer whose own it is, where it is somebody's.</param>
/// <param name="Key">What it gives the present state of, where a newer one says all that this does.</param>
public sealed record CommerceEvent(string Type, string Namespace, Action<Utf8JsonWriter> WriteData, Guid? OwnerId = null, string? Key = null);
