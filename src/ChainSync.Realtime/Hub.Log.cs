using Microsoft.Extensions.Logging;

namespace ChainSync.Realtime;

public sealed partial class Hub
{
    [LoggerMessage(2001, LogLevel.Information, "Draining {Connections} connections.")]
    private partial void LogDraining(int connections);

    [LoggerMessage(2002, LogLevel.Error, "The filter failed for event {Seq} on {Channel}; it was withheld.")]
    private partial void LogFilterFailed(string channel, long seq, Exception exception);

    [LoggerMessage(2003, LogLevel.Error, "Connection {ConnectionId} could not catch up on {Channel}.")]
    private partial void LogCatchUpFailed(string connectionId, string channel, Exception exception);

    [LoggerMessage(2004, LogLevel.Error, "Connection {ConnectionId} failed.")]
    private partial void LogConnectionFailed(string connectionId, Exception exception);

    [LoggerMessage(2005, LogLevel.Error, "The filter failed for a fleeting event on {Channel}; it was withheld.")]
    private partial void LogFleetingFilterFailed(string channel, Exception exception);

    [LoggerMessage(2006, LogLevel.Error, "The presence of {StreamId} could not be told.")]
    private partial void LogPresenceFailed(string streamId, Exception exception);
}
