using Annotator.Domain.Groups;

namespace Annotator.Domain.Access;

/// <summary>What somebody may be allowed to do. It is given when one of the conditions holds.</summary>
/// <param name="Code">The action in <see cref="Kernel.Forbidden"/>, for which the interface has words.</param>
public sealed record Permission(string Code, params Condition[] AnyOf)
{
    internal bool IsGiven(Viewer viewer, Standing on) => Array.Exists(AnyOf, condition => condition(viewer, on));
}

/// <summary>Whether a viewer has some relation to a thing.</summary>
public delegate bool Condition(Viewer viewer, Standing on);

/// <summary>
/// The table of permissions: who may do what with what they see. What somebody does not see is "not there" for them, whatever the
/// permission: writers load it through <see cref="Visibility"/> first.
/// </summary>
public static class Permissions
{
    public static readonly Permission Edit = new("edit", Author);
    public static readonly Permission Delete = new("delete", Author);

    /// <summary>Say which language a passage is in: asked for the standing of the annotation that quoted it first.</summary>
    public static readonly Permission CorrectPassage = new("edit", Author);

    /// <summary>Say where a passage stands in a text: asked for the standing of an annotation on the passage.</summary>
    public static readonly Permission PlacePassage = new("edit", Author);

    /// <summary>Write an annotation or a reply, or add a text: asked for the group that it is to stand in.</summary>
    public static readonly Permission Write = new("write_in_group", AnyoneSignedInWhereOpen, MemberOfGroup);

    /// <summary>Hide, deny, approve, mark as spam or remove what others share: asked for the standing of the annotation.</summary>
    public static readonly Permission Moderate = new("moderate", ModeratorOfGroup, AdministratorUnlessPrivate);

    /// <summary>Correct what is known of a source: asked for the standing of what it was added with.</summary>
    public static readonly Permission CorrectSource = new("correct_source", Author, Administrator);

    /// <summary>Take a source out of every view: asked likewise.</summary>
    public static readonly Permission RemoveSource = new("remove_source", Author, Administrator);

    /// <summary>Remove the text of a source, or change who reads it.</summary>
    public static readonly Permission ChangeText = new("change_text", Author, Administrator);

    /// <summary>Import annotations with the authors that a file names, and make the groups and memberships of these.</summary>
    public static readonly Permission ImportForOthers = new("administrate", Administrator);

    /// <summary>Say that two sources are one, or that one is two.</summary>
    public static readonly Permission JoinSources = new("administrate", Administrator);

    public static readonly Permission RemoveDemo = new("administrate", Administrator);

    /// <summary>Lock, rename and remove accounts, give them passwords, and say who may make one.</summary>
    public static readonly Permission ManageAccounts = new("administrate", Administrator);

    /// <summary>Silence a person, or let them speak again.</summary>
    public static readonly Permission Silence = new("administrate", Administrator);

    private static bool Author(Viewer viewer, Standing on) => viewer.PersonId is not null && viewer.PersonId == on.OwnerId;

    private static bool AnyoneSignedInWhereOpen(Viewer viewer, Standing on) =>
        viewer.PersonId is not null && on.GroupKind is GroupKind.Public or GroupKind.Open;

    private static bool MemberOfGroup(Viewer viewer, Standing on) =>
        viewer.PersonId is not null && viewer.Writes.Contains(on.GroupId, StringComparer.Ordinal);

    private static bool ModeratorOfGroup(Viewer viewer, Standing on) =>
        viewer.PersonId is not null && on.IsShared && viewer.Moderates.Contains(on.GroupId, StringComparer.Ordinal);

    private static bool AdministratorUnlessPrivate(Viewer viewer, Standing on) =>
        viewer.IsAdministrator && on.IsShared && on.GroupKind is not GroupKind.Private;

    private static bool Administrator(Viewer viewer, Standing on) => viewer.IsAdministrator;
}
