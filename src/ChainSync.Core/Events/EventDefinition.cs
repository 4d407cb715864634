using System.Text.Json.Serialization.Metadata;

namespace ChainSync.Core.Events;

/// <summary>What every client may know of an event before it hears one.</summary>
/// <param name="name">Its name on the wire, the frame's <c>type</c>.</param>
/// <param name="ns">The namespace that decides who may see it.</param>
/// <param name="life">Durable or fleeting.</param>
/// <param name="keyField">The field of the payload by which a newer event replaces an older one, or null.</param>
public abstract class EventDefinition(string name, string ns, EventLife life, string? keyField)
{
    /// <summary>Its name on the wire, the frame's <c>type</c>: <c>sale:created</c>.</summary>
    public string Name { get; } = name;

    /// <summary>One of <see cref="Identity.Permissions.Namespaces"/>: who sees that sees this.</summary>
    public string Namespace { get; } = ns;

    /// <summary>Durable or fleeting.</summary>
    public EventLife Life { get; } = life;

    /// <summary>
    /// The field of <c>data</c> whose value is the event's key: of two events with one key the newer says all that the older said.
    /// Null where each event counts.
    /// </summary>
    public string? KeyField { get; } = keyField;

    /// <summary>How its <c>data</c> is read and written.</summary>
    public abstract JsonTypeInfo PayloadInfo { get; }
}

/// <summary>An event whose <c>data</c> is a <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The payload.</typeparam>
public sealed class EventDefinition<T> : EventDefinition
    where T : class
{
    internal EventDefinition(string name, string ns, EventLife life, JsonTypeInfo<T> payload, string? keyField)
        : base(name, ns, life, keyField) => Payload = payload;

    /// <summary>How its <c>data</c> is read and written.</summary>
    public JsonTypeInfo<T> Payload { get; }

    /// <inheritdoc/>
    public override JsonTypeInfo PayloadInfo => Payload;
}
