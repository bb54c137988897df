using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Components.Shared;

/// <summary>What the viewer is writing on this page, and the composer to show in its place.</summary>
/// <param name="SourceUrl">The page where everything is written.</param>
public sealed record WritingState(Viewer Viewer, string SourceUrl, WritingTask Task, Guid? Target, RenderFragment? Composer)
{
    /// <summary>The comment that the page was opened for.</summary>
    public Guid? Shown { get; init; }

    /// <summary>The address of the source that the page shows; a comment that came with another one shows its own.</summary>
    public required string? Address { get; init; }

    public bool Is(WritingTask task, Guid target) => Task == task && Target == target;

    public string Link(WritingTask task, string? target = null) =>
        $"{SourceUrl}?{task.ToString().ToLowerInvariant()}={target ?? "1"}#composer";

    /// <summary>Whether the viewer may write in the public group, where comments that are no replies stand.</summary>
    public bool MayWrite => Viewer.May(Permissions.Write, Standing.Anywhere);

    public bool MayReplyTo(AnnotationView comment) => Viewer.May(Permissions.Write, comment.Standing);

    public bool MayEdit(AnnotationView comment) => Viewer.May(Permissions.Edit, comment.Standing);

    public bool MayDelete(AnnotationView comment) => Viewer.May(Permissions.Delete, comment.Standing);
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
