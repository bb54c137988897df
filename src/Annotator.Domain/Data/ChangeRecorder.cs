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
    /// <summary>Keeps nothing, so all contexts share it.</summary>
    public static readonly ChangeRecorder Instance = new();

    private ChangeRecorder() { }

    /// <summary>The records of annotations that are stored together: one for each source and audience.</summary>
    public static IEnumerable<Change> Created(IEnumerable<Annotation> annotations) =>
        from annotation in annotations
        let after = AudienceOf(annotation.Shared, annotation.GroupId, annotation.Deleted)
        group annotation by (annotation.SourceId, annotation.GroupId, After: after, Author: after is Audience.Author ? annotation.AuthorId : (Guid?)null)
        into alike
        let only = alike.Count() == 1 ? alike.First() : null
        select Change.OfAnnotation(
            only is null ? ChangeAction.Many : ChangeAction.Create, alike.Key.SourceId, only?.Id, alike.Key.GroupId, only?.AuthorId ?? alike.Key.Author, Audience.Nobody, alike.Key.After);

    /// <summary>The records of annotations that are removed by one statement: one for each source and audience.</summary>
    public static async Task<List<Change>> RemovedAsync(IQueryable<Annotation> removed, CancellationToken ct)
    {
        var seen = await removed.Where(a => a.Deleted == null)
            .Select(a => new { a.SourceId, a.GroupId, a.Shared, Author = a.Shared ? (Guid?)null : a.AuthorId })
            .Distinct().ToListAsync(ct);
        return seen.ConvertAll(a => Change.OfAnnotation(ChangeAction.Many, a.SourceId, null, a.GroupId, a.Author, AudienceOf(a.Shared, a.GroupId, null), Audience.Nobody));
    }

    /// <summary>The records of annotations that nobody can see any more and that are removed for good.</summary>
    public static Task<List<Change>> PurgedAsync(IQueryable<Annotation> purged, CancellationToken ct) =>
        purged.Select(a => Change.OfAnnotation(ChangeAction.Purge, a.SourceId, a.Id, a.GroupId, a.AuthorId, Audience.Nobody, Audience.Nobody)).ToListAsync(ct);

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not AnnotatorDb db)
            return result;
        // Those of a save that failed.
        Forget(db);
        var changes = Changes(db).ToList();
        changes.AddRange(await OfPassagesAsync(db, cancellationToken));
        db.Changes.AddRange(changes.Select(c => c.From(ChangeClient.Current)));
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Forget(eventData.Context);
        return ValueTask.FromResult(result);
    }

    internal static Audience AudienceOf(bool shared, string groupId, DateTimeOffset? deleted) =>
        deleted is not null ? Audience.Nobody
        : !shared ? Audience.Author
        : string.Equals(groupId, Viewer.PublicGroup, StringComparison.Ordinal) ? Audience.World
        : Audience.Group;

    private static IEnumerable<Change> Changes(AnnotatorDb db)
    {
        var annotations = Written<Annotation>(db).ToLookup(e => e.State is EntityState.Added);
        return Created(annotations[true].Select(e => e.Entity))
            .Concat(annotations[false].Select(Changed))
            .Concat(Written<Snapshot>(db).Select(Of))
            .Concat(Written<Source>(db).Where(IsDescribedAnew).Select(e => Change.OfSource(ChangeKind.Source, ChangeAction.Update, e.Entity.Id, null, null, Audience.World, Audience.World)))
            .Concat(Written<Membership>(db).Select(e => Change.OfMembership(ActionOf(e.State), e.Entity.GroupId, e.Entity.PersonId)))
            .Concat(Written<Person>(db).Where(e => e.State is EntityState.Modified).Select(e => Change.OfPerson(e.Entity.Id)));
    }

    private static IEnumerable<EntityEntry<T>> Written<T>(AnnotatorDb db)
        where T : class => db.ChangeTracker.Entries<T>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted);

    private static Change Changed(EntityEntry<Annotation> entry)
    {
        var now = entry.Entity;
        var deleted = entry.Property(a => a.Deleted).OriginalValue;
        var before = AudienceOf(entry.Property(a => a.Shared).OriginalValue, entry.Property(a => a.GroupId).OriginalValue, deleted);
        var after = entry.State is EntityState.Deleted ? Audience.Nobody : AudienceOf(now.Shared, now.GroupId, now.Deleted);
        var action = entry.State is EntityState.Deleted ? ChangeAction.Purge
            : (deleted is null, now.Deleted is null) switch
            {
                (true, false) => ChangeAction.Delete,
                (false, true) => ChangeAction.Restore,
                _ => ChangeAction.Update,
            };
        return Change.OfAnnotation(action, now.SourceId, now.Id, now.GroupId, now.AuthorId, before, after);
    }

    private static Change Of(EntityEntry<Snapshot> entry)
    {
        var before = entry.State is EntityState.Added ? Audience.Nobody : AudienceOf(entry.Property(s => s.Shared).OriginalValue);
        var after = entry.State is EntityState.Deleted ? Audience.Nobody : AudienceOf(entry.Entity.Shared);
        return Change.OfSource(ChangeKind.Snapshot, ActionOf(entry.State), entry.Entity.SourceId, null, entry.Entity.AddedById, before, after);
    }

    internal static Audience AudienceOf(bool isSharedText) => isSharedText ? Audience.World : Audience.Author;

    private static bool IsDescribedAnew(EntityEntry<Source> entry) =>
        entry.State is EntityState.Modified && (entry.Property(s => s.Title).IsModified || entry.Property(s => s.Author).IsModified || entry.Property(s => s.Language).IsModified);

    private static ChangeAction ActionOf(EntityState state) => state switch
    {
        EntityState.Added => ChangeAction.Create,
        EntityState.Deleted => ChangeAction.Delete,
        _ => ChangeAction.Update,
    };

    // Whoever sees something said of a passage sees its language and its place.
    private static async Task<List<Change>> OfPassagesAsync(AnnotatorDb db, CancellationToken ct)
    {
        var kinds = Written<PassagePlace>(db).Select(e => (e.Entity.PassageId, ChangeKind.Placement))
            .Concat(Written<Passage>(db).Where(e => e.State is EntityState.Modified).Select(e => (PassageId: e.Entity.Id, ChangeKind.Passage)))
            .ToLookup(p => p.PassageId, p => p.Item2);
        if (kinds.Count == 0)
            return [];
        var passages = kinds.Select(k => k.Key).ToArray();
        var said = await db.Annotations.Where(a => a.PassageId != null && passages.Contains(a.PassageId.Value) && a.Deleted == null)
            .Select(a => new { Passage = a.PassageId!.Value, a.SourceId, a.GroupId, a.Shared, Author = a.Shared ? (Guid?)null : a.AuthorId })
            .Distinct().ToListAsync(ct);
        return [.. from a in said
                   from kind in kinds[a.Passage]
                   let audience = AudienceOf(a.Shared, a.GroupId, null)
                   select Change.OfSource(kind, ChangeAction.Update, a.SourceId, a.GroupId, a.Author, audience, audience)];
    }

    private static void Forget(DbContext? db)
    {
        foreach (var entry in db?.ChangeTracker.Entries<Change>().ToList() ?? [])
            entry.State = EntityState.Detached;
    }
}
