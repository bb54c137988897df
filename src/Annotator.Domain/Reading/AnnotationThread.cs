using Annotator.Domain.Annotations;

namespace Annotator.Domain.Reading;

/// <summary>A comment and the replies to it, oldest first, in one flat list: each reply names whom it answers.</summary>
/// <param name="Id">Id of the root.</param>
/// <param name="Root">Null when the root is deleted or hidden from the viewer and only replies are left.</param>
public sealed record AnnotationThread(Guid Id, AnnotationView? Root, IReadOnlyList<AnnotationView> Replies)
{
    public IEnumerable<AnnotationView> All => Root is null ? Replies : Replies.Prepend(Root);

    /// <summary>Whom a reply answers, when that is not the root.</summary>
    public AnnotationView? AnsweredBy(AnnotationView reply) =>
        reply.ParentId == Id ? null : Replies.FirstOrDefault(r => r.Id == reply.ParentId);

    /// <summary>Sorts annotations into threads, in the order in which the threads begin.</summary>
    public static IEnumerable<AnnotationThread> Gather(IReadOnlyList<AnnotationView> views) =>
        views.GroupBy(v => v.RootId)
            .Select(g => new AnnotationThread(g.Key, g.FirstOrDefault(v => !v.IsReply), [.. g.Where(v => v.IsReply)]));
}
