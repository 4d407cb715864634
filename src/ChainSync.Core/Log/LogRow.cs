namespace ChainSync.Core.Log;

/// <summary>A committed row of a store's change log.</summary>
/// <param name="StoreId">The stream.</param>
/// <param name="Seq">Its number in the stream, from 1, without gaps, in the order of commit.</param>
/// <param name="OperationId">The operation that made it.</param>
/// <param name="Change">What changed.</param>
/// <param name="ActorId">Who did it, where it was a person.</param>
/// <param name="At">When the server committed it, UTC.</param>
/// <param name="State">
/// JSON: what of the entity after an update its readers need although the update did not touch it; null where nothing was looked up.
/// It says what was so at this row, whenever it is read.
/// </param>
public sealed record LogRow(Guid StoreId, long Seq, Guid OperationId, Change Change, Guid? ActorId, DateTimeOffset At, string? State = null);

/// <summary>A place in a store's log. Positions of different epochs do not compare: the log was restored in between.</summary>
/// <param name="Seq">The last row included; 0 before the first.</param>
/// <param name="Epoch">The life of the log, new after every restore.</param>
public readonly record struct LogPosition(long Seq, Guid Epoch);
