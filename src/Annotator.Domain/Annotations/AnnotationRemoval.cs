using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Domain.Annotations;

/// <summary>Deletes annotations, brings them back, and removes them for good.</summary>
public sealed class AnnotationRemoval(
    IDbContextFactory<AnnotatorDb> databases, AnnotationReader reader, SourceAddresses addresses, TimeProvider clock)
{
    /// <summary>Takes an annotation out of every view. It can be restored for <see cref="Annotation.Restorable"/>.</summary>
    /// <exception cref="Forbidden">It is not the viewer's.</exception>
    /// <exception cref="Missing">No such annotation, or the viewer may not see it.</exception>
    public async Task DeleteAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        for (var isDone = false; !isDone;)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var annotation = await AnnotationWriter.OwnAsync(db, viewer, id, Permissions.Delete, ct);
            annotation.Delete(clock.GetUtcNow());
            annotation.Unindex();
            isDone = await SaveUnlessChangedAsync(db, ct);
        }
    }

    /// <summary>
    /// Brings back what the viewer deleted, or what a moderator removed where the viewer moderates. What is back already stays.
    /// </summary>
    /// <exception cref="Missing">Nothing that the viewer may bring back stands or was deleted under this id, or it is purged.</exception>
    public async Task<AnnotationView> RestoreAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        var person = viewer.RequirePerson();
        await using var db = await databases.CreateDbContextAsync(ct);
        var annotation = await Restorable(db, viewer, person).Include(a => a.Group).FirstOrDefaultAsync(a => a.Id == id, ct)
            ?? throw new Missing("annotation");
        if (annotation.Deleted is null)
            return await reader.FindAsync(viewer, id, ct);
        annotation.Restore();
        if (annotation.Moderation is ModerationState.Removed)
            annotation.Moderate(ModerationState.Hidden, annotation.ModerationReason);
        var passage = await db.Passages.FirstOrDefaultAsync(p => p.Id == annotation.PassageId, ct);
        var source = await db.Sources.FirstAsync(s => s.Id == annotation.SourceId, ct);
        annotation.Index(passage, source, annotation.Group!, clock.GetUtcNow());
        // Twice at once: the other one has restored it.
        await SaveOnceAsync(db, ct);
        // What it claims counts again.
        await clock.AgainstOthersAsync(() => addresses.SettleAsync([id], ct), ct);
        return await reader.FindAsync(viewer, id, ct);
    }

    /// <summary>Whether the viewer is to be offered to undo what was done to an annotation just now.</summary>
    /// <param name="isDeleted">True where it was deleted; false where it was made.</param>
    public async Task<bool> MayUndoAsync(Viewer viewer, Guid id, bool isDeleted, CancellationToken ct)
    {
        if (viewer.PersonId is not { } person)
            return false;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Restorable(db, viewer, person)
            .AnyAsync(a => a.Id == id && (isDeleted ? a.Deleted != null : a.Deleted == null && a.AuthorId == person), ct);
    }

    private IQueryable<Annotation> Restorable(AnnotatorDb db, Viewer viewer, Guid person)
    {
        var since = clock.GetUtcNow() - Annotation.Restorable;
        return db.Annotations.VisibleOrDeletedTo(viewer)
            .Where(a => (a.AuthorId == person || a.Moderation == ModerationState.Removed) && (a.Deleted == null || a.Deleted >= since))
            // It comes back with its source.
            .Where(a => a.RemovalId == null);
    }

    /// <summary>
    /// Removes for good what was deleted more than <see cref="Annotation.Restorable"/> ago, then passages and sources without
    /// annotations or texts. A root that has replies is kept but blanked, so that its thread keeps its place. Of what was removed with a
    /// source, only what is of the person who removed it: what others wrote can be brought back.
    /// </summary>
    /// <returns>How many annotations were removed or blanked.</returns>
    public async Task<int> PurgeAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var before = clock.GetUtcNow() - Annotation.Restorable;
        var due = db.Annotations.Where(a => a.Deleted < before
            && (a.RemovalId == null
                || db.RemovedSources.Any(r => r.Id == a.RemovalId && (r.RemovedById == a.AuthorId || a.Deleted < r.Removed))));
        var answered = due.Where(a => db.Annotations.Any(r => r.RootId == a.Id)
            && (a.Body != ""
                || a.Tags.Length > 0
                || a.Selectors != null
                || a.Extra != null
                || a.FurtherTargets.Count > 0
                || a.Revisions.Count > 0
                || a.CitedTitle != null || a.CitedAuthor != null || db.UriClaims.Any(c => c.AnnotationId == a.Id)));
        await ChangeLog.AddAsync(db, await ChangeRecorder.PurgedAsync(answered, ct), ct);
        await db.Set<Revision>().Where(r => due.Any(a => a.Id == r.AnnotationId)).ExecuteDeleteAsync(ct);
        await db.SearchEntries.Where(e => due.Any(a => a.Id == e.AnnotationId)).ExecuteDeleteAsync(ct);
        await db.Set<FurtherTarget>().Where(t => due.Any(a => a.Id == t.AnnotationId)).ExecuteDeleteAsync(ct);
        var emptied = await answered.ExecuteUpdateAsync(
            a => a.SetProperty(x => x.Body, "").SetProperty(x => x.Tags, Array.Empty<string>())
                .SetProperty(x => x.Selectors, (string?)null).SetProperty(x => x.Extra, (string?)null)
                .SetProperty(x => x.CitedTitle, (string?)null).SetProperty(x => x.CitedAuthor, (string?)null)
                .SetProperty(x => x.RemovalId, (Guid?)null),
            ct);
        await db.UriClaims.Where(c => due.Any(a => a.Id == c.AnnotationId)).ExecuteDeleteAsync(ct);
        await ForgetContextsAsync(db, before, ct);
        var gone = due.Where(a => !db.Annotations.Any(r => r.RootId == a.Id));
        await ChangeLog.AddAsync(db, await ChangeRecorder.PurgedAsync(gone, ct), ct);
        var removed = await gone.ExecuteDeleteAsync(ct);
        var texts = await SourceRemoval.PurgeAsync(db, before, ct);
        if (removed + texts > 0)
            await RemoveBareAsync(db, ct);
        await transaction.CommitAsync(ct);
        return removed + emptied;
    }

    // What stood around the words that somebody quoted privately goes with what they wrote.
    private static Task<int> ForgetContextsAsync(AnnotatorDb db, DateTimeOffset before, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update passage p set prefix = '', suffix = '', position_start = null, position_end = null, context_of_id = null
            from annotation a left join removed_source r on r.id = a.removal_id
            where a.id = p.context_of_id and a.deleted < {before}
                and (r.id is null or r.removed_by_id = a.author_id or a.deleted < r.removed)
            """, ct);

    /// <summary>Removes passages and sources without any annotation. Goes into the transaction of the caller.</summary>
    internal static async Task RemoveBareAsync(AnnotatorDb db, CancellationToken ct)
    {
        // An annotation locks what it is about until it is committed. Waiting for these locks first, the statements after it
        // see what was written in the meantime; else it would be deleted together with its source.
        await db.Database.ExecuteSqlAsync(
            $"select from passage p where not exists (select from annotation a where a.passage_id = p.id) and not exists (select from revision r where r.passage_id = p.id) for update",
            ct);
        await db.Database.ExecuteSqlAsync(
            $"select from source s where not exists (select from annotation a where a.source_id = s.id) and not exists (select from snapshot t where t.source_id = s.id) for update",
            ct);
        await db.Passages.Where(p => !db.Annotations.Any(a => a.PassageId == p.Id) && !db.Set<Revision>().Any(r => r.PassageId == p.Id))
            .ExecuteDeleteAsync(ct);
        // A passage that only a revision names keeps its source.
        await db.Sources.Where(s => !db.Annotations.Any(a => a.SourceId == s.Id)
            && !db.Snapshots.Any(t => t.SourceId == s.Id)
            && !db.Passages.Any(p => p.SourceId == s.Id))
            .ExecuteDeleteAsync(ct);
    }

    /// <returns>False when an edit came in between: what it wrote must be read first.</returns>
    private static async Task<bool> SaveUnlessChangedAsync(AnnotatorDb db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    /// <summary>Saves a new search entry, unless another writer has saved one in the meantime.</summary>
    private static async Task SaveOnceAsync(AnnotatorDb db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
        }
    }
}
