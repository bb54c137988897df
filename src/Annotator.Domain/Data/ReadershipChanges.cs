using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Changes;
using Annotator.Domain.Groups;
using Annotator.Domain.People;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Annotator.Domain.Data;

/// <summary>
/// Change records of a save that gives many annotations and texts other readers at once: a group gets another kind, or a person is
/// silenced or no longer is. One record is of the group or person itself; one more for each source and audience signals the open
/// pages.
/// </summary>
internal static class ReadershipChanges
{
    /// <summary>The records for what the context has tracked, to be stored in the same save.</summary>
    public static async Task<List<Change>> OfAsync(AnnotatorDb db, CancellationToken ct) =>
        [.. await OfGroupsAsync(db, ct), .. await OfSilenceAsync(db, ct)];

    // With the kind of a group, other people read or answer all that is shared in it.
    private static async Task<List<Change>> OfGroupsAsync(AnnotatorDb db, CancellationToken ct)
    {
        List<Change> records = [];
        foreach (var entry in Modified<Group>(db, nameof(Group.Kind)).ToList())
        {
            var (id, was, now) = (entry.Entity.Id, entry.Property(g => g.Kind).OriginalValue, entry.Entity.Kind);
            records.Add(Change.OfGroup(id, SharedAudience(was), SharedAudience(now)));
            var shared = await SharedAsync(db.Annotations.Where(a => a.GroupId == id), db.Snapshots.Where(s => s.GroupId == id), ct);
            records.AddRange(shared.Select(s => s.Moved(s.AudienceIn(was), s.AudienceIn(now))));
        }

        return records;
    }

    // What a silenced person shares is kept from its readers until they speak again. What is kept back otherwise stays so.
    private static async Task<List<Change>> OfSilenceAsync(AnnotatorDb db, CancellationToken ct)
    {
        List<Change> records = [];
        foreach (var entry in Modified<Person>(db, nameof(Person.IsSilenced)).ToList())
        {
            var (id, isSilenced) = (entry.Entity.Id, entry.Entity.IsSilenced);
            var shared = await SharedAsync(
                db.Annotations.Where(a => a.AuthorId == id && a.Moderation == ModerationState.Approved),
                db.Snapshots.Where(s => s.AddedById == id),
                ct);
            var (before, after) = isSilenced ? (Audience.World, Audience.Moderators) : (Audience.Moderators, Audience.World);
            records.Add(Change.OfSilence(id, before, after));
            foreach (var thing in shared.Select(s => s with { AuthorId = id }))
            {
                var spoken = SharedAudience(thing.GroupKind);
                records.Add(isSilenced ? thing.Moved(spoken, Audience.Moderators) : thing.Moved(Audience.Moderators, spoken));
            }
        }

        return records;
    }

    private static Audience SharedAudience(GroupKind kind) => Readership.Of(new Standing { GroupKind = kind }).Audience;

    /// <summary>What is shared, by source and audience.</summary>
    private static async Task<List<SharedThing>> SharedAsync(
        IQueryable<Annotation> annotations, IQueryable<Snapshot> texts, CancellationToken ct)
    {
        var said = await annotations.Where(a => a.Shared && a.Deleted == null)
            .Select(a => new { Annotation = a, a.Group!.Kind, IsHeld = a.Moderation != ModerationState.Approved || a.Author!.IsSilenced })
            .Select(a => new SharedThing(
                ChangeKind.Annotation, a.Annotation.SourceId, a.Annotation.GroupId, a.Kind, a.IsHeld,
                a.IsHeld ? a.Annotation.AuthorId : null))
            .Distinct().ToListAsync(ct);
        var added = await texts.Where(s => s.Shared)
            .Select(s => new SharedThing(
                ChangeKind.Snapshot, s.SourceId, s.GroupId, s.Group!.Kind, s.AddedBy!.IsSilenced, s.AddedById))
            .Distinct().ToListAsync(ct);
        return [.. said, .. added];
    }

    /// <summary>Annotations or texts of one source that have the same readers.</summary>
    /// <param name="AuthorId">Null where the readers do not depend on it.</param>
    private sealed record SharedThing(ChangeKind Kind, Guid SourceId, string GroupId, GroupKind GroupKind, bool IsHeld, Guid? AuthorId)
    {
        /// <summary>Who reads it when its group is of a kind.</summary>
        public Audience AudienceIn(GroupKind kind) => IsHeld ? Audience.Moderators : SharedAudience(kind);

        /// <summary>The record: from one audience to another.</summary>
        public Change Moved(Audience before, Audience after) => Kind is ChangeKind.Annotation
            ? Change.OfAnnotation(ChangeAction.Many, SourceId, null, GroupId, AuthorId, before, after)
            : Change.OfSource(Kind, ChangeAction.Update, SourceId, GroupId, AuthorId, before, after);
    }

    private static IEnumerable<EntityEntry<T>> Modified<T>(AnnotatorDb db, string property)
        where T : class => db.ChangeTracker.Entries<T>().Where(e => e.State is EntityState.Modified && e.Property(property).IsModified);
}
