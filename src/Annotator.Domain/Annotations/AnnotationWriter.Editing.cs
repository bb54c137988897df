using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

public sealed partial class AnnotationWriter
{
    /// <summary>Changes content or target of an annotation; the earlier state becomes a revision.</summary>
    /// <exception cref="EditConflict">It has changed since <see cref="AnnotationEdit.Version"/>.</exception>
    /// <exception cref="Forbidden">It is not the viewer's, or somebody else quoted the passage first.</exception>
    /// <exception cref="Invalid">A field cannot be stored, or the annotation is to be shared and answers a private one.</exception>
    /// <exception cref="Missing">No such annotation, or the viewer may not see it.</exception>
    public async Task<AnnotationView> EditAsync(Viewer viewer, Guid id, AnnotationEdit edit, CancellationToken ct)
    {
        // Before anything is compared with it: a form can carry megabytes.
        var ready = DraftRules.Checked(edit);
        await clock.AgainstOthersAsync(() => EditOnceAsync(viewer, id, ready, ct), ct);
        if (edit.Shared)
            await clock.AgainstOthersAsync(() => addresses.SettleAsync([id], ct), ct);
        return await reader.FindAsync(viewer, id, ct);
    }

    private async Task<int> EditOnceAsync(Viewer viewer, Guid id, AnnotationEdit edit, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Whoever corrects the language of the passage writes the search entries of all annotations on it, so each waits for the other.
        await db.Database.ExecuteSqlAsync($"select from annotation where id = {id} for no key update", ct);
        var annotation = await OwnAsync(db, viewer, id, Permissions.Edit, ct);
        var passage = await db.Passages.FirstOrDefaultAsync(p => p.Id == annotation.PassageId, ct);
        // Sent once more, by a second tab or after an answer that got lost: what it asks for is done.
        if (annotation.Version != edit.Version)
            return edit.IsDone(annotation.Content, passage) ? 0 : throw new EditConflict(await reader.FindAsync(viewer, id, ct));
        var source = await db.Sources.Include(s => s.Uris).Include(s => s.SearchEntry).FirstAsync(s => s.Id == annotation.SourceId, ct);
        var group = await db.Groups.FirstAsync(g => g.Id == annotation.GroupId, ct);
        var isPublished = edit.Shared && !annotation.Shared;
        var inPublic = await IsInPublicAsync(db, annotation.AuthorId, edit.Shared, group, ct);
        if (isPublished)
            await RequirePublishableAsync(db, viewer, annotation, ct);
        var (target, kept) = (annotation.Target, annotation.Content.Received);
        if (edit.Target is { } moved && !annotation.IsReply)
        {
            var about = await new DraftTargets(db, detector, clock.GetUtcNow()).SingleAsync(Moved(annotation, moved), inPublic, ct);
            if (passage?.Id != about.Passage?.Id)
                passage?.ForgetContext(annotation.Id);
            (source, passage) = (about.Source, about.Passage);
            (target, kept) = Moved(annotation, moved, source, passage);
            if (moved.Source is not null)
            {
                annotation.Cite(about.Unknown);
                await addresses.ClaimAsync(db, annotation, about.Draft.Source!, ct);
            }
        }
        if (passage is null && !annotation.IsReply)
            DraftRules.RequireNote(edit.Body, edit.Tags);
        if (passage is not null && edit.PassageLanguage is { } given && !string.Equals(passage.Language, given, StringComparison.Ordinal))
            await new PassageCorrection(db, clock.GetUtcNow()).CorrectAsync(viewer, passage, given, ct);
        var language = edit.Language
            ?? await WritingHabits.LanguageOfAsync(
                (db, detector), (annotation.AuthorId, annotation.Id), edit.Body, passage?.Language ?? source.Language, ct);
        var content = new AnnotationContent(
            edit.Body, language, edit.Language is not null, edit.Tags, edit.Shared) { Received = edit.Received ?? kept };
        annotation.Edit(content, target, clock.GetUtcNow());
        await FollowAsync(db, annotation, source, ct);
        if (isPublished && inPublic)
            await PublishAsync(db, annotation, source, passage, ct);
        annotation.Index(passage, source, group, clock.GetUtcNow());
        var rows = await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return rows;
    }

    private static AnnotationDraft Moved(Annotation annotation, NewTarget target) => new()
    {
        Id = annotation.Id,
        Source = target.Source,
        SourceId = target.Source is null ? annotation.SourceId : null,
        Quote = target.Quote,
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
        foreach (var reply in await db.Annotations.Include(a => a.SearchEntry)
            .Include(a => a.Group)
            .Where(a => a.RootId == root.Id && a.SourceId != root.SourceId)
            .ToListAsync(ct))
        {
            reply.Follow(root);
            db.UriClaims.RemoveRange(await db.UriClaims.Where(c => c.AnnotationId == reply.Id).ToListAsync(ct));
            if (reply.Deleted is null)
                reply.Index(null, source, reply.Group!, clock.GetUtcNow());
        }
    }

    // Everybody may know now what came with the annotation.
    private async Task PublishAsync(AnnotatorDb db, Annotation annotation, Source source, Passage? passage, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        source.Touch(now);
        if (source.Adopt(annotation.Cited))
            source.Index(now);
        if (passage is not null)
            await new PassageCorrection(db, now).PublishContextAsync(passage, annotation, ct);
    }

    /// <exception cref="Forbidden">The viewer may not write in the group.</exception>
    /// <exception cref="Invalid">The annotation answers one that only its author reads: others would read an answer to nothing.</exception>
    private static async Task RequirePublishableAsync(AnnotatorDb db, Viewer viewer, Annotation annotation, CancellationToken ct)
    {
        if (await db.Annotations.AnyAsync(a => annotation.References.Contains(a.Id) && !a.Shared, ct))
            throw new Invalid("shared", "answers_private");
        await WritableAsync(db, viewer, annotation.GroupId, ct);
    }

    internal static async Task<Annotation> OwnAsync(AnnotatorDb db, Viewer viewer, Guid id, Permission permission, CancellationToken ct)
    {
        var annotation = await db.Annotations.VisibleTo(viewer)
            .Include(a => a.SearchEntry)
            .Include(a => a.FurtherTargets)
            .FirstOrDefaultAsync(a => a.Id == id, ct)
            ?? throw new Missing("annotation");
        viewer.Require(permission, new Standing { OwnerId = annotation.AuthorId });
        return annotation;
    }
}
