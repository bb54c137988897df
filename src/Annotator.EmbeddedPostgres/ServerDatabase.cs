using Microsoft.Extensions.Logging;
using Npgsql;

namespace Annotator.EmbeddedPostgres;

/// <summary>The program's database in the cluster: made when missing, and its indexes kept in the order that ICU now gives.</summary>
internal sealed class ServerDatabase(ServerAddress address, string password, ILogger logger)
{
    private const int FirstWithDatabaseCollationVersion = 15;

    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(address.ConnectionString(password, ServerAddress.Maintenance, pooling: false));
        await connection.OpenAsync(ct);
        await using var exists = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", connection)
        {
            Parameters = { new() { Value = ServerAddress.Database } },
        };
        if (await exists.ExecuteScalarAsync(ct) is false)
            await ExecuteAsync(connection, $"CREATE DATABASE {ServerAddress.Database}", ct);
    }

    /// <summary>
    /// Rebuilds the indexes when the server's ICU or C library is not the one they were made with (another build of the
    /// same version, an upgraded system): they are sorted by an order that no longer holds, and would miss rows.
    /// https://www.postgresql.org/docs/current/sql-altercollation.html#SQL-ALTERCOLLATION-NOTES
    /// </summary>
    public async Task RefreshCollationsAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(address.ConnectionString(password, ServerAddress.Database, pooling: false));
        await connection.OpenAsync(ct);
        var hasDatabaseVersion = connection.PostgreSqlVersion.Major >= FirstWithDatabaseCollationVersion;
        var changed = "SELECT EXISTS (SELECT FROM pg_collation WHERE collversion <> pg_collation_actual_version(oid))"
            + (hasDatabaseVersion
                ? " OR EXISTS (SELECT FROM pg_database WHERE datname = current_database() "
                + "AND datcollversion <> pg_database_collation_actual_version(oid))"
                : "");
        await using (var question = new NpgsqlCommand(changed, connection))
        {
            if (await question.ExecuteScalarAsync(ct) is not true)
                return;
        }

        logger.LogWarning("The collations of this PostgreSQL differ from those that the indexes were made with: rebuilding the indexes");
        await ExecuteAsync(connection, $"REINDEX DATABASE {ServerAddress.Database}", ct);
        await ExecuteAsync(
            connection,
            "UPDATE pg_collation SET collversion = pg_collation_actual_version(oid) WHERE collversion <> pg_collation_actual_version(oid)",
            ct);
        if (hasDatabaseVersion)
            await ExecuteAsync(connection, $"ALTER DATABASE {ServerAddress.Database} REFRESH COLLATION VERSION", ct);
    }

    // The statements are constants of this file; a rebuild may take longer than any usual limit.
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
