using Annotator.Domain.Kernel;

namespace Annotator.Domain.Annotations;

/// <summary>Who may do what with an annotation that they see.</summary>
public static class Permissions
{
    /// <summary>Edit, delete, or correct the language of what it quotes first.</summary>
    public static bool MayEdit(Viewer viewer, Guid authorId) => viewer.PersonId == authorId;

    public static bool MayReply(Viewer viewer) => viewer.PersonId is not null;

    public static bool MayWriteIn(Viewer viewer, string groupId) =>
        viewer.PersonId is not null && viewer.Groups.Contains(groupId, StringComparer.Ordinal);
}
