using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;

namespace Annotator.Domain.Annotations;

/// <summary>An annotation that is to be written, from a form, an interface or a file.</summary>
public sealed record AnnotationDraft
{
    /// <summary>The id to give it. A draft that is sent twice under one id is stored once.</summary>
    public required Guid Id { get; init; }

    /// <summary>The source by what it is called and where it is; not needed when <see cref="SourceId"/> is given.</summary>
    public Citation? Source { get; init; }
    public Guid? SourceId { get; init; }

    /// <summary>The stretch of the source; null for a page note or a reply.</summary>
    public Quote? Quote { get; init; }

    /// <summary>A passage that is there already, instead of <see cref="Quote"/>.</summary>
    public Guid? PassageId { get; init; }

    /// <summary>The text that the writer has before them. A <see cref="Quote"/> must stand in it.</summary>
    public Guid? SnapshotId { get; init; }

    /// <summary>Root to parent, for a reply.</summary>
    public IReadOnlyList<Guid> References { get; init; } = [];

    /// <summary>Markdown.</summary>
    public string Body { get; init; } = "";

    /// <summary>BCP 47 tag the writer gave; null lets it be detected.</summary>
    public string? Language { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string GroupId { get; init; } = Viewer.PublicGroup;
    public bool Shared { get; init; } = true;

    /// <summary>What only importers know; null for what is written here and now.</summary>
    public Origin? Origin { get; init; }
}

/// <summary>Where an imported annotation comes from.</summary>
/// <param name="Selectors">Selectors as received, JSON.</param>
/// <param name="Extra">Unknown keys as received, JSON.</param>
public sealed record Origin(
    Userid Author,
    string? DisplayName,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    string? Selectors,
    string? Extra
);
