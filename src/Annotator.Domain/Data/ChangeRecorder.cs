using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Changes;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.People;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Annotator.Domain.Data;

/// <summary>
/// Adds to each save the records of the change log that belong to it: both are stored, or neither is. What is copied, updated or
/// deleted in bulk passes by the context; whoever does that adds the records in the same transaction.
/// </summary>
internal sealed class ChangeRecorder : SaveChangesInterceptor
{
    /// <summary>Stateless, so that all contexts share one.</summary>
    public static readonly ChangeRecorder Instance = new();

    private ChangeRecorder() { }

    /// <summary>The records of annotations that are stored together: one for each source and audience.</summary>
    /// <param name="kinds">The kinds of their groups, by public id.</param>
    /// <param name="silenced">The silenced persons among their authors.</param>
    public static IEnumerable<Change> Created(
        IEnumerable<Annotation> annotations, IReadOnlyDictionary<string, GroupKind> kinds, IReadOnlySet<Guid> silenced) =>
        from annotation in annotations
        let after = AudienceOf(
            annotation.Shared, IsHeld(annotation.Moderation, annotation.AuthorId, silenced), annotation.Deleted, kinds[annotation.GroupId])
        group annotation by (
            annotation.SourceId,
            annotation.GroupId,
            After: after,
            Author: after is Audience.Author or Audience.Moderators ? annotation.AuthorId : (Guid?)null)
        into alike
        let only = alike.Count() == 1 ? alike.First() : null
        select Change.OfAnnotation(
            only is null ? ChangeAction.Many : ChangeAction.Create,
            alike.Key.SourceId,
            only?.Id,
            alike.Key.GroupId,
            only?.AuthorId ?? alike.Key.Author,
            Audience.Nobody,
            alike.Key.After);

    /// <summary>The records of annotations that are removed by one statement: one for each source and audience.</summary>
    public static async Task<List<Change>> RemovedAsync(IQueryable<Annotation> removed, CancellationToken ct) =>
        (await SeenAsync(removed, byPassage: false, ct)).ConvertAll(a =>
            Change.OfAnnotation(ChangeAction.Many, a.SourceId, null, a.GroupId, a.Author, a.Audience, Audience.Nobody));

    /// <summary>The records of annotations that one statement has brought back, likewise.</summary>
    public static async Task<List<Change>> RestoredAsync(IQueryable<Annotation> restored, CancellationToken ct) =>
        (await SeenAsync(restored, byPassage: false, ct)).ConvertAll(a =>
            Change.OfAnnotation(ChangeAction.Many, a.SourceId, null, a.GroupId, a.Author, Audience.Nobody, a.Audience));

    /// <summary>The records of annotations that nobody can see any more and that are removed for good.</summary>
    public static Task<List<Change>> PurgedAsync(IQueryable<Annotation> purged, CancellationToken ct) =>
        purged
            .Select(a => Change.OfAnnotation(ChangeAction.Purge, a.SourceId, a.Id, a.GroupId, a.AuthorId, Audience.Nobody, Audience.Nobody))
            .ToListAsync(ct);

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not AnnotatorDb db)
            return result;
        // Records of an earlier save that failed.
        Forget(db);
        var changes = Changes(db, await KindsAsync(db, cancellationToken), await SilencedAsync(db, cancellationToken)).ToList();
        changes.AddRange(await OfPassagesAsync(db, cancellationToken));
        changes.AddRange(await ReadershipChanges.OfAsync(db, cancellationToken));
        db.Changes.AddRange(changes.Select(c => c.From(ChangeClient.Current)));
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Forget(eventData.Context);
        return ValueTask.FromResult(result);
    }

    private static bool IsHeld(ModerationState moderation, Guid author, IReadOnlySet<Guid> silenced) =>
        moderation is not ModerationState.Approved || silenced.Contains(author);

    /// <param name="isHeld">By moderation, or because its author is silenced.</param>
    private static Audience AudienceOf(bool shared, bool isHeld, DateTimeOffset? deleted, GroupKind kind) =>
        Readership.Of(new Standing
        {
            GroupKind = kind,
            IsShared = shared,
            IsHeld = isHeld,
            IsDeleted = deleted is not null,
        }).Audience;

    private static async Task<IReadOnlyDictionary<string, GroupKind>> KindsAsync(AnnotatorDb db, CancellationToken ct)
    {
        var kinds = db.ChangeTracker.Entries<Group>().ToDictionary(e => e.Entity.Id, e => e.Entity.Kind, StringComparer.Ordinal);
        var written = Written<Annotation>(db).Select(e => e.Entity.GroupId).Concat(Written<Snapshot>(db).Select(e => e.Entity.GroupId));
        var missing = written.Where(g => !kinds.ContainsKey(g)).Distinct(StringComparer.Ordinal).ToArray();
        if (missing.Length > 0)
        {
            foreach (var group in await db.Groups.AsNoTracking()
                .Where(g => missing.Contains(g.Id))
                .Select(g => new { g.Id, g.Kind })
                .ToListAsync(ct))
            {
                kinds.Add(group.Id, group.Kind);
            }
        }

        return kinds;
    }

    private static async Task<IReadOnlySet<Guid>> SilencedAsync(AnnotatorDb db, CancellationToken ct)
    {
        var authors = Written<Annotation>(db).Select(e => e.Entity.AuthorId).Concat(Written<Snapshot>(db).Select(e => e.Entity.AddedById))
            .Distinct().ToArray();
        return authors.Length == 0
            ? new HashSet<Guid>()
            : await db.People.Where(p => p.IsSilenced && authors.Contains(p.Id)).Select(p => p.Id).ToHashSetAsync(ct);
    }

    private static IEnumerable<Change> Changes(AnnotatorDb db, IReadOnlyDictionary<string, GroupKind> kinds, IReadOnlySet<Guid> silenced)
    {
        var annotations = Written<Annotation>(db).ToLookup(e => e.State is EntityState.Added);
        return Created(annotations[true].Select(e => e.Entity), kinds, silenced)
            .Concat(annotations[false].Select(e => Changed(e, kinds[e.Entity.GroupId], silenced)))
            .Concat(
                annotations[false].Where(e => e.Property(a => a.SourceId).IsModified)
                    .Select(e => Left(e, kinds[e.Entity.GroupId], silenced)))
            .Concat(Written<Snapshot>(db).Select(e => Of(e, kinds[e.Entity.GroupId], silenced.Contains(e.Entity.AddedById))))
            .Concat(
                Written<Source>(db).Where(IsDescribedAnew)
                    .Select(e =>
                        Change.OfSource(ChangeKind.Source, ChangeAction.Update, e.Entity.Id, null, null, Audience.World, Audience.World)))
            .Concat(Written<Membership>(db).Select(e => Change.OfMembership(ActionOf(e.State), e.Entity.GroupId, e.Entity.PersonId)))
            .Concat(
                Written<Person>(db).Where(e => e.State is EntityState.Modified
                    && (e.Property(p => p.DisplayName).IsModified || e.Property(p => p.Username).IsModified))
                    .Select(e => Change.OfPerson(e.Entity.Id)));
    }

    private static IEnumerable<EntityEntry<T>> Written<T>(AnnotatorDb db)
        where T : class =>
            db.ChangeTracker.Entries<T>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted);

    private static Change Changed(EntityEntry<Annotation> entry, GroupKind kind, IReadOnlySet<Guid> silenced)
    {
        var now = entry.Entity;
        var deleted = entry.Property(a => a.Deleted).OriginalValue;
        var before = AudienceOf(
            entry.Property(a => a.Shared).OriginalValue,
            IsHeld(entry.Property(a => a.Moderation).OriginalValue, now.AuthorId, silenced),
            deleted,
            kind);
        var after = entry.State is EntityState.Deleted
            ? Audience.Nobody
            : AudienceOf(now.Shared, IsHeld(now.Moderation, now.AuthorId, silenced), now.Deleted, kind);
        var action = entry.State is EntityState.Deleted ? ChangeAction.Purge
            : (deleted is null, now.Deleted is null) switch
            {
                (true, false) => ChangeAction.Delete,
                (false, true) => ChangeAction.Restore,
                _ => ChangeAction.Update,
            };
        return Change.OfAnnotation(action, now.SourceId, now.Id, now.GroupId, now.AuthorId, before, after);
    }

    // An annotation that moves to another source is recorded as deleted on the source it leaves.
    private static Change Left(EntityEntry<Annotation> entry, GroupKind kind, IReadOnlySet<Guid> silenced)
    {
        var now = entry.Entity;
        var before = AudienceOf(
            entry.Property(a => a.Shared).OriginalValue,
            IsHeld(entry.Property(a => a.Moderation).OriginalValue, now.AuthorId, silenced),
            entry.Property(a => a.Deleted).OriginalValue,
            kind);
        return Change.OfAnnotation(
            ChangeAction.Delete, entry.Property(a => a.SourceId).OriginalValue, now.Id, now.GroupId, now.AuthorId, before, Audience.Nobody);
    }

    private static Change Of(EntityEntry<Snapshot> entry, GroupKind kind, bool isSilenced)
    {
        var before = entry.State is EntityState.Added
            ? Audience.Nobody
            : AudienceOf(entry.Property(s => s.Shared).OriginalValue, isSilenced, null, kind);
        var after = entry.State is EntityState.Deleted
            ? Audience.Nobody
            : AudienceOf(entry.Entity.Shared, isSilenced, null, kind);
        return Change.OfSource(
            ChangeKind.Snapshot, ActionOf(entry.State), entry.Entity.SourceId, entry.Entity.GroupId, entry.Entity.AddedById, before, after);
    }

    private static bool IsDescribedAnew(EntityEntry<Source> entry) =>
        entry.State is EntityState.Modified
            && (entry.Property(s => s.Title).IsModified
                || entry.Property(s => s.Author).IsModified
                || entry.Property(s => s.Language).IsModified
                || entry.Property(s => s.Kind).IsModified);

    private static ChangeAction ActionOf(EntityState state) => state switch
    {
        EntityState.Added => ChangeAction.Create,
        EntityState.Deleted => ChangeAction.Delete,
        _ => ChangeAction.Update,
    };

    // A change of a passage or of its place is recorded for each audience of the annotations on it, as their readers see both.
    private static Task<List<Change>> OfPassagesAsync(AnnotatorDb db, CancellationToken ct) =>
        OfPassagesAsync(
            db,
            Written<PassagePlace>(db).Select(e => (e.Entity.PassageId, ChangeKind.Placement))
                .Concat(
                    Written<Passage>(db).Where(e => e.State is EntityState.Modified)
                        .Select(e => (PassageId: e.Entity.Id, ChangeKind.Passage))),
            ct);

    /// <summary>The records of passages: one for each source and audience of what is said of them.</summary>
    public static async Task<List<Change>> OfPassagesAsync(
        AnnotatorDb db, IEnumerable<(Guid Passage, ChangeKind Kind)> written, CancellationToken ct)
    {
        var kinds = written.ToLookup(p => p.Passage, p => p.Kind);
        if (kinds.Count == 0)
            return [];
        var passages = kinds.Select(k => k.Key).ToArray();
        var said = db.Annotations.Where(a => a.PassageId != null && passages.Contains(a.PassageId.Value));
        return [.. from a in await SeenAsync(said, byPassage: true, ct)
                   from kind in kinds[a.Passage ?? Guid.Empty]
                   select Change.OfSource(kind, ChangeAction.Update, a.SourceId, a.GroupId, a.Author, a.Audience, a.Audience)];
    }

    // What is not deleted of some annotations, once for each source and audience, and for each passage where that is asked for.
    private static Task<List<Seen>> SeenAsync(IQueryable<Annotation> annotations, bool byPassage, CancellationToken ct) =>
        annotations.Where(a => a.Deleted == null)
            .Select(a => new Seen(
                byPassage ? a.PassageId : null,
                a.SourceId,
                a.GroupId,
                a.Group!.Kind,
                a.Shared,
                a.Moderation != ModerationState.Approved || a.Author!.IsSilenced,
                a.Shared && a.Moderation == ModerationState.Approved && !a.Author!.IsSilenced ? null : a.AuthorId))
            .Distinct().ToListAsync(ct);

    private static void Forget(DbContext? db)
    {
        foreach (var entry in db?.ChangeTracker.Entries<Change>().ToList() ?? [])
            entry.State = EntityState.Detached;
    }

    /// <summary>Annotations of one source that have the same readers.</summary>
    /// <param name="IsHeld">By moderation, or because its author is silenced.</param>
    /// <param name="Author">Null where the readers do not depend on it.</param>
    private sealed record Seen(Guid? Passage, Guid SourceId, string GroupId, GroupKind Kind, bool Shared, bool IsHeld, Guid? Author)
    {
        public Audience Audience => AudienceOf(Shared, IsHeld, null, Kind);
    }
}
