using System.Linq.Expressions;
using Annotator.Domain.Groups;

namespace Annotator.Domain.Access;

/// <summary>The facts about an annotation, or about the text of a source, that decide who may read and change it.</summary>
public sealed record Standing
{
    /// <summary>The person who wrote the annotation or added the text; null where a permission is asked for a group alone.</summary>
    public Guid? OwnerId { get; init; }
    public string GroupId { get; init; } = Viewer.PublicGroup;
    public GroupKind GroupKind { get; init; }

    /// <summary>False: the owner keeps it to themselves ("Only me").</summary>
    public bool IsShared { get; init; } = true;

    /// <summary>Kept back by moderation: pending, denied, spam or hidden.</summary>
    public bool IsHeld { get; init; }

    /// <summary>The owner is a silenced person: what they share is treated like what is held.</summary>
    public bool IsSilenced { get; init; }
    public bool IsDeleted { get; init; }

    /// <summary>For permissions that are about the whole installation.</summary>
    public static Standing Anywhere { get; } = new();

    /// <summary>For permissions that are about a group: nothing that stands in it yet.</summary>
    public static Standing In(Group group) => new() { GroupId = group.Id, GroupKind = group.Kind };
}

/// <summary>An entity that is read by some and not by others.</summary>
public interface IGuarded<T>
    where T : class, IGuarded<T>
{
    /// <summary>
    /// Its standing: one object initializer of <see cref="Standing"/>, in which the members are columns. <see cref="Visibility"/>
    /// puts these columns into its rule.
    /// </summary>
    public static abstract Expression<Func<T, Standing>> Standing { get; }
}
