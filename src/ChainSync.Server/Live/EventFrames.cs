using System.Buffers;
using System.Text.Json;
using ChainSync.Core.Events;
using ChainSync.Core.Log;
using ChainSync.Realtime;
using ChainSync.Server.Infrastructure.Http;

namespace ChainSync.Server.Live;

/// <summary>Writes the events of log rows as finished frames, each once. One buffer and one writer serve a whole stretch.</summary>
internal sealed class EventFrames : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;
    private readonly List<HubEvent> _events = [];
    private int _part;
    private CatalogueView? _view;

    public EventFrames() => _json = new Utf8JsonWriter(_buffer);

    /// <summary>The events so far, in order.</summary>
    public List<HubEvent> Events => _events;

    /// <summary>The row whose events come next.</summary>
    public LogRow Row { get; private set; } = null!;

    /// <summary>Goes on to the next row.</summary>
    public void Begin(LogRow row) => (Row, _part) = (row, 0);

    /// <summary>An event of the row.</summary>
    /// <param name="definition">Which.</param>
    /// <param name="payload">Its data.</param>
    /// <param name="ownerId">The customer whose own it is, where it is somebody's.</param>
    public void Add<T>(EventDefinition<T> definition, T payload, Guid? ownerId = null)
        where T : class => Add(definition, payload, new Address(definition.Namespace, ownerId));

    /// <summary>An event of the row that is for others than those who see its namespace.</summary>
    public void Add<T>(EventDefinition<T> definition, T payload, Address address)
        where T : class =>
        Write(definition, address, (payload, definition.Payload), static (json, p) => JsonSerializer.Serialize(json, p.payload, p.Payload));

    /// <summary>An event that carries the document's id, its version and these of its fields.</summary>
    public void AddDocument(EventDefinition definition, IEnumerable<JsonProperty> fields, Guid? ownerId = null) =>
        Write(definition, new Address(definition.Namespace, ownerId), (Row.Change, fields), static (json, document) =>
        {
            json.WriteStartObject();
            json.WriteString("id"u8, document.Change.EntityId);
            json.WriteNumber("syncVersion"u8, document.Change.Version);
            foreach (var field in document.fields)
            {
                if (!field.NameEquals("id"u8)) field.WriteTo(json);
            }
            json.WriteEndObject();
        });

    /// <summary>The document is no more.</summary>
    public void AddDeleted(EventDefinition<DocumentDeleted> deleted) => Add(deleted, new DocumentDeleted(Row.Change.EntityId, Row.Change.Version));

    /// <summary>
    /// The events of a row that those who work in the store hear otherwise than everybody else. Each view numbers its own parts;
    /// what both are told alike is one event.
    /// </summary>
    /// <param name="staff">Adds what those are told who work in the store.</param>
    /// <param name="everybody">Adds what everybody else is told.</param>
    public void AddViews(Action staff, Action everybody)
    {
        var (own, open) = (View(CatalogueView.Staff, staff), View(CatalogueView.Public, everybody));
        for (var part = 0; part < Math.Max(own.Count, open.Count); part++)
        {
            var (ours, theirs) = (own.ElementAtOrDefault(part), open.ElementAtOrDefault(part));
            if (ours is not null && theirs is not null && ours.Json.Span.SequenceEqual(theirs.Json.Span))
            {
                _events.Add(new HubEvent(ours.Channel, ours.Seq, part, ours.Json.Span, ((HubEvents.Audience)ours.Audience!) with { View = null }, ours.Key));
                continue;
            }
            if (ours is not null) _events.Add(ours);
            if (theirs is not null) _events.Add(theirs);
        }
    }

    public void Dispose() => _json.Dispose();

    private List<HubEvent> View(CatalogueView view, Action add)
    {
        var first = _events.Count;
        (_part, _view) = (0, view);
        add();
        _view = null;
        var added = _events[first..];
        _events.RemoveRange(first, added.Count);
        return added;
    }

    private void Write<TState>(EventDefinition definition, Address address, TState state, Action<Utf8JsonWriter, TState> writeData)
    {
        var channel = HubEvents.Channel(address.Namespace, Row.StoreId);
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteString("type"u8, definition.Name);
        _json.WriteString("channel"u8, channel);
        _json.WriteString("storeId"u8, Row.StoreId);
        _json.WriteNumber("seq"u8, Row.Seq);
        if (_part > 0) _json.WriteNumber("part"u8, _part);
        _json.WriteString("at"u8, Row.At);
        _json.WritePropertyName("data"u8);
        writeData(_json, state);
        _json.WriteEndObject();
        _json.Flush();
        // A state's row is that of the thing whose state it is, which is what the key field names.
        var key = definition.KeyField is null ? null : Row.Change.EntityId.ToString();
        var audience = _view is null ? address.Audience : address.Audience with { View = _view };
        _events.Add(new HubEvent(channel, Row.Seq, _part++, _buffer.WrittenSpan, audience, key));
    }

    /// <summary>Where an event goes and who of those there may see it.</summary>
    internal readonly record struct Address(string Namespace, HubEvents.Audience Audience)
    {
        /// <summary>Into a namespace, for those who may see it.</summary>
        public Address(string ns, Guid? ownerId = null)
            : this(ns, HubEvents.Audience.Of(ns, ownerId))
        {
        }
    }
}
