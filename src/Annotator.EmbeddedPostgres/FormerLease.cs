using Npgsql;

namespace Annotator.EmbeddedPostgres;

/// <summary>
/// How releases before <see cref="Lease"/> said that they use the server: a shared advisory lock of a connection. It is taken and looked
/// at as well, so that programs of both kinds can use one server, such as a command of a new release beside the site of an old one.
/// </summary>
internal static class FormerLease
{
    private const long Key = 0x616E6E6F7461746F; // "annotato"

    /// <param name="connection">Holds it for as long as it is open.</param>
    public static async Task TakeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock_shared($1)", connection)
        {
            Parameters = { new() { Value = Key } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Whether any session but one holds it. A closed connection is a session for a moment more.</summary>
    public static async Task<bool> IsHeldAsync(string maintenance, int butSession, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(maintenance);
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand(
                """
                SELECT EXISTS (
                    SELECT FROM pg_locks
                    WHERE locktype = 'advisory' AND granted AND pid <> $2 AND (classid::bigint << 32) | objid::bigint = $1)
                """,
                connection) { Parameters = { new() { Value = Key }, new() { Value = butSession } } };
            return await command.ExecuteScalarAsync(ct) is true;
        }
        catch (NpgsqlException)
        {
            // Gone already.
            return false;
        }
    }
}
