using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Domain.Data;

/// <summary>
/// What is committed in the store, as a text: PostgreSQL's own list of the transactions that a query sees. While it is the same, every
/// query gives the same answer; whatever is written, by whomever, makes it another.
/// </summary>
public sealed class StoreState(IDbContextFactory<AnnotatorDb> databases)
{
    private readonly Lock _lock = new();
    private Task<string>? _running;
    private Task<string>? _waiting;

    /// <summary>The state at a moment after the call. Callers that come while a query runs share the next one.</summary>
    public Task<string> ReadAsync(CancellationToken ct)
    {
        lock (_lock)
            return (_waiting ??= AfterAsync(_running)).WaitAsync(ct);
    }

    private async Task<string> AfterAsync(Task? running)
    {
        var waits = running is { IsCompleted: false };
        await (running ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
            (_running, _waiting) = (_waiting, null);
        // Who has waited for a database that does not answer does not wait for it once more.
        if (waits && running is { IsFaulted: true })
            await running;
        await using var db = await databases.CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        await using var query = new NpgsqlCommand("select pg_current_snapshot()::text", (NpgsqlConnection)db.Database.GetDbConnection())
        {
            // Every visitor waits for it. It takes no time, unless the database does not answer.
            CommandTimeout = 5,
        };
        return (string)(await query.ExecuteScalarAsync())!;
    }
}
