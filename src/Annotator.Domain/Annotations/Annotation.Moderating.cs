using System.Linq.Expressions;
using Annotator.Domain.Access;
using Annotator.Domain.Groups;

namespace Annotator.Domain.Annotations;

public sealed partial class Annotation : IGuarded<Annotation>
{
    public static Expression<Func<Annotation, Standing>> Standing { get; } = a => new Standing
    {
        OwnerId = a.AuthorId,
        GroupId = a.GroupId,
        GroupKind = a.Group!.Kind,
        IsShared = a.Shared,
        IsHeld = a.Moderation != ModerationState.Approved,
        IsSilenced = a.Author!.IsSilenced,
        IsDeleted = a.Deleted != null,
    };

    public ModerationState Moderation { get; private set; }

    /// <summary>Why a moderator decided so, in their words; null when they gave no reason.</summary>
    public string? ModerationReason { get; private set; }

    internal void Moderate(ModerationState state, string? reason) => (Moderation, ModerationReason) = (state, reason);

    /// <summary>Its readers, apart from silence, which is not written into the search index.</summary>
    internal Readership Readership(Group group) => Access.Readership.Of(new Standing
    {
        OwnerId = AuthorId,
        GroupId = GroupId,
        GroupKind = group.Kind,
        IsShared = Shared,
        IsHeld = Moderation != ModerationState.Approved,
        IsDeleted = Deleted is not null,
    });
}

/// <summary>State of moderation of an annotation in its group. All but <see cref="Approved"/> keep it from readers.</summary>
public enum ModerationState
{
    Approved,

    /// <summary>Waits for a moderator.</summary>
    Pending,

    /// <summary>Was not let in.</summary>
    Denied,
    Spam,

    /// <summary>Was shown, and is not any more.</summary>
    Hidden,

    /// <summary>Was deleted by a moderator. When it is restored, it is hidden.</summary>
    Removed,
}
