namespace Annotator.Domain.Groups;

/// <summary>A circle of people who read each other's annotations. The public group is read by everybody.</summary>
public sealed class Group
{
    /// <summary>The public id, as in Hypothesis: <c>__world__</c> or a short random text.</summary>
    public string Id { get; private set; } = "";
    public string Name { get; private set; } = "";
    public DateTimeOffset Created { get; private set; }

    private Group() { }

    public static Group Called(string id, string name, DateTimeOffset now) =>
        new() { Id = id, Name = name, Created = now };
}

/// <summary>That a person belongs to a group.</summary>
public sealed class Membership
{
    public string GroupId { get; private set; } = "";
    public Guid PersonId { get; private set; }
    public DateTimeOffset Since { get; private set; }

    private Membership() { }

    public static Membership Of(Guid personId, string groupId, DateTimeOffset now) =>
        new() { GroupId = groupId, PersonId = personId, Since = now };
}
