namespace Annotator.Domain.Annotations;

public sealed partial class Annotation
{
    /// <summary>How long a deleted annotation can be restored before it is purged.</summary>
    public static readonly TimeSpan Restorable = TimeSpan.FromHours(24);

    /// <summary>When its author deleted it, or when it was removed with its source; null while it stands.</summary>
    public DateTimeOffset? Deleted { get; private set; }

    /// <summary>The removal of its source that took it along (<see cref="Sources.RemovedSource"/>); null otherwise.</summary>
    public Guid? RemovalId { get; private set; }

    internal void Delete(DateTimeOffset now) => Deleted ??= now;

    internal void Restore() => Deleted = null;
}
