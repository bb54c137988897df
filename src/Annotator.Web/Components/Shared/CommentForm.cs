using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;

namespace Annotator.Web.Components.Shared;

/// <summary>What the composer sends.</summary>
public sealed class CommentForm
{
    private static readonly char[] TagSeparators = [',', '，', '、', ';', '；', '،', '\n'];

    /// <summary>Public id that the new comment will have: sending the form twice stores it once.</summary>
    public string Id { get; set; } = "";

    /// <summary>The version that is being edited; 0 for a new comment.</summary>
    public int Version { get; set; }
    public string? Quote { get; set; }

    /// <summary>Where the quote stands in the text, in Unicode code points.</summary>
    public int? Start { get; set; }
    public int? End { get; set; }

    /// <summary>Public id of the text that the writer has before them.</summary>
    public string? Snapshot { get; set; }
    public string? Body { get; set; }

    /// <summary>BCP 47 tag; empty lets it be detected.</summary>
    public string? Language { get; set; }

    /// <summary>BCP 47 tag of the passage, where the writer may correct it.</summary>
    public string? PassageLanguage { get; set; }

    /// <summary>Tags divided by commas.</summary>
    public string? Tags { get; set; }
    public bool OnlyMe { get; set; }

    public static CommentForm New(TimeProvider clock) => new() { Id = PublicId.Of(PublicId.New(clock)) };

    public static CommentForm Editing(AnnotationView annotation) =>
        new()
        {
            Id = annotation.PublicId,
            Version = annotation.Version,
            Body = annotation.Body,
            Language = annotation.LanguageGiven ? annotation.Language : null,
            Tags = string.Join(", ", annotation.Tags),
            OnlyMe = !annotation.Shared,
        };

    public IReadOnlyList<string> TagList =>
        (Tags ?? "").Split(TagSeparators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public AnnotationDraft ToDraft() =>
        new()
        {
            Id = PublicId.TryParse(Id, out var id) ? id : throw new Invalid("id", "not_an_id"),
            Body = Body ?? "",
            Language = Language,
            Tags = TagList,
            Shared = !OnlyMe,
            SnapshotId = PublicId.TryParse(Snapshot, out var snapshot) ? snapshot : null,
        };

    /// <param name="target">The passage that is commented, or the annotation that is answered.</param>
    public AnnotationDraft ToDraft(Guid source, WritingTask task, Guid? target)
    {
        var draft = ToDraft() with { SourceId = source };
        return task switch
        {
            WritingTask.Comment => draft with { PassageId = target },
            WritingTask.Reply => draft with { References = [target!.Value] },
            WritingTask.Quote => draft with { Quote = new Quote(Quote ?? "", Start: Start, End: End) },
            _ => draft,
        };
    }

    public AnnotationEdit ToEdit() => new(Version, Body ?? "", Language, TagList, !OnlyMe);
}
