using System.Net.Sockets;
using Npgsql;

namespace Annotator.Domain.Data;

/// <summary>What failures of the database mean.</summary>
internal static class DatabaseFailures
{
    /// <summary>
    /// Whether the database cannot be reached, has no room or no connection left, or did not answer in time, rather than refusing a
    /// statement.
    /// </summary>
    public static bool AreOutages(Exception? failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            if (e is PostgresException refused)
                return IsOutage(refused.SqlState);
            if (e is NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: SocketException or IOException })
                return true;
        }
        return false;
    }

    /// <summary>One line, with what lies under it: "Failed to connect to /run: Connection refused."</summary>
    public static string ReasonOf(Exception failure)
    {
        var known = failure;
        while (known is not NpgsqlException && known.InnerException is { } inner)
            known = inner;
        var said = new[] { known.Message, known.InnerException?.Message }.OfType<string>();
        return string.Join(": ", said.Select(m => m.ReplaceLineEndings(" ").Trim().TrimEnd('.'))) + ".";
    }

    // Classes of SQLSTATE: connections, resources (room, memory, connections), the system; an operator's stop; and a standby, which
    // takes no writes.
    private static bool IsOutage(string state) =>
        state[..2] is "08" or "53" or "58"
        || state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.ReadOnlySqlTransaction;
}
