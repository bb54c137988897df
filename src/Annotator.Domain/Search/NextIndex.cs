using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Analysis;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Search;

/// <summary>
/// The new index of annotations, built in a table of its own beside the present one. Each row keeps the time stamp
/// (<c>indexed</c>) of the row it replaces, so that rows changed meanwhile are found at the end.
/// </summary>
internal sealed class NextIndex : IAsyncDisposable
{
    private const string Table = "annotation_search_next";
    private const long Turn = 0x4E65_7874;

    private readonly AnnotatorDb _db;
    private Guid _last;

    private NextIndex(AnnotatorDb db) => _db = db;

    /// <summary>Continues the table of an earlier run if the same analysis version made it; else begins an empty one.</summary>
    /// <returns>Null when another process is rebuilding.</returns>
    public static async Task<NextIndex?> BeginAsync(AnnotatorDb db, CancellationToken ct)
    {
        if (!await db.Database.SqlQuery<bool>($"""select pg_try_advisory_lock({Turn}) as "Value" """).SingleAsync(ct))
            return null;
        await db.Database.ExecuteSqlRawAsync(
            """
            create table if not exists annotation_search_next (like annotation_search);
            create index if not exists ix_annotation_search_next_id on annotation_search_next (annotation_id)
            """, ct);
        if (await db.Database
            .SqlQuery<bool>(
                $"""select exists (select from annotation_search_next where version <> {(short)Analyzer.Version}) as "Value" """)
            .SingleAsync(ct))
        {
            await db.Database.ExecuteSqlRawAsync("truncate annotation_search_next", ct);
        }
        var last = await db.Database
            .SqlQuery<Guid>($"""select annotation_id as "Value" from annotation_search_next order by annotation_id desc limit 1""")
            .ToListAsync(ct);
        return new NextIndex(db) { _last = last.FirstOrDefault() };
    }

    /// <summary>Rows that the new table has so far.</summary>
    public async Task<int> CountAsync(CancellationToken ct) =>
        await _db.Database.SqlQuery<int>($"""select count(*)::int as "Value" from annotation_search_next""").SingleAsync(ct);

    /// <summary>The next rows of the present index in the order of ids, each with its time stamp.</summary>
    public async Task<Dictionary<Guid, DateTimeOffset>> MissingAsync(int count, CancellationToken ct)
    {
        var rows = await _db.SearchEntries.Where(e => e.AnnotationId > _last).OrderBy(e => e.AnnotationId).Take(count)
            .Select(e => new { e.AnnotationId, e.Indexed }).ToListAsync(ct);
        _last = rows.Count > 0 ? rows[^1].AnnotationId : _last;
        return rows.ToDictionary(e => e.AnnotationId, e => e.Indexed);
    }

    /// <summary>Writes entries with the stamps of those they replace, which were read before their texts.</summary>
    public Task AddAsync(List<SearchEntry> entries, Dictionary<Guid, DateTimeOffset> stamps, CancellationToken ct)
    {
        entries.ForEach(e => e.Replaces(stamps[e.AnnotationId]));
        return TableCopy.Of(_db, entries, e => e, Table).WriteAsync(_db, ct);
    }

    /// <summary>Creates the GIN index of the new table, copies what has changed meanwhile, and swaps the tables.</summary>
    public async Task FinishAsync(Func<Guid[], Task<List<SearchEntry>>> analyse, CancellationToken ct)
    {
        await _db.Database.ExecuteSqlRawAsync(
            """
            set maintenance_work_mem = '256MB';
            alter table annotation_search_next alter created set statistics 500, alter tokens set statistics 500;
            create index if not exists ix_annotation_search_next_tokens
                on annotation_search_next using gin (tokens) with (fastupdate = off);
            reset maintenance_work_mem;
            analyze annotation_search_next
            """, ct);
        // A first pass without the lock, so that the pass under the lock is short.
        await CatchUpAsync(analyse, ct);
        await using var transaction = await _db.Database.BeginTransactionAsync(ct);
        await _db.Database.ExecuteSqlRawAsync("lock table annotation_search in share row exclusive mode", ct);
        await CatchUpAsync(analyse, ct);
        await _db.Database.ExecuteSqlRawAsync(
            """
            drop table annotation_search;
            alter table annotation_search_next rename to annotation_search;
            drop index ix_annotation_search_next_id;
            alter index ix_annotation_search_next_tokens rename to ix_annotation_search_tokens;
            alter table annotation_search
                add constraint pk_annotation_search primary key (annotation_id),
                add constraint fk_annotation_search_annotation_annotation_id
                    foreign key (annotation_id) references annotation (id) on delete cascade
            """, ct);
        await transaction.CommitAsync(ct);
    }

    public async ValueTask DisposeAsync() =>
        await _db.Database.ExecuteSqlAsync($"select pg_advisory_unlock({Turn})", CancellationToken.None);

    private async Task CatchUpAsync(Func<Guid[], Task<List<SearchEntry>>> analyse, CancellationToken ct)
    {
        await _db.Database.ExecuteSqlRawAsync(
            """
            delete from annotation_search_next n where not exists (
                select from annotation_search e where e.annotation_id = n.annotation_id and e.indexed = n.indexed)
            """, ct);
        var changed = await _db.SearchEntries.FromSql(
            $"""
            select e.* from annotation_search e
            where not exists (select from annotation_search_next n where n.annotation_id = e.annotation_id)
            """).Select(e => new { e.AnnotationId, e.Indexed }).ToListAsync(ct);
        foreach (var some in changed.Chunk(1_000))
        {
            await AddAsync(
                await analyse([.. some.Select(e => e.AnnotationId)]), some.ToDictionary(e => e.AnnotationId, e => e.Indexed), ct);
        }
    }
}
