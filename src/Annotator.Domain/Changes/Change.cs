using System.Linq.Expressions;
using Annotator.Domain.Access;

namespace Annotator.Domain.Changes;

/// <summary>
/// One record of the change log: that something was written, by whom, and who could see it before and after. It is stored in the
/// transaction that writes, and carries ids only. It outlives what it is about, so that nothing deleted need be read to make sense of it.
/// </summary>
public sealed class Change
{
    /// <summary>
    /// Ascending in the order of asking for an id, not of committing: a smaller id may appear after a larger one.
    /// <see cref="ChangeListener"/> reads by <see cref="Xact"/> for that reason.
    /// </summary>
    public long Id { get; private set; }

    /// <summary>The transaction that wrote it, as PostgreSQL counts them (<c>xid8</c>).</summary>
    public ulong Xact { get; private set; }

    /// <summary>When the transaction began, by the clock of the database.</summary>
    public DateTimeOffset At { get; private set; }
    public ChangeKind Kind { get; private set; }
    public ChangeAction Action { get; private set; }

    /// <summary>The source whose page shows it; null for what concerns a person.</summary>
    public Guid? SourceId { get; private set; }

    /// <summary>The other source of <see cref="ChangeAction.Merge"/> and <see cref="ChangeAction.Part"/>; else null.</summary>
    public Guid? OtherSourceId { get; private set; }

    /// <summary>Null for several annotations at once (<see cref="ChangeAction.Many"/>) and for what is no annotation.</summary>
    public Guid? AnnotationId { get; private set; }

    /// <summary>Public id of the group it was written in; null outside of groups.</summary>
    public string? GroupId { get; private set; }

    /// <summary>The author of the annotation or text, or the person it is about; null for several.</summary>
    public Guid? AuthorId { get; private set; }

    /// <summary>What its writer called the window or program it was written from; null when nobody said so.</summary>
    public string? ClientId { get; private set; }
    public Audience SeenBefore { get; private set; }
    public Audience SeenAfter { get; private set; }

    private Change() { }

    /// <summary>A record of one annotation, or of several of one source.</summary>
    /// <param name="annotationId">Null for several at once (<see cref="ChangeAction.Many"/>).</param>
    /// <param name="before">Who could see it before; <see cref="Audience.Nobody"/> for a new one.</param>
    /// <param name="after">Who can see it now; <see cref="Audience.Nobody"/> for a deleted one.</param>
    public static Change OfAnnotation(
        ChangeAction action, Guid sourceId, Guid? annotationId, string groupId, Guid? authorId, Audience before, Audience after) =>
        new()
        {
            Kind = ChangeKind.Annotation,
            Action = action,
            SourceId = sourceId,
            AnnotationId = annotationId,
            GroupId = groupId,
            AuthorId = authorId,
            SeenBefore = before,
            SeenAfter = after,
        };

    /// <summary>A source, a text, a passage or its place.</summary>
    public static Change OfSource(
        ChangeKind kind, ChangeAction action, Guid sourceId, string? groupId, Guid? authorId, Audience before, Audience after) =>
        new()
        {
            Kind = kind,
            Action = action,
            SourceId = sourceId,
            GroupId = groupId,
            AuthorId = authorId,
            SeenBefore = before,
            SeenAfter = after,
        };

    /// <summary>
    /// That two sources became one or one became two, a record for each: the pages of both are others now, whoever reads them.
    /// </summary>
    /// <param name="action"><see cref="ChangeAction.Merge"/> or <see cref="ChangeAction.Part"/>.</param>
    /// <param name="from">The source that went into the other, or from which addresses were taken.</param>
    /// <param name="into">The source that has the annotations now.</param>
    public static IReadOnlyList<Change> OfTwoSources(ChangeAction action, Guid from, Guid into)
    {
        return [Of(from, into), Of(into, from)];

        Change Of(Guid source, Guid other) => new()
        {
            Kind = ChangeKind.Source,
            Action = action,
            SourceId = source,
            OtherSourceId = other,
            SeenBefore = Audience.World,
            SeenAfter = action is ChangeAction.Merge && source == from ? Audience.Nobody : Audience.World,
        };
    }

    /// <summary>That a person joined a group or left it.</summary>
    public static Change OfMembership(ChangeAction action, string groupId, Guid personId) =>
        new()
        {
            Kind = ChangeKind.Membership,
            Action = action,
            GroupId = groupId,
            AuthorId = personId,
            SeenBefore = Audience.Author,
            SeenAfter = Audience.Author,
        };

    /// <summary>That a person is called otherwise.</summary>
    public static Change OfPerson(Guid personId) =>
        new()
        {
            Kind = ChangeKind.Person,
            Action = ChangeAction.Update,
            AuthorId = personId,
            SeenBefore = Audience.World,
            SeenAfter = Audience.World,
        };

    /// <summary>That a person is silenced or speaks again.</summary>
    /// <param name="before">Of what they share where everybody reads.</param>
    public static Change OfSilence(Guid personId, Audience before, Audience after) =>
        new() { Kind = ChangeKind.Silence, Action = ChangeAction.Update, AuthorId = personId, SeenBefore = before, SeenAfter = after };

    /// <summary>That a group is of another kind.</summary>
    /// <param name="before">Of what is shared in it.</param>
    public static Change OfGroup(string groupId, Audience before, Audience after) =>
        new() { Kind = ChangeKind.Group, Action = ChangeAction.Update, GroupId = groupId, SeenBefore = before, SeenAfter = after };

    /// <summary>Whether the viewer could see it before or can see it after; only they are notified of it.</summary>
    public bool IsSeenBy(Viewer viewer) => Includes(SeenBefore, viewer) || Includes(SeenAfter, viewer);

    /// <summary>The same as <see cref="IsSeenBy"/>, for queries.</summary>
    internal static Expression<Func<Change, bool>> SeenBy(Viewer viewer)
    {
        var person = viewer.PersonId;
        var (reads, moderates, isAdministrator) = (viewer.Reads.ToArray(), viewer.Moderates.ToArray(), viewer.IsAdministrator);
        return c => c.SeenBefore == Audience.World || c.SeenAfter == Audience.World
            || ((c.SeenBefore == Audience.Group || c.SeenAfter == Audience.Group) && reads.Contains(c.GroupId))
            || ((c.SeenBefore == Audience.Moderators || c.SeenAfter == Audience.Moderators)
                && (isAdministrator || moderates.Contains(c.GroupId)))
            || (person != null && c.AuthorId == person
                && (c.SeenBefore == Audience.Author
                    || c.SeenAfter == Audience.Author
                    || c.SeenBefore == Audience.Moderators
                    || c.SeenAfter == Audience.Moderators));
    }

    internal Change From(string? clientId)
    {
        ClientId = clientId;
        return this;
    }

    // Whether the group is private is not in the record: administrators are signalled changes that moderation holds in any group,
    // and then read with their own rights.
    private bool Includes(Audience audience, Viewer viewer) =>
        new Readership(audience, GroupId ?? "", AuthorId, IsGroupPrivate: false).Includes(viewer);
}
