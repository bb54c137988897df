namespace Annotator.Domain.Sources;

/// <summary>
/// How much of what is said about a source everybody reads, kept for the library. Triggers of the database make a row, and say that
/// it is not current when an annotation, the kind of a group or a silence changes what it counts; until it is counted anew
/// (<c>SourceCounts.RenewAsync</c>), readers count for themselves.
/// </summary>
public sealed class SourceActivity
{
    public Guid SourceId { get; private set; }

    /// <summary>Passages that an annotation is on.</summary>
    public int Passages { get; private set; }

    /// <summary>Annotations with a body.</summary>
    public int Comments { get; private set; }

    /// <summary>Authors of annotations; zero when there are none.</summary>
    public int People { get; private set; }

    /// <summary>When the newest annotation was created; null when there are none.</summary>
    public DateTimeOffset? Newest { get; private set; }
    public bool IsCurrent { get; private set; }

    private SourceActivity() { }

    internal void Renew(SourceCount count) =>
        (Passages, Comments, People, Newest, IsCurrent) = (count.Passages, count.Comments, count.People, count.Newest, true);
}

/// <summary>The same as somebody reads it.</summary>
public sealed record SourceCount(Guid SourceId, int Passages, int Comments, int People, DateTimeOffset? Newest);
