using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Annotator.EmbeddedPostgres;

/// <summary>Where the server listens: the folder of a Unix socket, or 127.0.0.1 and a port.</summary>
internal sealed record ServerAddress(string Host, int Port)
{
    /// <summary>The owner of the cluster and of everything in it.</summary>
    public const string User = "annotator";

    /// <summary>The database of the program.</summary>
    public const string Database = "annotator";

    /// <summary>The database that exists in every cluster; leases and housekeeping use it.</summary>
    public const string Maintenance = "postgres";

    // sun_path of macOS holds 104 bytes (Linux 108) with the closing zero and the name /.s.PGSQL.5432.
    private const int LongestSocketFolder = 103 - 14;

    private static readonly SearchValues<char> Meaningful = SearchValues.Create(",:;'\"\\@= \n");

    public bool IsSocket => Host.StartsWith('/');

    /// <summary>
    /// The socket: no port to collide, out of reach of the network, and half the latency of TCP. Where the path is too long
    /// for one, or has characters that mean something in a list of hosts, and on Windows: loopback and a free port, the last one if
    /// it can be had: programs that use the server go on with the address they know.
    /// </summary>
    public static ServerAddress ChooseFor(ClusterFolder cluster)
    {
        var fits = !OperatingSystem.IsWindows()
            && Encoding.UTF8.GetByteCount(cluster.Run) <= LongestSocketFolder
            && !cluster.Run.AsSpan().ContainsAny(Meaningful);
        return fits ? new(cluster.Run, 5432) : new("127.0.0.1", LastPort(cluster) is { } last && IsFree(last) ? last : FreePort());
    }

    public string ConnectionString(string password, string database, bool pooling = true) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Username = User,
            Password = password,
            Database = database,
            Pooling = pooling,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;

    private static int? LastPort(ClusterFolder cluster) =>
        File.Exists(cluster.SettingsFile)
        && File.ReadLines(cluster.SettingsFile).FirstOrDefault(line => line.StartsWith("port = ", StringComparison.Ordinal)) is { } line
        && int.TryParse(line["port = ".Length..].Trim('\''), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : null;

    private static bool IsFree(int port)
    {
        try
        {
            return Listen(port) == port;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort() => Listen(0);

    private static int Listen(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
