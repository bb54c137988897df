using Npgsql;

namespace Annotator.Domain.Data.EmbeddedPostgres;

/// <summary>
/// A shared advisory lock that each instance holds while it uses the server, so that the last one to leave can tell.
/// The server drops it with the connection, whatever becomes of the instance.
/// </summary>
internal sealed class Lease : IAsyncDisposable
{
    private const long Key = 0x616E6E6F7461746F; // "annotato"

    private readonly NpgsqlConnection _connection;

    private Lease(NpgsqlConnection connection) => _connection = connection;

    /// <param name="maintenance">Connection string of the maintenance database, so that the program's own can be dropped and restored.</param>
    public static async Task<Lease> TakeAsync(string maintenance, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(maintenance);
        try
        {
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock_shared($1)", connection) { Parameters = { new() { Value = Key } } };
            await command.ExecuteNonQueryAsync(ct);
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
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = Key } } };
        return await command.ExecuteScalarAsync(ct) is false;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
