using Annotator.Domain.People;

namespace Annotator.Domain.Sources;

/// <summary>That somebody took a source out of every view. What was taken with it, annotations and texts, carries its id.</summary>
public sealed class RemovedSource
{
    public Guid Id { get; private set; }
    public Guid SourceId { get; private set; }

    /// <summary>Null for the operator, and when the person is not known any more.</summary>
    public Guid? RemovedById { get; private set; }
    public Person? RemovedBy { get; private set; }

    /// <summary>Also the time at which the annotations that were taken with it count as deleted.</summary>
    public DateTimeOffset Removed { get; private set; }

    private RemovedSource() { }

    internal static RemovedSource Of(Guid sourceId, Guid? person, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), SourceId = sourceId, RemovedById = person, Removed = now,
    };
}
