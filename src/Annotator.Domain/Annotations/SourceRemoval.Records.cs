using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

public sealed partial class SourceRemoval
{
    /// <summary>
    /// Removes for good the texts that somebody removed with a source and had added themselves, and forgets removals of which nothing is
    /// kept. Goes into the transaction of the caller, after the annotations.
    /// </summary>
    /// <returns>Number of texts.</returns>
    internal static async Task<int> PurgeAsync(AnnotatorDb db, DateTimeOffset before, CancellationToken ct)
    {
        var removed = await db.Snapshots
            .Where(s => db.RemovedSources.Any(r => r.Id == s.RemovalId && r.Removed < before && r.RemovedById == s.AddedById))
            .ExecuteDeleteAsync(ct);
        await db.RemovedSources.Where(r => r.Removed < before
            && !db.Annotations.Any(a => a.RemovalId == r.Id)
            && !db.Snapshots.Any(s => s.RemovalId == r.Id))
            .ExecuteDeleteAsync(ct);
        return removed;
    }

    // The change records of texts that are removed or come back, one for each audience.
    private static async Task<List<Change>> ChangedAsync(IQueryable<Snapshot> texts, ChangeAction action, CancellationToken ct)
    {
        var added = await texts.Select(s => new { s.SourceId, s.GroupId, s.AddedById, s.Group!.Kind, s.Shared, s.AddedBy!.IsSilenced })
            .Distinct().ToListAsync(ct);
        return added.ConvertAll(s =>
        {
            var audience = Readership.Of(new Standing { GroupKind = s.Kind, IsShared = s.Shared, IsSilenced = s.IsSilenced }).Audience;
            var (seen, after) = action is ChangeAction.Delete ? (audience, Audience.Nobody) : (Audience.Nobody, audience);
            return Change.OfSource(ChangeKind.Snapshot, action, s.SourceId, s.GroupId, s.AddedById, seen, after);
        });
    }

    private async Task IndexAsync(AnnotatorDb db, Guid removalId, CancellationToken ct)
    {
        while (true)
        {
            var batch = await db.Annotations.AsNoTracking().Include(a => a.Group).Include(a => a.Passage)
                .Where(a => a.RemovalId == removalId && a.Deleted == null && a.SearchEntry == null)
                .OrderBy(a => a.Id)
                .Take(BatchSize)
                .ToListAsync(ct);
            if (batch.Count == 0)
                return;
            var named = batch.Select(a => a.SourceId).Distinct().ToArray();
            var sources = await db.Sources.AsNoTracking().Where(s => named.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
            batch.ForEach(a => a.Index(a.Passage, sources[a.SourceId], a.Group!, clock.GetUtcNow()));
            db.SearchEntries.AddRange(batch.Select(a => a.SearchEntry!));
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
    }
}
