using ChainSync.Core.Log;
using ChainSync.Realtime;
using ChainSync.Server.Infrastructure.Http;

namespace ChainSync.Server.Live;

/// <summary>Log rows as the hub's events, each frame written once.</summary>
public static class HubEvents
{
    /// <summary>The channel of a store's namespace: <c>orders:&lt;id&gt;</c>.</summary>
    public static string Channel(string ns, Guid storeId) => $"{ns}:{storeId}";

    /// <summary>The events of a stretch of rows, in order.</summary>
    public static List<HubEvent> Of(IEnumerable<LogRow> rows)
    {
        using var frames = new EventFrames();
        foreach (var row in rows) EventTable.Write(row, frames);
        return frames.Events;
    }

    /// <summary>
    /// Who may see an event: those whose role sees the namespace, of a catalogue those who have the view, and of customers otherwise only
    /// the owner; or one person alone.
    /// </summary>
    /// <param name="Namespace">The namespace whose rights count, or <see cref="Core.Events.Notice.WholeStore"/>: all who work in the store.</param>
    /// <param name="OwnerId">The customer whose own it is, where it is somebody's.</param>
    /// <param name="UserId">The one person it is for, whatever their role; or null.</param>
    /// <param name="View">Of the two ways to see a catalogue the one it is written for; null for both.</param>
    public sealed record Audience(string Namespace, Guid? OwnerId, Guid? UserId = null, CatalogueView? View = null)
    {
        private static readonly Dictionary<string, Audience> Nobodys =
            Core.Identity.Permissions.Namespaces.ToDictionary(ns => ns, ns => new Audience(ns, OwnerId: null), StringComparer.Ordinal);

        /// <summary>The audience of a namespace; most events are nobody's own and share one.</summary>
        public static Audience Of(string ns, Guid? ownerId) => ownerId is null && Nobodys.TryGetValue(ns, out var shared) ? shared : new(ns, ownerId);
    }
}
