using System.Net.Sockets;
using Npgsql;

namespace Annotator.Domain.Data;

/// <summary>What failures of the database mean.</summary>
internal static class DatabaseFailures
{
    public static DatabaseFailure KindOf(Exception? failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            if (e is PostgresException refused)
                return KindOf(refused.SqlState);
            // Of the pool, of connecting and of statements alike: each has waited in vain for as long as it may.
            if (e is NpgsqlException { InnerException: TimeoutException })
                return DatabaseFailure.Late;
            if (e is NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: SocketException or IOException })
                return DatabaseFailure.Outage;
        }
        return DatabaseFailure.Other;
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

    // Classes of SQLSTATE: connections, resources (room, memory), the system; an operator's stop; and a standby, which takes no
    // writes. Where others have taken all connections, those that the program has go on working.
    private static DatabaseFailure KindOf(string state) => state switch
    {
        PostgresErrorCodes.TooManyConnections => DatabaseFailure.Late,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.ReadOnlySqlTransaction => DatabaseFailure.Outage,
        _ when state[..2] is "08" or "53" or "58" => DatabaseFailure.Outage,
        _ => DatabaseFailure.Other,
    };
}

/// <summary>What a failure says about the database.</summary>
internal enum DatabaseFailure
{
    /// <summary>Nothing: it was asked, and has refused a statement.</summary>
    Other,

    /// <summary>There was no connection, or no answer, in time. The database may be busy, or may not answer at all.</summary>
    Late,

    /// <summary>It cannot be reached, or has no room left.</summary>
    Outage,
}
