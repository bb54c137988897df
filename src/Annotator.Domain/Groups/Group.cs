namespace Annotator.Domain.Groups;

/// <summary>People who annotate together: what is shared is shared in one group.</summary>
public sealed class Group
{
    /// <summary>The public id, as in Hypothesis: <c>__world__</c> or a short random text.</summary>
    public string Id { get; private set; } = "";
    public string Name { get; private set; } = "";
    public GroupKind Kind { get; private set; }
    public DateTimeOffset Created { get; private set; }

    /// <summary>The kind has changed between private and not private, and rows of the search index still say the old one.</summary>
    public bool IsReindexing { get; private set; }

    private Group() { }

    /// <summary>A new group without members.</summary>
    /// <param name="id">At most <see cref="Kernel.Limits.GroupId"/> characters.</param>
    public static Group Create(string id, string name, GroupKind kind, DateTimeOffset now) =>
        new() { Id = id, Name = name, Kind = kind, Created = now };

    /// <summary>
    /// Changes the kind. Between private and any other kind the search index is marked for rewriting (<see cref="IsReindexing"/>).
    /// </summary>
    public void Become(GroupKind kind)
    {
        IsReindexing |= (kind is GroupKind.Private) != (Kind is GroupKind.Private);
        Kind = kind;
    }
}

/// <summary>Who reads and who writes in a group.</summary>
public enum GroupKind
{
    /// <summary>The group of everybody: all read, who is signed in writes. There is one.</summary>
    Public,

    /// <summary>All read, who is signed in writes.</summary>
    Open,

    /// <summary>All read, members write.</summary>
    Restricted,

    /// <summary>Members read and write.</summary>
    Private,
}

/// <summary>What a member may do in a group.</summary>
public enum GroupRole
{
    Member,

    /// <summary>Decides what of the group is shown.</summary>
    Moderator,

    /// <summary>Moderates, and decides who belongs to the group.</summary>
    Owner,
}

/// <summary>That a person belongs to a group.</summary>
public sealed class Membership
{
    public string GroupId { get; private set; } = "";
    public Guid PersonId { get; private set; }
    public GroupRole Role { get; private set; }
    public DateTimeOffset Since { get; private set; }

    private Membership() { }

    /// <summary>A new membership, to be added to the context.</summary>
    public static Membership Of(Guid personId, string groupId, DateTimeOffset now, GroupRole role = GroupRole.Member) =>
        new() { GroupId = groupId, PersonId = personId, Role = role, Since = now };

    /// <summary>Gives the member another role.</summary>
    public void Become(GroupRole role) => Role = role;
}
