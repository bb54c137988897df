using Npgsql;

namespace Annotator.EmbeddedPostgres;

/// <summary>
/// A shared advisory lock (<c>pg_advisory_lock_shared</c>) that each instance holds while it uses the server; the instance that
/// finds no other holder stops the server. PostgreSQL releases it with the connection, however the instance ends.
/// </summary>
internal sealed class Lease : IAsyncDisposable
{
    private const long Key = 0x616E6E6F7461746F; // "annotato"

    private readonly NpgsqlConnection _connection;

    private Lease(NpgsqlConnection connection) => _connection = connection;

    /// <param name="maintenance">
    /// Connection string of the maintenance database, so that the program's own can be dropped and restored.
    /// </param>
    public static async Task<Lease> TakeAsync(string maintenance, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(maintenance);
        try
        {
            await connection.OpenAsync(ct);
            await AskAsync(connection, "SELECT pg_advisory_lock_shared($1)", ct);
            return new Lease(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public static async Task<bool> IsHeldAsync(string maintenance, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(maintenance);
        await connection.OpenAsync(ct);
        return await AskAsync(connection, "SELECT pg_try_advisory_lock($1)", ct) is false;
    }

    /// <summary>Gives the lease back at once. Closing the connection is not enough: the server notices that a moment later.</summary>
    public async Task ReturnAsync(CancellationToken ct)
    {
        try
        {
            await AskAsync(_connection, "SELECT pg_advisory_unlock_shared($1)", ct);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection is broken, and the lease with it: the server was killed or restarted.
        }
        finally
        {
            await DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task<object?> AskAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = Key } } };
        return await command.ExecuteScalarAsync(ct);
    }
}
