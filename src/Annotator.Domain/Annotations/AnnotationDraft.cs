using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;
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

    /// <summary>
    /// The stretch with its surroundings in the text of <see cref="SnapshotId"/>, where not all readers of the annotation read that:
    /// <see cref="Quote"/> has the words only then.
    /// </summary>
    internal Quote? Selected { get; init; }

    /// <summary>The text of <see cref="SnapshotId"/>, in which <see cref="Quote"/>, or <see cref="Selected"/>, has its position.</summary>
    internal SnapshotText? Text { get; init; }

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

    /// <summary>Selectors, further targets and unknown keys that came with it.</summary>
    public Received Received { get; init; } = Received.Nothing;

    /// <summary>Who wrote it elsewhere, and when. Only an import may say that; null for what is written here and now.</summary>
    public Provenance? Provenance { get; init; }
}

/// <summary>Who wrote an imported annotation, and when.</summary>
public sealed record Provenance(Userid Author, string? DisplayName, DateTimeOffset Created, DateTimeOffset Updated);

/// <summary>The new content of an annotation that its author edits.</summary>
/// <param name="Version">The version they started from.</param>
/// <param name="Language">BCP 47 tag; null lets it be detected.</param>
public sealed record AnnotationEdit(int Version, string Body, string? Language, IReadOnlyList<string> Tags, bool Shared)
{
    /// <summary>BCP 47 tag of the passage, from whoever quoted it first; null leaves it as it is.</summary>
    public string? PassageLanguage { get; init; }

    /// <summary>What it is about from now on; null leaves it where it is. A reply stays with what it answers.</summary>
    public NewTarget? Target { get; init; }

    /// <summary>What came with the edit; null keeps what came before, except for the selectors of a target that is left.</summary>
    public Received? Received { get; init; }

    /// <summary>Whether an annotation is already as it asks for.</summary>
    /// <param name="passage">That of the annotation.</param>
    internal bool IsDone(AnnotationContent content, Passage? passage) =>
        this is { Target: null, Received: null }
        && string.Equals(content.Body, Body, StringComparison.Ordinal)
        && string.Equals(content.LanguageGiven ? content.Language : null, Language, StringComparison.Ordinal)
        && content.Shared == Shared
        && content.Tags.SequenceEqual(Tags, StringComparer.Ordinal)
        && (PassageLanguage is null || string.Equals(passage?.Language, PassageLanguage, StringComparison.Ordinal));
}

/// <summary>What an annotation is to be about.</summary>
/// <param name="Source">By what it is called and where it is; null for the source that it is about already.</param>
/// <param name="Quote">Null for the whole source.</param>
public sealed record NewTarget(Citation? Source, Quote? Quote);
