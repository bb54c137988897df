using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Domain.Data;

/// <summary>
/// While this exists, the search index puts new rows on a list and takes them in by the thousand, which costs a third of taking
/// in each by itself. For interactive writing that would be wrong: one writer in a thousand would wait for all the others.
/// </summary>
internal sealed class CollectingIndex : IAsyncDisposable
{
    // The change waits for running searches and makes new ones wait behind it, so it may not wait long.
    private const string Begin = "set local lock_timeout = '2s'; alter index ix_annotation_search_tokens set (fastupdate = on)";
    private const string End = "set local lock_timeout = '2s'; alter index ix_annotation_search_tokens set (fastupdate = off)";
    // The planner must hear of the new rows before autovacuum comes round: without it the library takes fifty times as long.
    private const string Analyze = "analyze annotation, annotation_search, passage, source, source_uri, person";
    private const string TakeIn = "select gin_clean_pending_list('ix_annotation_search_tokens')";

    private readonly IDbContextFactory<AnnotatorDb> _databases;
    private readonly bool _isOn;

    private CollectingIndex(IDbContextFactory<AnnotatorDb> databases, bool isOn) => (_databases, _isOn) = (databases, isOn);

    /// <summary>Begins, when the store allows it; it is only about speed.</summary>
    public static async Task<CollectingIndex> StartAsync(IDbContextFactory<AnnotatorDb> databases, CancellationToken ct) =>
        new(databases, await TrySwitchAsync(databases, Begin, ct));

    /// <summary>Takes in what is still on the list. Without a token: a cancelled import ends here too.</summary>
    public async ValueTask DisposeAsync()
    {
        await using var db = await _databases.CreateDbContextAsync(CancellationToken.None);
        if (_isOn)
        {
            await TrySwitchAsync(_databases, End, CancellationToken.None);
            await db.Database.ExecuteSqlRawAsync(TakeIn, CancellationToken.None);
        }

        await db.Database.ExecuteSqlRawAsync(Analyze, CancellationToken.None);
    }

    // Only the owner of the table may do it.
    private static async Task<bool> TrySwitchAsync(IDbContextFactory<AnnotatorDb> databases, string change, CancellationToken ct)
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
