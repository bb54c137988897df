using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>
/// Takes a source out of every view, with its texts and all that is shared on it, and brings it back as it was. What others keep to
/// themselves, or in private groups that the viewer does not read, stays with them.
/// </summary>
public sealed partial class SourceRemoval(IDbContextFactory<AnnotatorDb> databases, TimeProvider clock)
{
    private const int BatchSize = 1_000;

    /// <summary>Removes a source. Who has done so can bring it back for <see cref="Annotation.Restorable"/>.</summary>
    /// <exception cref="Forbidden">Neither has the viewer added the source, nor are they an administrator.</exception>
    /// <exception cref="Missing">There is no such source, or the viewer sees nothing of it.</exception>
    public async Task RemoveAsync(Viewer viewer, Guid sourceId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // What is being written there is stored first, and goes along.
        await db.Database.ExecuteSqlAsync($"select from source where id = {sourceId} for update", ct);
        viewer.Require(Permissions.RemoveSource, await SourceStanding.OfAsync(db, viewer, sourceId, ct));
        var removal = RemovedSource.Of(sourceId, viewer.PersonId, clock.GetUtcNow());
        db.RemovedSources.Add(removal);
        await db.SaveChangesAsync(ct);
        var (said, texts) = Taken(db, viewer, sourceId);
        await ChangeLog.AddAsync(db, await ChangeRecorder.RemovedAsync(said, ct), ct);
        await ChangeLog.AddAsync(db, await ChangedAsync(texts, ChangeAction.Delete, ct), ct);
        await texts.ExecuteUpdateAsync(set => set.SetProperty(s => s.RemovalId, removal.Id), ct);
        // Also annotations that their authors had deleted before: an undo of one alone would show a source without its texts.
        await said.ExecuteUpdateAsync(
            set => set.SetProperty(a => a.RemovalId, removal.Id).SetProperty(a => a.Deleted, a => a.Deleted ?? removal.Removed), ct);
        await db.SearchEntries.Where(e => db.Annotations.Any(a => a.Id == e.AnnotationId && a.RemovalId == removal.Id))
            .ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Brings back all that was removed with a source. What is back already stays.</summary>
    /// <exception cref="Missing">Nothing that the viewer may bring back was removed there, or it is too late.</exception>
    public async Task RestoreAsync(Viewer viewer, Guid sourceId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Twice at once: the second finds it restored.
        await db.Database.ExecuteSqlAsync($"select from source where id = {sourceId} for update", ct);
        var removal = await Restorable(db, viewer).Where(r => r.SourceId == sourceId)
            .OrderByDescending(r => r.Removed)
            .FirstOrDefaultAsync(ct);
        if (removal is null)
        {
            if (await db.SourcesVisibleTo(viewer).AnyAsync(s => s.Id == sourceId, ct))
                return;
            throw new Missing("source");
        }
        var said = db.Annotations.Where(a => a.RemovalId == removal.Id);
        await said.Where(a => a.Deleted == removal.Removed)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Deleted, (DateTimeOffset?)null), ct);
        await IndexAsync(db, removal.Id, ct);
        await ChangeLog.AddAsync(db, await ChangeRecorder.RestoredAsync(said, ct), ct);
        var texts = db.Snapshots.Where(s => s.RemovalId == removal.Id);
        await ChangeLog.AddAsync(db, await ChangedAsync(texts, ChangeAction.Create, ct), ct);
        // The foreign keys set removal_id of its annotations and texts to null.
        await db.RemovedSources.Where(r => r.Id == removal.Id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
    }

    // Without what an earlier removal has taken: that one brings it back.
    private static (IQueryable<Annotation> Said, IQueryable<Snapshot> Texts) Taken(AnnotatorDb db, Viewer viewer, Guid sourceId)
    {
        var (person, reads, isOperator) = (viewer.PersonId, viewer.Reads.ToArray(), viewer.IsOperator);
        return (
            db.Annotations.Where(a => a.SourceId == sourceId && a.RemovalId == null
                && (a.AuthorId == person
                    || (a.Shared && (isOperator || a.Group!.Kind != GroupKind.Private || reads.Contains(a.GroupId))))),
            db.Snapshots.Where(s => s.SourceId == sourceId && s.RemovalId == null
                && (s.AddedById == person
                    || (s.Shared && (isOperator || s.Group!.Kind != GroupKind.Private || reads.Contains(s.GroupId))))));
    }
}
