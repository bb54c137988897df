using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Annotator.Web.Components.Shared;

/// <summary>What the viewer is writing on this page, and the composer to show in its place.</summary>
/// <param name="SourceUrl">The page where everything is written.</param>
public sealed record WritingState(Viewer Viewer, string SourceUrl, WritingTask Task, Guid? Target, RenderFragment? Composer)
{
    /// <summary>The comment that the page was opened for.</summary>
    public Guid? Shown { get; init; }

    /// <summary>The comment that the page is about: it is shown whole, however long it is.</summary>
    public Guid? Whole { get; init; }

    /// <summary>The longest that other comments and quotes are on this page, see <see cref="Folding"/>.</summary>
    public int Most { get; init; } = Folding.Comment;

    /// <summary>The address of the source that the page shows; a comment that came with another one shows its own.</summary>
    public required string? Address { get; init; }

    /// <summary>Whether the source is long: what its page links to may stand in another window.</summary>
    public bool IsWindowed { get; init; }

    /// <summary>What the window begins with, a public id; null in the first and where there is only one.</summary>
    public string? Window { get; init; }

    /// <summary>The address of this page, without what is being written.</summary>
    public string Here => Window is null ? SourceUrl : In(Window);

    /// <summary>The address of a passage, <c>p</c> or <c>m</c>, or an annotation, <c>a</c>, of this source.</summary>
    public string At(string kind, string publicId) => $"{(IsWindowed ? In(publicId) : SourceUrl)}#{kind}-{publicId}";

    /// <summary>The address of a passage for others: it names the passage also to a server, for a preview.</summary>
    public string Shared(string publicId) => $"{In(publicId)}#p-{publicId}";

    private string In(string publicId) => $"{SourceUrl}?in={publicId}";

    public bool Is(WritingTask task, Guid target) => Task == task && Target == target;

    public string Link(WritingTask task, string? target = null) =>
        QueryHelpers.AddQueryString(
            target is null ? Here : SourceUrl, task.ToString().ToLowerInvariant(), target ?? "1") + "#composer";

    /// <summary>What an address asks to write: the first of the tasks that it names.</summary>
    /// <param name="named">The parameters of the tasks, null where the address has none; a note and a quote have no target.</param>
    /// <exception cref="Missing">The target is no public id.</exception>
    public static (WritingTask Task, Guid? Target) Asked(IEnumerable<(WritingTask Task, string? Target)> named)
    {
        var (task, target) = named.FirstOrDefault(n => n.Target is not null);
        return task is WritingTask.Nothing or WritingTask.Note or WritingTask.Quote ? (task, null)
            : (task, PublicId.TryParse(target, out var id) ? id : throw new Missing("annotation"));
    }

    /// <summary>Whether the viewer may write in the public group, where comments that are no replies stand.</summary>
    public bool MayWrite => Viewer.May(Permissions.Write, Standing.Anywhere);

    public bool MayReplyTo(AnnotationView comment) => Viewer.May(Permissions.Write, comment.Standing);

    public bool MayEdit(AnnotationView comment) => Viewer.May(Permissions.Edit, comment.Standing);

    public bool MayDelete(AnnotationView comment) => Viewer.May(Permissions.Delete, comment.Standing);

    public bool MayModerate(AnnotationView comment) => Viewer.May(Permissions.Moderate, comment.Standing);
}

/// <summary>What is being written; also the name of the query parameter that says so.</summary>
public enum WritingTask
{
    Nothing,

    /// <summary>A comment on a passage.</summary>
    Comment,
    Reply,
    Edit,

    /// <summary>A comment on the whole source.</summary>
    Note,

    /// <summary>A new passage.</summary>
    Quote,

    /// <summary>Where a passage stands in the text.</summary>
    Place,
}
