using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Domain.Data;

/// <summary>
/// Bulk mode of the search index during an import of many batches: new rows go on the pending list of PostgreSQL's GIN
/// (<c>fastupdate</c>), and the rows of several batches are merged into the index at once while the next are written, at a third of
/// the cost. For interactive writing it would be wrong: one writer in a thousand would have to wait for the merge. One import at a
/// time has it.
/// </summary>
internal sealed class BulkIndexMode(IDbContextFactory<AnnotatorDb> databases) : IAsyncDisposable
{
    /// <summary>Batches after which the mode begins; for fewer, its statements and locks cost more than it saves.</summary>
    private const int ManyBatches = 5;

    /// <summary>Batches whose rows are merged into the index together.</summary>
    private const int BatchesPerMerge = 8;

    /// <summary>Attempts to switch the mode off. Each waits at most two seconds for running searches.</summary>
    private const int AttemptsToEnd = 5;

    /// <summary>Advisory lock of the session that has the mode on. A killed import loses it with its connection.</summary>
    private const long LockKey = 7_302_118_460_307;

    // ALTER INDEX waits for running searches, and new searches wait behind it: hence the short limit. The size, in kB, is more than
    // is ever pending, else writers would have to merge.
    private const string Begin =
        "set local lock_timeout = '2s'; alter index ix_annotation_search_tokens set (fastupdate = on, gin_pending_list_limit = 131072)";
    private const string End =
        "set local lock_timeout = '2s'; alter index ix_annotation_search_tokens set (fastupdate = off); "
        + "alter index ix_annotation_search_tokens reset (gin_pending_list_limit)";
    // New statistics at once, before autovacuum comes round: without them the library takes fifty times as long.
    private const string Analyze = "analyze annotation, annotation_search, passage, source, source_activity, source_uri, person";
    private const string MergePending = "set maintenance_work_mem = '512MB'; select gin_clean_pending_list('ix_annotation_search_tokens')";

    private static readonly TimeSpan StatementTimeout = TimeSpan.FromMinutes(10);

    private Task _merging = Task.CompletedTask;
    private AnnotatorDb? _lockSession;
    private int _batches;

    /// <summary>
    /// Whether the mode is on. Batches then commit with synchronous_commit = off: a crash of the machine may lose the last second
    /// of them, which the next import brings again, and the end of the import waits for the disk with all of them.
    /// </summary>
    public bool IsOn { get; private set; }

    /// <summary>
    /// Counts a committed batch; begins the mode, or merges pending rows, when it is time. Waits for the merge before, so that the
    /// pending list stays short enough to search.
    /// </summary>
    public async Task StoredAsync(CancellationToken ct)
    {
        if (++_batches == ManyBatches)
            IsOn = await TryLockAsync(ct) && await TrySwitchAsync(Begin, ct);
        if (IsOn && _batches % BatchesPerMerge == 0)
        {
            await _merging;
            _merging = RunAsync(MergePending, ct);
        }
    }

    /// <summary>Merges what is still pending and ends the mode. Without a token: a cancelled import ends here too.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_batches < ManyBatches)
            return;
        await _merging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (IsOn)
            await EndAsync(CancellationToken.None);
        await UnlockAsync();
        await RunAsync(Analyze, CancellationToken.None);
    }

    /// <summary>
    /// Ends the mode that a killed import has left on: otherwise every search would scan the pending list. The mode of a running
    /// import stays.
    /// </summary>
    /// <returns>Whether the mode was on and is off now.</returns>
    public async Task<bool> ResetAsync(CancellationToken ct)
    {
        if (!await IsOnInStoreAsync(ct) || !await TryLockAsync(ct))
            return false;
        try
        {
            return await EndAsync(ct);
        }
        finally
        {
            await UnlockAsync();
        }
    }

    private async Task<bool> IsOnInStoreAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Database.SqlQuery<bool>(
            $"""
            select coalesce('fastupdate=on' = any(reloptions), false) as "Value" from pg_class
            where oid = 'ix_annotation_search_tokens'::regclass
            """).SingleAsync(ct);
    }

    private async Task<bool> TryLockAsync(CancellationToken ct)
    {
        _lockSession = await databases.CreateDbContextAsync(ct);
        // The lock is the session's: the connection stays open as long as it is held.
        await _lockSession.Database.OpenConnectionAsync(ct);
        return await _lockSession.Database.SqlQuery<bool>($"select pg_try_advisory_lock({LockKey}) as \"Value\"").SingleAsync(ct);
    }

    private async Task UnlockAsync()
    {
        if (_lockSession is null)
            return;
        try
        {
            await _lockSession.Database.ExecuteSqlAsync($"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone, and the lock with it.
        }

        await _lockSession.DisposeAsync();
        _lockSession = null;
    }

    private async Task<bool> EndAsync(CancellationToken ct)
    {
        var hasEnded = false;
        for (var i = 0; i < AttemptsToEnd && !hasEnded; i++)
            hasEnded = await TrySwitchAsync(End, ct);
        await RunAsync(MergePending, ct);
        return hasEnded;
    }

    private async Task RunAsync(string command, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        db.Database.SetCommandTimeout(StatementTimeout);
        await db.Database.ExecuteSqlRawAsync(command, ct);
    }

    // False when the lock is not granted in time, or the database user does not own the index: the mode is about speed only.
    private async Task<bool> TrySwitchAsync(string change, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        try
        {
            await db.Database.ExecuteSqlRawAsync(change, ct);
            await transaction.CommitAsync(ct);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.InsufficientPrivilege)
        {
            return false;
        }
    }
}
