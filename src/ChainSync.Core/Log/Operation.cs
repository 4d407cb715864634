namespace ChainSync.Core.Log;

/// <summary>One press of a button, named by the device that pressed it. Sending it twice is sending it once.</summary>
/// <param name="Id">UUIDv7 made by the device; the key under which the first answer is kept.</param>
/// <param name="Type">Entity and verb, for example <c>sale.record</c>.</param>
/// <param name="StoreId">The store whose stream it writes; the nil id for chain-wide data.</param>
/// <param name="RequestHash">SHA-256 of what was asked: the same id with another hash is refused.</param>
/// <param name="DeviceId">The device, where it has an identity.</param>
/// <param name="DeviceSeq">The device's own gapless number of this operation.</param>
/// <param name="ClientAt">The device's clock when the button was pressed; shown, never used for order.</param>
public sealed record Operation(
    Guid Id,
    string Type,
    Guid StoreId,
    ReadOnlyMemory<byte> RequestHash,
    Guid? DeviceId = null,
    long? DeviceSeq = null,
    DateTimeOffset? ClientAt = null);
