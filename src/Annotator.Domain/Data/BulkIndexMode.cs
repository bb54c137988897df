using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Domain.Data;

/// <summary>
/// While many batches are stored, the search index puts new rows on a list (<c>fastupdate</c> of PostgreSQL's GIN), and takes in the
/// rows of several batches at once while the next are written: that costs a third of taking in each by itself. For interactive
/// writing it would be wrong: one writer in a thousand would wait for all the others. One import at a time has the index collect.
/// </summary>
internal sealed class BulkIndexMode(IDbContextFactory<AnnotatorDb> databases) : IAsyncDisposable
{
    /// <summary>Batches after which it begins; two statements and a lock are too much for fewer.</summary>
    private const int ManyBatches = 5;

    /// <summary>Batches whose rows are taken in together.</summary>
    private const int TakenInTogether = 8;

    /// <summary>Tries to end it. Each waits two seconds for the searches that run.</summary>
    private const int TriesToEnd = 5;

    /// <summary>Advisory lock of the session whose import has the index collect. A killed import loses it with its connection.</summary>
    private const long Turn = 7_302_118_460_307;

    // The change waits for running searches and makes new ones wait behind it, so it may not wait long. The limit, in kB, is more
    // than is ever collected, else the writer would have to take rows in.
    private const string Begin = "set local lock_timeout = '2s'; alter index ix_annotation_search_tokens set (fastupdate = on, gin_pending_list_limit = 131072)";
    private const string End = "set local lock_timeout = '2s'; alter index ix_annotation_search_tokens set (fastupdate = off); alter index ix_annotation_search_tokens reset (gin_pending_list_limit)";
    // The planner must hear of the new rows before autovacuum comes round: without it the library takes fifty times as long.
    private const string Analyze = "analyze annotation, annotation_search, passage, source, source_uri, person";
    private const string TakeIn = "set maintenance_work_mem = '512MB'; select gin_clean_pending_list('ix_annotation_search_tokens')";

    private static readonly TimeSpan StatementTimeout = TimeSpan.FromMinutes(10);

    private Task _takingIn = Task.CompletedTask;
    private AnnotatorDb? _turn;
    private int _batches;

    /// <summary>
    /// Whether it has begun. Batches then need not wait for the disk: a crash of the machine may lose the last second of them, which
    /// the next import brings again, and what ends the import waits for the disk with all of them.
    /// </summary>
    public bool IsOn { get; private set; }

    /// <summary>Notes that a batch is committed. The list stays short enough to search: the writer waits where the index does not keep up.</summary>
    public async Task StoredAsync(CancellationToken ct)
    {
        if (++_batches == ManyBatches)
            IsOn = await TryTakeTurnAsync(ct) && await TrySwitchAsync(Begin, ct);
        if (IsOn && _batches % TakenInTogether == 0)
        {
            await _takingIn;
            _takingIn = RunAsync(TakeIn, ct);
        }
    }

    /// <summary>Takes in what is still on the list. Without a token: a cancelled import ends here too.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_batches < ManyBatches)
            return;
        await _takingIn.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (IsOn)
            await EndAsync(CancellationToken.None);
        await LeaveTurnAsync();
        await RunAsync(Analyze, CancellationToken.None);
    }

    /// <summary>Ends what a killed import has left: otherwise every search would read the list. A running import keeps its index.</summary>
    /// <returns>Whether there was something to end.</returns>
    public async Task<bool> ResetAsync(CancellationToken ct)
    {
        if (!await IsCollectingAsync(ct) || !await TryTakeTurnAsync(ct))
            return false;
        try
        {
            return await EndAsync(ct);
        }
        finally
        {
            await LeaveTurnAsync();
        }
    }

    private async Task<bool> IsCollectingAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Database.SqlQuery<bool>(
            $"select coalesce('fastupdate=on' = any(reloptions), false) as \"Value\" from pg_class where oid = 'ix_annotation_search_tokens'::regclass").SingleAsync(ct);
    }

    private async Task<bool> TryTakeTurnAsync(CancellationToken ct)
    {
        _turn = await databases.CreateDbContextAsync(ct);
        // The lock is the session's: the connection stays open as long as it is held.
        await _turn.Database.OpenConnectionAsync(ct);
        return await _turn.Database.SqlQuery<bool>($"select pg_try_advisory_lock({Turn}) as \"Value\"").SingleAsync(ct);
    }

    private async Task LeaveTurnAsync()
    {
        if (_turn is null)
            return;
        try
        {
            await _turn.Database.ExecuteSqlAsync($"select pg_advisory_unlock({Turn})", CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone, and the lock with it.
        }

        await _turn.DisposeAsync();
        _turn = null;
    }

    private async Task<bool> EndAsync(CancellationToken ct)
    {
        var hasEnded = false;
        for (var i = 0; i < TriesToEnd && !hasEnded; i++)
            hasEnded = await TrySwitchAsync(End, ct);
        await RunAsync(TakeIn, ct);
        return hasEnded;
    }

    private async Task RunAsync(string command, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        db.Database.SetCommandTimeout(StatementTimeout);
        await db.Database.ExecuteSqlRawAsync(command, ct);
    }

    // Only the owner of the table may do it; it is only about speed.
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
