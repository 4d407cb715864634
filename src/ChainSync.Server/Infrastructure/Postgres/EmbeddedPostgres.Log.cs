namespace ChainSync.Server.Infrastructure.Postgres;

public sealed partial class EmbeddedPostgres
{
    private static partial class Log
    {
        [LoggerMessage(1200, LogLevel.Information, "PostgreSQL {Version} started as user {User} in {ElapsedMilliseconds} ms (process {ProcessId}, {Folder})")]
        public static partial void Started(ILogger logger, string version, string user, long elapsedMilliseconds, int processId, string folder);

        [LoggerMessage(1201, LogLevel.Information, "PostgreSQL stopped in {ElapsedMilliseconds} ms")]
        public static partial void Stopped(ILogger logger, long elapsedMilliseconds);

        [LoggerMessage(1202, LogLevel.Warning, "A PostgreSQL left over from a server that was killed is still running (process {ProcessId}); stopping it")]
        public static partial void StoppingOrphan(ILogger logger, int processId);

        [LoggerMessage(1203, LogLevel.Warning, "PostgreSQL (process {ProcessId}) did not stop in time; stopping it at once, the next start replays its log")]
        public static partial void StoppingAtOnce(ILogger logger, int processId);

        [LoggerMessage(1204, LogLevel.Critical, "PostgreSQL ended by itself with exit code {ExitCode}; its log is {LogFile}")]
        public static partial void Died(ILogger logger, int exitCode, string logFile);

        [LoggerMessage(1205, LogLevel.Warning, "Removed the pid file of a PostgreSQL that is gone: process {ProcessId} is none of this folder's")]
        public static partial void RemovedStaleFile(ILogger logger, int processId);
    }
}
