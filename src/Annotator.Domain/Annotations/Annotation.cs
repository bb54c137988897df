using Annotator.Domain.Kernel;
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

    /// <summary>The text that its author had before them; null when none is stored.</summary>
    public Guid? SnapshotId { get; private set; }
    public Guid AuthorId { get; private set; }
    public Person? Author { get; private set; }

    /// <summary>Public id of the group it is written in.</summary>
    public string GroupId { get; private set; } = Viewer.PublicGroup;

    /// <summary>False: only the author sees it ("Only me").</summary>
    public bool Shared { get; private set; }

    /// <summary>Markdown.</summary>
    public string Body { get; private set; } = "";

    /// <summary>BCP 47 tag of the body; <c>und</c> when nobody knows.</summary>
    public string Language { get; private set; } = "";

    /// <summary>True when a person said which language it is: detection never overwrites that.</summary>
    public bool LanguageGiven { get; private set; }
    public string[] Tags { get; private set; } = [];
    public DateTimeOffset Created { get; private set; }
    public DateTimeOffset Updated { get; private set; }

    /// <summary>Selectors as received, JSON; null when the passage says it all.</summary>
    public string? Selectors { get; private set; }

    /// <summary>Keys of the received annotation that we have no word for, JSON; handed on unchanged.</summary>
    public string? Extra { get; private set; }

    /// <summary>How far the clock of whoever wrote an annotation may be ahead of ours.</summary>
    internal static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);

    private Annotation() { }

    internal static Annotation Write(Guid id, Placement at, Remark remark, DateTimeOffset created, DateTimeOffset updated) =>
        new()
        {
            Id = id,
            SourceId = at.SourceId,
            PassageId = at.PassageId,
            SnapshotId = at.SnapshotId,
            References = [.. at.References],
            RootId = at.References is [var root, ..] ? root : null,
            AuthorId = at.AuthorId,
            GroupId = at.GroupId,
            Shared = remark.Shared,
            Body = remark.Body,
            Language = remark.Language,
            LanguageGiven = remark.LanguageGiven,
            Tags = [.. remark.Tags],
            Created = created,
            Updated = updated,
        };

    internal Annotation Keeping(string? selectors, string? extra)
    {
        Selectors = selectors;
        Extra = extra;
        return this;
    }
}

/// <summary>Where an annotation stands: on what, by whom, for whom.</summary>
internal sealed record Placement(
    Guid SourceId,
    Guid? PassageId,
    Guid AuthorId,
    string GroupId,
    IReadOnlyList<Guid> References,
    Guid? SnapshotId = null
);

/// <summary>What an annotation says, as its author can change it.</summary>
public sealed record Remark(
    string Body,
    string Language,
    bool LanguageGiven,
    IReadOnlyList<string> Tags,
    bool Shared
);
