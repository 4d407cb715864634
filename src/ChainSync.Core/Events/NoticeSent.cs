namespace ChainSync.Core.Events;

/// <summary>The answer to a sender: where the notice is.</summary>
/// <param name="Id">The notice's id, the same in every store.</param>
/// <param name="Stores">Its place in each store's log, by store id.</param>
public sealed record NoticeSent(Guid Id, IReadOnlyList<NoticeCopy> Stores);

/// <summary>A notice's place in one store's log.</summary>
/// <param name="StoreId">The store.</param>
/// <param name="Seq">The position of its event.</param>
public sealed record NoticeCopy(Guid StoreId, long Seq);
