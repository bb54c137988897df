using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Domain.Data;

/// <summary>
/// While many batches are stored, the search index puts new rows on a list, and takes in the rows of several batches at once while
/// the next are written: that costs a third of taking in each by itself. For interactive writing it would be wrong: one writer in
/// a thousand would wait for all the others.
/// </summary>
internal sealed class CollectingIndex(IDbContextFactory<AnnotatorDb> databases) : IAsyncDisposable
{
    /// <summary>From so many batches on, it is worth it.</summary>
    private const int ManyBatches = 5;

    private const int TakenInTogether = 8;

    // The change waits for running searches and makes new ones wait behind it, so it may not wait long. The limit, in kB, is more
    // than is ever collected, else the writer would have to take rows in.
    private const string Begin = "set local lock_timeout = '2s'; alter index ix_annotation_search_tokens set (fastupdate = on, gin_pending_list_limit = 131072)";
    private const string End = "set local lock_timeout = '2s'; alter index ix_annotation_search_tokens set (fastupdate = off); alter index ix_annotation_search_tokens reset (gin_pending_list_limit)";
    // The planner must hear of the new rows before autovacuum comes round: without it the library takes fifty times as long.
    private const string Analyze = "analyze annotation, annotation_search, passage, source, source_uri, person";
    private const string TakeIn = "set maintenance_work_mem = '512MB'; select gin_clean_pending_list('ix_annotation_search_tokens')";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private Task _takingIn = Task.CompletedTask;
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
            IsOn = await TrySwitchAsync(Begin, ct);
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
        {
            await TrySwitchAsync(End, CancellationToken.None);
            await RunAsync(TakeIn, CancellationToken.None);
        }

        await RunAsync(Analyze, CancellationToken.None);
    }

    private async Task RunAsync(string command, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        db.Database.SetCommandTimeout(Patience);
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
