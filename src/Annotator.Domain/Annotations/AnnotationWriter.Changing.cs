using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Domain.Annotations;

public sealed partial class AnnotationWriter
{
    /// <summary>Changes what an annotation says; the earlier state becomes a revision.</summary>
    /// <exception cref="EditConflict">It has changed since <see cref="AnnotationEdit.Version"/>.</exception>
    /// <exception cref="Forbidden">It is not the viewer's, or somebody else quoted the passage first.</exception>
    /// <exception cref="Invalid">A field cannot be stored.</exception>
    /// <exception cref="NotFound">No such annotation, or the viewer may not see it.</exception>
    public async Task<AnnotationView> EditAsync(Viewer viewer, Guid id, AnnotationEdit edit, CancellationToken ct)
    {
        await AgainstOthersAsync(() => EditOnceAsync(viewer, id, edit, ct), ct);
        if (edit.Shared)
            await AgainstOthersAsync(() => addresses.SettleAsync([id], ct), ct);
        return await reader.FindAsync(viewer, id, ct);
    }

    private async Task<int> EditOnceAsync(Viewer viewer, Guid id, AnnotationEdit edit, CancellationToken ct)
    {
        // Before anything is compared with it: a form can carry megabytes.
        var body = DraftRules.Body(edit.Body);
        var tags = DraftRules.Tags(edit.Tags);
        var given = LanguageTag.Canonical("language", edit.Language);
        var received = edit.Received is null ? null : DraftRules.Received(edit.Received);
        var ofPassage = LanguageTag.Canonical("passage_language", edit.PassageLanguage);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Whoever corrects the language of the passage writes the search entries of all annotations on it, so each waits for the other.
        await db.Database.ExecuteSqlAsync($"select from annotation where id = {id} for no key update", ct);
        var annotation = await OwnAsync(db, viewer, id, Permissions.Edit, ct);
        if (annotation.Version != edit.Version)
            throw new EditConflict(await reader.FindAsync(viewer, id, ct));
        var passage = await db.Passages.FirstOrDefaultAsync(p => p.Id == annotation.PassageId, ct);
        var source = await db.Sources.Include(s => s.Uris).Include(s => s.SearchEntry).FirstAsync(s => s.Id == annotation.SourceId, ct);
        var group = await db.Groups.FirstAsync(g => g.Id == annotation.GroupId, ct);
        var isPublished = edit.Shared && !annotation.Shared && await MayPublishAsync(db, annotation, ct);
        var inPublic = (annotation.Shared ? edit.Shared : isPublished) && group.Kind is not GroupKind.Private;
        if (isPublished)
            await WritableAsync(db, viewer, group.Id, ct);
        var (target, kept) = (annotation.Target, annotation.Content.Received);
        if (edit.Target is { } moved && !annotation.IsReply)
        {
            (source, passage) = await new AnnotationBatch(db, detector, clock.GetUtcNow(), makesGroups: false).TargetAsync(Moved(annotation, moved), inPublic, ct);
            (target, kept) = Moved(annotation, moved, source, passage);
            annotation.Cite(moved.Source, source);
        }

        if (passage is null && !annotation.IsReply)
            DraftRules.RequireNote(body, tags);
        if (passage is not null && ofPassage is not null && !string.Equals(passage.Language, ofPassage, StringComparison.Ordinal))
            await CorrectAsync(db, viewer, passage, ofPassage, ct);
        var language = given ?? await LanguageOfAsync(db, (annotation.AuthorId, annotation.Id), body, passage?.Language ?? source.Language, ct);
        var content = new AnnotationContent(body, language, given is not null, tags, annotation.Shared ? edit.Shared : isPublished)
        {
            Received = received ?? kept,
        };
        annotation.Edit(content, target, clock.GetUtcNow());
        await FollowAsync(db, annotation, source, ct);
        if (isPublished && group.Kind is not GroupKind.Private)
            Publish(annotation, source, passage);
        annotation.Index(passage, source, group, clock.GetUtcNow());
        var rows = await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return rows;
    }

    private static AnnotationDraft Moved(Annotation annotation, NewTarget target) => new()
    {
        Id = annotation.Id,
        Source = target.Source?.Checked(),
        SourceId = target.Source is null ? annotation.SourceId : null,
        Quote = target.Quote is null ? null : DraftRules.Checked(target.Quote),
    };

    /// <summary>The target of an annotation that was moved, and what is kept of what was received.</summary>
    private static (AnnotationTarget Target, Received Kept) Moved(Annotation annotation, NewTarget moved, Source source, Passage? passage)
    {
        var (target, kept) = (annotation.Target, annotation.Content.Received);
        var isSameSource = source.Id == annotation.SourceId;
        // Selectors are positions in the target that is left.
        return (
            new AnnotationTarget(source.Id, passage?.Id, moved.Source?.Uri ?? target.Uri, isSameSource ? target.SnapshotId : null),
            isSameSource && passage?.Id == annotation.PassageId ? kept : kept with { Selectors = null });
    }

    /// <summary>Replies stand where the root of their thread stands.</summary>
    private async Task FollowAsync(AnnotatorDb db, Annotation root, Source source, CancellationToken ct)
    {
        if (root.IsReply)
            return;
        foreach (var reply in await db.Annotations.Include(a => a.SearchEntry).Include(a => a.Group).Where(a => a.RootId == root.Id && a.SourceId != root.SourceId).ToListAsync(ct))
        {
            reply.Follow(root);
            if (reply.Deleted is null)
                reply.Index(null, source, reply.Group!, clock.GetUtcNow());
        }
    }

    // Everybody may know now what came with the annotation.
    private void Publish(Annotation annotation, Source source, Passage? passage)
    {
        var now = clock.GetUtcNow();
        source.Touch(now);
        if (source.Learn(annotation.Cited))
            source.Index(now);
        passage?.Publish(annotation.Id);
    }

    /// <summary>Says which language a passage is in, after it was detected wrongly. Whoever quoted it first may do that.</summary>
    /// <exception cref="Forbidden">Somebody else quoted the passage first.</exception>
    private async Task CorrectAsync(AnnotatorDb db, Viewer viewer, Passage passage, string language, CancellationToken ct)
    {
        var first = await db.Annotations.VisibleTo(viewer).Where(a => a.PassageId == passage.Id)
            .OrderBy(a => a.Created).ThenBy(a => a.Id).Select(a => a.AuthorId).FirstAsync(ct);
        viewer.Require(Permissions.CorrectPassage, new Standing { OwnerId = first });
        // An edit that is being saved ends first; what it wrote is read in the statement after this one.
        await db.Database.ExecuteSqlAsync($"select from passage where id = {passage.Id} for update", ct);
        await db.Database.ExecuteSqlAsync($"select from annotation where passage_id = {passage.Id} order by id for no key update", ct);
        passage.CorrectLanguage(language);
        var source = await db.Sources.FirstAsync(s => s.Id == passage.SourceId, ct);
        foreach (var annotation in await db.Annotations.Include(a => a.SearchEntry).Include(a => a.Group).Where(a => a.PassageId == passage.Id && a.Deleted == null).ToListAsync(ct))
            annotation.Index(passage, source, annotation.Group!, clock.GetUtcNow());
    }

    /// <summary>Takes an annotation out of every view. It can be restored for <see cref="Annotation.Restorable"/>.</summary>
    /// <exception cref="Forbidden">It is not the viewer's.</exception>
    /// <exception cref="NotFound">No such annotation, or the viewer may not see it.</exception>
    public async Task DeleteAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        for (var isDone = false; !isDone;)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var annotation = await OwnAsync(db, viewer, id, Permissions.Delete, ct);
            annotation.Delete(clock.GetUtcNow());
            annotation.Unindex();
            isDone = await SaveUnlessChangedAsync(db, ct);
        }
    }

    /// <summary>Brings back what the viewer deleted. What is back already stays.</summary>
    /// <exception cref="NotFound">Nothing of the viewer's stands or was deleted under this id, or it is purged.</exception>
    public async Task<AnnotationView> RestoreAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        var person = viewer.RequirePerson();
        await using var db = await databases.CreateDbContextAsync(ct);
        var since = clock.GetUtcNow() - Annotation.Restorable;
        var annotation = await db.Annotations.VisibleOrDeletedTo(viewer).Include(a => a.Group)
            .FirstOrDefaultAsync(a => a.Id == id && a.AuthorId == person && (a.Deleted == null || a.Deleted >= since), ct)
            ?? throw new NotFound("annotation");
        if (annotation.Deleted is null)
            return await reader.FindAsync(viewer, id, ct);
        annotation.Restore();
        var passage = await db.Passages.FirstOrDefaultAsync(p => p.Id == annotation.PassageId, ct);
        var source = await db.Sources.FirstAsync(s => s.Id == annotation.SourceId, ct);
        annotation.Index(passage, source, annotation.Group!, clock.GetUtcNow());
        // Twice at once: the other one has restored it.
        await SaveOnceAsync(db, ct);
        return await reader.FindAsync(viewer, id, ct);
    }

    /// <summary>
    /// Removes for good what was deleted more than <see cref="Annotation.Restorable"/> ago, then passages and sources without
    /// annotations or texts. A root that has replies is kept but blanked, so that its thread keeps its place.
    /// </summary>
    /// <returns>How many annotations were removed or blanked.</returns>
    public async Task<int> PurgeAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var before = clock.GetUtcNow() - Annotation.Restorable;
        var due = db.Annotations.Where(a => a.Deleted < before);
        var answered = due.Where(a => db.Annotations.Any(r => r.RootId == a.Id)
            && (a.Body != "" || a.Tags.Length > 0 || a.Selectors != null || a.Extra != null || a.FurtherTargets.Count > 0 || a.Revisions.Count > 0));
        await ChangeLog.AddAsync(db, await ChangeRecorder.PurgedAsync(answered, ct), ct);
        await db.Set<Revision>().Where(r => due.Any(a => a.Id == r.AnnotationId)).ExecuteDeleteAsync(ct);
        await db.SearchEntries.Where(e => due.Any(a => a.Id == e.AnnotationId)).ExecuteDeleteAsync(ct);
        await db.Set<FurtherTarget>().Where(t => due.Any(a => a.Id == t.AnnotationId)).ExecuteDeleteAsync(ct);
        var emptied = await answered.ExecuteUpdateAsync(
            a => a.SetProperty(x => x.Body, "").SetProperty(x => x.Tags, Array.Empty<string>())
                .SetProperty(x => x.Selectors, (string?)null).SetProperty(x => x.Extra, (string?)null),
            ct);
        var gone = due.Where(a => !db.Annotations.Any(r => r.RootId == a.Id));
        await ChangeLog.AddAsync(db, await ChangeRecorder.PurgedAsync(gone, ct), ct);
        var removed = await gone.ExecuteDeleteAsync(ct);
        if (removed > 0)
            await RemoveBareAsync(db, ct);
        await transaction.CommitAsync(ct);
        return removed + emptied;
    }

    /// <summary>Removes passages and sources without any annotation. Goes into the transaction of the caller.</summary>
    internal static async Task RemoveBareAsync(AnnotatorDb db, CancellationToken ct)
    {
        // An annotation locks what it is about until it is committed. Waiting for these locks first, the statements after it
        // see what was written in the meantime; else it would be deleted together with its source.
        await db.Database.ExecuteSqlAsync($"select from passage p where not exists (select from annotation a where a.passage_id = p.id) and not exists (select from revision r where r.passage_id = p.id) for update", ct);
        await db.Database.ExecuteSqlAsync($"select from source s where not exists (select from annotation a where a.source_id = s.id) and not exists (select from snapshot t where t.source_id = s.id) for update", ct);
        await db.Passages.Where(p => !db.Annotations.Any(a => a.PassageId == p.Id) && !db.Set<Revision>().Any(r => r.PassageId == p.Id)).ExecuteDeleteAsync(ct);
        // A passage that only a revision names keeps its source.
        await db.Sources.Where(s => !db.Annotations.Any(a => a.SourceId == s.Id) && !db.Snapshots.Any(t => t.SourceId == s.Id) && !db.Passages.Any(p => p.SourceId == s.Id))
            .ExecuteDeleteAsync(ct);
    }

    /// <summary>The language of a comment by its words and by what else its author writes.</summary>
    /// <param name="of">The author, and the annotation when it is there already: what it said may be the very mistake.</param>
    /// <param name="context">The language of what the comment is about.</param>
    private async Task<string> LanguageOfAsync(AnnotatorDb db, (Guid Author, Guid Annotation) of, string body, string context, CancellationToken ct)
    {
        var habits = await WritingHabits.OfAsync(db, [of.Author], of.Annotation, ct);
        LanguageTag? usual = habits.Usual().TryGetValue(of.Author, out var habit) ? habit : null;
        return detector.Detect(body, usual, AnnotationBatch.Known(context)).Value;
    }

    // A reply stays as private as what it answers.
    private static async Task<bool> MayPublishAsync(AnnotatorDb db, Annotation annotation, CancellationToken ct) =>
        !await db.Annotations.AnyAsync(a => annotation.References.Contains(a.Id) && !a.Shared, ct);

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

    private static async Task<Annotation> OwnAsync(AnnotatorDb db, Viewer viewer, Guid id, Permission permission, CancellationToken ct)
    {
        var annotation = await db.Annotations.VisibleTo(viewer).Include(a => a.SearchEntry).Include(a => a.FurtherTargets).FirstOrDefaultAsync(a => a.Id == id, ct)
            ?? throw new NotFound("annotation");
        viewer.Require(permission, new Standing { OwnerId = annotation.AuthorId });
        return annotation;
    }
}
