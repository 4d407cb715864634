namespace ChainSync.Server.Infrastructure.Postgres;

internal sealed partial class PostgresCluster
{
    private static partial class Log
    {
        [LoggerMessage(1210, LogLevel.Warning, "The database is kept in {Folder}, because PostgreSQL runs as user {User}, who cannot enter {DataFolder}")]
        public static partial void Moved(ILogger logger, string folder, string user, string dataFolder);
    }
}
