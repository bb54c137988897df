using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>The one place where annotations are written, whichever page, interface or file they come from.</summary>
public sealed partial class AnnotationWriter(
    IDbContextFactory<AnnotatorDb> databases,
    LanguageDetector detector,
    AnnotationReader reader,
    SourceAddresses addresses,
    TimeProvider clock
)
{
    /// <summary>Writes one annotation for the viewer. Sending the same draft again answers with what is stored.</summary>
    /// <exception cref="Invalid">A field cannot be stored, or the id is of somebody else or of other words.</exception>
    /// <exception cref="Forbidden">The viewer is a visitor, or may not write in the group.</exception>
    /// <exception cref="Missing">The source, passage or parent is not there for the viewer.</exception>
    public async Task<AnnotationView> CreateAsync(Viewer viewer, AnnotationDraft draft, CancellationToken ct)
    {
        viewer.RequirePerson();
        var ready = await clock.AgainstOthersAsync(() => StoreVisibleAsync(viewer, draft, ct), ct);
        if (ready is { Shared: true, Source.Claims.Count: > 0 })
            await clock.AgainstOthersAsync(() => addresses.SettleAsync([ready.Id], ct), ct);
        var view = await reader.FindAsync(viewer, ready.Id, ct);
        return !view.IsMine ? throw new Invalid("id", "taken")
            : await reader.HasSaidAsync(viewer, view, ready.Body, ct) ? view : throw new Invalid("body", "already_sent");
    }

    // Looked at anew after a conflict: the source may have been merged into another meanwhile.
    private async Task<AnnotationDraft> StoreVisibleAsync(Viewer viewer, AnnotationDraft draft, CancellationToken ct)
    {
        var standing = draft.References.Count > 0 ? await InThreadAsync(viewer, draft, ct) : await OnVisibleAsync(viewer, draft, ct);
        var ready = DraftRules.Checked(standing with { Provenance = null });
        await StoreOneAsync(viewer, ready, ct);
        return ready;
    }

    /// <summary>
    /// Stores what is new of source and passage, the annotation, its search entry and the record of the change in one save.
    /// </summary>
    private async Task<int> StoreOneAsync(Viewer viewer, AnnotationDraft draft, CancellationToken ct)
    {
        var author = viewer.RequirePerson();
        await using var db = await databases.CreateDbContextAsync(ct);
        var group = await WritableAsync(db, viewer, draft.GroupId, ct);
        if (await db.Annotations.AnyAsync(a => a.Id == draft.Id, ct))
            return 0;
        var now = clock.GetUtcNow();
        var inPublic = await IsInPublicAsync(db, author, draft.Shared, group, ct);
        var target = await new DraftTargets(db, detector, now).SingleAsync(draft, inPublic, ct);
        var language = draft.Language
            ?? await WritingHabits.LanguageOfAsync((db, detector), (author, Guid.Empty), draft.Body, target.Language, ct);
        var annotation = Annotation.Write(target, author, language, now);
        annotation.Index(target.Passage, target.Source, group, now);
        // Who reads the text sees the passage where it was selected.
        if (draft is { Selected: { Start: { } start, End: { } end } selected, SnapshotId: { } text }
            && target is { Passage: { } passage, IsNewPassage: true })
        {
            db.PassagePlaces.Add(PassagePlace.Of(passage.Id, text, new Placement(PlacementKind.Exact, start, end, 1, selected.Exact)));
        }
        if (inPublic)
            target.Source.Touch(now);
        db.Annotations.Add(annotation);
        db.UriClaims.AddRange(UriClaim.Of(draft.Source, draft.Id, author, now));
        return await db.SaveChangesAsync(ct);
    }

    /// <summary>Whether everybody will read what a person writes, and may know what comes with it; not of a silenced person.</summary>
    private static async Task<bool> IsInPublicAsync(AnnotatorDb db, Guid author, bool shared, Group group, CancellationToken ct) =>
        shared && group.Kind is not GroupKind.Private && !await db.People.AnyAsync(p => p.Id == author && p.IsSilenced, ct);

    /// <summary>
    /// The group that is to be written in. Whether the viewer belongs to it is read from the store: the rights that the viewer holds
    /// may be from before they left.
    /// </summary>
    /// <exception cref="Forbidden">The viewer may not write in the group, or it is not there.</exception>
    private static async Task<Group> WritableAsync(AnnotatorDb db, Viewer viewer, string groupId, CancellationToken ct)
    {
        var group = await db.Groups.FirstOrDefaultAsync(g => g.Id == groupId, ct) ?? throw new Forbidden(Permissions.Write.Code);
        var isMember = await db.Memberships.AnyAsync(m => m.GroupId == groupId && m.PersonId == viewer.PersonId, ct);
        (viewer with { Writes = isMember ? [groupId] : [] }).Require(Permissions.Write, Standing.In(group));
        return group;
    }

    /// <summary>A reply stands where its parent stands, in the same group, and is no more public than its root.</summary>
    private async Task<AnnotationDraft> InThreadAsync(Viewer viewer, AnnotationDraft draft, CancellationToken ct)
    {
        var parent = await reader.FindAsync(viewer, draft.References[^1], ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        if (draft.SnapshotId is { } text
            && !await db.Snapshots.VisibleTo(viewer).AnyAsync(s => s.Id == text && s.SourceId == parent.SourceId, ct))
        {
            throw new Missing("snapshot");
        }
        var uri = await db.Annotations.Where(a => a.Id == parent.Id).Select(a => a.Uri).FirstOrDefaultAsync(ct);
        return draft with
        {
            References = [.. parent.References, parent.Id],
            SourceId = parent.SourceId,
            Source = uri is null ? null : new Citation(uri, null, null, null),
            GroupId = parent.GroupId,
            Shared = draft.Shared && parent.Shared,
            Quote = null,
            PassageId = null,
        };
    }

    /// <summary>
    /// Refuses ids of sources, snapshots and passages that the viewer cannot see, as if they did not exist: they may be guessed, or
    /// known from a group since left.
    /// </summary>
    private async Task<AnnotationDraft> OnVisibleAsync(Viewer viewer, AnnotationDraft draft, CancellationToken ct)
    {
        if (draft.SourceId is null && draft.PassageId is null && draft.SnapshotId is null)
            return draft;
        await using var db = await databases.CreateDbContextAsync(ct);
        draft = await DraftTargets.PresentAsync(db, draft, ct);
        var visible = db.Annotations.VisibleTo(viewer);
        var texts = db.Snapshots.VisibleTo(viewer);
        if (draft.SourceId is { } source)
            draft = await OnSourceAsync(db, viewer, source, draft, ct);
        if (draft.SnapshotId is { } snapshot)
            draft = await InTextAsync(db, texts.Where(s => s.Id == snapshot && s.SourceId == draft.SourceId), draft, ct);
        // A passage is also seen through the replies to a comment that is deleted.
        var roots = db.Annotations.VisibleOrDeletedTo(viewer);
        // One question after the other: asked as one, all annotations would be read.
        if (draft.PassageId is { } passage
            && !await visible.AnyAsync(a => a.PassageId == passage, ct)
            && !await visible.AnyAsync(a => roots.Any(root => root.Id == a.RootId && root.PassageId == passage), ct))
        {
            throw new Missing("passage");
        }
        return draft;
    }

    // A source without an address is nothing but its title: whoever writes about it gives it.
    private static async Task<AnnotationDraft> OnSourceAsync(
        AnnotatorDb db, Viewer viewer, Guid source, AnnotationDraft draft, CancellationToken ct)
    {
        var isNamed = await db.SourcesVisibleTo(viewer)
            .Where(s => s.Id == source)
            .Select(s => (bool?)(s.Title != ""))
            .FirstOrDefaultAsync(ct)
            ?? throw new Missing("source");
        if (isNamed || draft.Source is not null)
            return draft;
        var facts = await db.SourceFactsFor(viewer).FirstAsync(s => s.Id == source, ct);
        return facts.Title.Length == 0 ? draft : draft with { Source = new Citation(null, facts.Title, facts.Author, null) };
    }

    // The words as the text has them, whatever the browser made of them. Of a text that not all readers of the annotation read, they
    // are told the words and nothing of what stands around them.
    private static async Task<AnnotationDraft> InTextAsync(
        AnnotatorDb db, IQueryable<Snapshot> snapshot, AnnotationDraft draft, CancellationToken ct)
    {
        var everybodys = db.Snapshots.VisibleTo(Viewer.Visitor);
        var text = await snapshot
            .Select(s => new { s.Text, IsRead = everybodys.Any(e => e.Id == s.Id) || (s.Shared && s.GroupId == draft.GroupId) })
            .FirstOrDefaultAsync(ct)
            ?? throw new Missing("snapshot");
        if (draft.Quote is null)
            return draft;
        var read = SnapshotText.Of(text.Text);
        var selected = read.Confirmed(draft.Quote) ?? throw new Invalid("quote", "not_in_the_text");
        return text.IsRead || !draft.Shared
            ? draft with { Quote = selected, Text = read }
            : draft with { Quote = new Quote(selected.Exact), Selected = selected, Text = read };
    }
}
