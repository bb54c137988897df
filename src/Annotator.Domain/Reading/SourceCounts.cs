using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Reading;

/// <summary>How much is said about sources: kept for what everybody reads (<see cref="SourceActivity"/>), else counted.</summary>
public sealed class SourceCounts(IDbContextFactory<AnnotatorDb> databases)
{
    /// <summary>Advisory lock: the triggers take it shared where the rights of many annotations change at once.</summary>
    public const long CountingLock = 7_302_118_460_319;

    /// <summary>Sources counted in one transaction. Whoever writes about one of them waits for it.</summary>
    private const int BatchSize = 8;

    /// <summary>
    /// Comments from which on kept counts are shown for the seconds until they are renewed: one more or less is not seen, and counting
    /// takes long.
    /// </summary>
    internal const int Many = 200;

    /// <summary>Counts anew what is not current. Sources that somebody is writing about are left for the next time.</summary>
    /// <returns>Number of sources counted.</returns>
    public async Task<int> RenewAsync(CancellationToken ct)
    {
        for (var renewed = 0; ;)
        {
            ct.ThrowIfCancellationRequested();
            var batch = await RenewBatchAsync();
            if (batch == 0)
                return renewed;
            renewed += batch;
        }
    }

    /// <summary>What the viewer reads of some sources. Those of which they read no annotation are left out.</summary>
    internal static async Task<Dictionary<Guid, SourceCount>> ForAsync(AnnotatorDb db, Viewer viewer, Guid[] ids, CancellationToken ct)
    {
        // The operator also reads all private groups, and is one.
        var counts = viewer.IsOperator ? [] : await KeptAsync(db, viewer, ids, ct);
        var others = ids.Where(id => !counts.ContainsKey(id)).ToArray();
        if (others.Length > 0)
        {
            foreach (var count in await CountedAsync(db.Annotations.VisibleTo(viewer), others, ct))
                counts.Add(count.SourceId, count);
        }

        return counts.Where(c => c.Value.People > 0).ToDictionary();
    }

    /// <summary>
    /// The kept counts that are current, or large, and right for the viewer: where they read more than everybody does, these are not.
    /// </summary>
    private static async Task<Dictionary<Guid, SourceCount>> KeptAsync(AnnotatorDb db, Viewer viewer, Guid[] ids, CancellationToken ct)
    {
        var kept = await db.SourceActivity.Where(c => ids.Contains(c.SourceId) && (c.IsCurrent || c.Comments >= Many))
            .Select(c => new SourceCount(c.SourceId, c.Passages, c.Comments, c.People, c.Newest))
            .ToDictionaryAsync(c => c.SourceId, ct);
        if (viewer.PersonId is not { } person || kept.Count == 0)
            return kept;
        // Only authors, members, moderators and administrators read more. As a query each, which has an index.
        var more = db.Annotations.VisibleTo(viewer).HiddenFromVisitors().Where(a => ids.Contains(a.SourceId));
        var groups = viewer.Reads.Concat(viewer.Moderates).Distinct(StringComparer.Ordinal).ToArray();
        var beyond = more.Where(a => a.AuthorId == person).Select(a => a.SourceId);
        if (groups.Length > 0)
            beyond = beyond.Concat(more.Where(a => groups.Contains(a.GroupId)).Select(a => a.SourceId));
        if (viewer.IsAdministrator)
        {
            beyond = beyond.Concat(more.Where(a => a.Moderation != ModerationState.Approved).Select(a => a.SourceId))
                .Concat(more.Where(a => a.Author!.IsSilenced).Select(a => a.SourceId));
        }

        foreach (var source in await beyond.Distinct().ToListAsync(ct))
            kept.Remove(source);
        return kept;
    }

    private static Task<List<SourceCount>> CountedAsync(IQueryable<Annotation> visible, Guid[] ids, CancellationToken ct) =>
        visible.Where(a => ids.Contains(a.SourceId))
            .GroupBy(a => a.SourceId)
            .Select(g => new SourceCount(
                g.Key,
                g.Select(a => a.PassageId).Distinct().Count(p => p != null),
                g.Count(a => a.Body != ""),
                g.Select(a => a.AuthorId).Distinct().Count(),
                g.Max(a => a.Created)))
            .ToListAsync(ct);

    // A batch takes milliseconds and ends once begun: a commit that is cancelled is logged as an error.
    private async Task<int> RenewBatchAsync()
    {
        var ct = CancellationToken.None;
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock({CountingLock}) as \"Value\"").SingleAsync(ct))
            return 0;
        // Writers hold a lock on the source until they commit (the triggers take it): what is counted in the statements after this one
        // has no writer in between. The lateral query looks up the sources one by one; after an import, when PostgreSQL expects many, it
        // would walk through all sources of the store for each batch.
        var ids = await db.Database.SqlQuery<Guid>(
            $"""
            select s.id as "Value" from source_activity c
            cross join lateral (select id from source where id = c.source_id for update skip locked) s
            where not c.is_current limit {BatchSize}
            """).ToArrayAsync(ct);
        if (ids.Length == 0)
            return 0;
        var counts = (await CountedAsync(db.Annotations.VisibleTo(Viewer.Visitor), ids, ct)).ToDictionary(c => c.SourceId);
        foreach (var activity in await db.SourceActivity.Where(c => ids.Contains(c.SourceId)).ToListAsync(ct))
            activity.Renew(counts.GetValueOrDefault(activity.SourceId) ?? new SourceCount(activity.SourceId, 0, 0, 0, null));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return ids.Length;
    }
}
