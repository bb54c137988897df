using Annotator.Domain.Access;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.People;

namespace Annotator.Domain.Annotations;

/// <summary>
/// What one person says about a passage, about a whole source (a page note: no passage), or in reply to another annotation.
/// Without a body it is a highlight.
/// </summary>
public sealed partial class Annotation
{
    public Guid Id { get; private set; }
    public Guid SourceId { get; private set; }

    /// <summary>Null for page notes and replies.</summary>
    public Guid? PassageId { get; private set; }
    public Passage? Passage { get; private set; }

    /// <summary>The text that its author had before them; null when none is stored.</summary>
    public Guid? SnapshotId { get; private set; }
    public Guid AuthorId { get; private set; }
    public Person? Author { get; private set; }

    /// <summary>Public id of the group it is written in.</summary>
    public string GroupId { get; private set; } = Viewer.PublicGroup;
    public Group? Group { get; private set; }

    /// <summary>False: only the author sees it ("Only me").</summary>
    public bool Shared { get; private set; }

    /// <summary>Markdown.</summary>
    public string Body { get; private set; } = "";

    /// <summary>BCP 47 tag of the body; <c>und</c> when it is not known.</summary>
    public string Language { get; private set; } = "";

    /// <summary>True when a person said which language it is: detection never overwrites that.</summary>
    public bool LanguageGiven { get; private set; }
    public string[] Tags { get; private set; } = [];
    public DateTimeOffset Created { get; private set; }
    public DateTimeOffset Updated { get; private set; }

    /// <summary>The address of its source as it came with the annotation. A source can have several; null when it has none.</summary>
    public string? Uri { get; private set; }

    /// <summary><see cref="Annotations.Received.Selectors"/>.</summary>
    public string? Selectors { get; private set; }

    /// <summary><see cref="Annotations.Received.Extra"/>.</summary>
    public string? Extra { get; private set; }

    /// <summary>The targets after the first, by position.</summary>
    public List<FurtherTarget> FurtherTargets { get; private set; } = [];

    /// <summary>How far the clock of whoever wrote an annotation may be ahead of ours.</summary>
    internal static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);

    private Annotation() { }

    /// <summary>A new annotation, however it is stored: singly or with many.</summary>
    /// <param name="language">The language of the body, given or recognised.</param>
    /// <param name="now">When it is written, unless the draft says when it was.</param>
    internal static Annotation Write(DraftTarget about, Guid authorId, string language, DateTimeOffset now)
    {
        var draft = about.Draft;
        var annotation = new Annotation
        {
            Id = draft.Id,
            References = [.. draft.References],
            RootId = draft.References is [var root, ..] ? root : null,
            AuthorId = authorId,
            GroupId = draft.GroupId,
            Created = draft.Provenance?.Created ?? now,
            Updated = draft.Provenance?.Updated ?? now,
        };
        annotation.Say(new AnnotationContent(
            draft.Body, language, draft.Language is not null, draft.Tags, draft.Shared) { Received = draft.Received });
        annotation.Point(
            new AnnotationTarget(about.Source.Id, about.Passage?.Id, draft.Source?.Uri ?? about.Source.KnownUri, draft.SnapshotId));
        annotation.Cite(about.Unknown);
        return annotation;
    }

    private void Say(AnnotationContent content)
    {
        Body = content.Body;
        Language = content.Language;
        LanguageGiven = content.LanguageGiven;
        Tags = [.. content.Tags];
        Shared = content.Shared;
        (Selectors, Extra) = (content.Received.Selectors, content.Received.Extra);
        if (!FurtherTargets.Select(t => t.Sent).SequenceEqual(content.Received.Targets))
            FurtherTargets = FurtherTarget.Of(Id, content.Received.Targets);
    }

    private void Point(AnnotationTarget target) =>
        (SourceId, PassageId, SnapshotId, Uri) = (target.SourceId, target.PassageId, target.SnapshotId, target.Uri);
}

/// <summary>What an annotation is about. Its author can change it.</summary>
/// <param name="PassageId">Null for page notes and replies.</param>
/// <param name="Uri">The address as it came.</param>
/// <param name="SnapshotId">The text that the author had before them.</param>
internal sealed record AnnotationTarget(Guid SourceId, Guid? PassageId = null, string? Uri = null, Guid? SnapshotId = null);

/// <summary>What an annotation says, as its author can change it.</summary>
internal sealed record AnnotationContent(string Body, string Language, bool LanguageGiven, IReadOnlyList<string> Tags, bool Shared)
{
    public Received Received { get; init; } = Received.Nothing;
}
