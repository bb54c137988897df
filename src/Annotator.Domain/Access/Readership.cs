using Annotator.Domain.Groups;

namespace Annotator.Domain.Access;

/// <summary>Which readers something has, apart from the operator of the installation.</summary>
public enum Audience
{
    /// <summary>It is deleted.</summary>
    Nobody,

    /// <summary>It is not shared: its author.</summary>
    Author,

    /// <summary>
    /// Moderation keeps it back: its author and the moderators of its group, and administrators where the group is not private.
    /// </summary>
    Moderators,

    /// <summary>It is shared in a private group: its members.</summary>
    Group,

    /// <summary>It is shared in a group that everybody reads.</summary>
    World,
}

/// <summary>
/// The readers of an annotation or a text in its present state: the rule of visibility in memory. Change records keep the audience
/// before and after, so that a change is signalled only to those who could see it or can see it.
/// </summary>
public sealed record Readership(Audience Audience, string GroupId, Guid? OwnerId, bool IsGroupPrivate)
{
    /// <summary>The readers that the standing gives.</summary>
    public static Readership Of(Standing standing) =>
        new(AudienceOf(standing), standing.GroupId, standing.OwnerId, standing.GroupKind is GroupKind.Private);

    /// <summary>Whether the viewer belongs to the audience.</summary>
    public bool Includes(Viewer viewer)
    {
        if (viewer.IsOperator)
            return Audience is Audience.Moderators or Audience.Group or Audience.World;
        var isOwner = viewer.PersonId is not null && viewer.PersonId == OwnerId;
        return Audience switch
        {
            Audience.World => true,
            Audience.Group => viewer.Reads.Contains(GroupId, StringComparer.Ordinal),
            Audience.Moderators =>
                isOwner || viewer.Moderates.Contains(GroupId, StringComparer.Ordinal) || (viewer.IsAdministrator && !IsGroupPrivate),
            Audience.Author => isOwner,
            _ => false,
        };
    }

    /// <summary>
    /// The rule as lexemes: those that a row of the search index carries, and that <see cref="Visibility.Lexical"/> matches.
    /// </summary>
    /// <remarks>Silenced persons are not written into rows: the question leaves them out.</remarks>
    internal IEnumerable<string> Lexemes() => Audience switch
    {
        Audience.World => [AccessLexemes.World, AccessLexemes.For(GroupId)],
        Audience.Group => [AccessLexemes.For(GroupId)],
        Audience.Moderators =>
            [AccessLexemes.HeldIn(GroupId), AccessLexemes.In(GroupId), .. Owner(), .. IsGroupPrivate ? [] : (string[])[AccessLexemes.Held]],
        Audience.Author => [AccessLexemes.Private, AccessLexemes.In(GroupId), .. Owner()],
        _ => [],
    };

    private IEnumerable<string> Owner() => OwnerId is { } owner ? [AccessLexemes.Only(owner)] : [];

    private static Audience AudienceOf(Standing standing) => standing switch
    {
        { IsDeleted: true } => Audience.Nobody,
        { IsShared: false } => Audience.Author,
        { IsHeld: true } or { IsSilenced: true } => Audience.Moderators,
        { GroupKind: GroupKind.Private } => Audience.Group,
        _ => Audience.World,
    };
}
