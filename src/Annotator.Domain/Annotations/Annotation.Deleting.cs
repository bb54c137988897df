namespace Annotator.Domain.Annotations;

public sealed partial class Annotation
{
    /// <summary>How long a deleted annotation can be restored before it is purged.</summary>
    public static readonly TimeSpan Restorable = TimeSpan.FromHours(24);

    /// <summary>When its author deleted it; null while it stands.</summary>
    public DateTimeOffset? Deleted { get; private set; }

    internal void Delete(DateTimeOffset now) => Deleted ??= now;

    internal void Restore() => Deleted = null;
}
