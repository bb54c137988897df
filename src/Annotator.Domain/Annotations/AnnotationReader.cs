using System.Linq.Expressions;
using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>Reads single annotations and their history.</summary>
public sealed class AnnotationReader(IDbContextFactory<AnnotatorDb> databases)
{
    /// <exception cref="NotFound">No such annotation, or the viewer may not see it.</exception>
    public async Task<AnnotationView> FindAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Annotations.VisibleTo(viewer).Where(a => a.Id == id).Select(View(viewer)).FirstOrDefaultAsync(ct)
            ?? throw new NotFound("annotation");
    }

    /// <summary>Earlier states, newest first; the present state is not among them.</summary>
    /// <exception cref="NotFound">No such annotation, or the viewer may not see it.</exception>
    public async Task<IReadOnlyList<RevisionView>> HistoryAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var person = viewer.PersonId;
        var revisions = await db.Annotations.VisibleTo(viewer)
            .Where(a => a.Id == id)
            // What was written for oneself stays private after the annotation is shared.
            .Select(a => a.Revisions.Where(r => r.Shared || a.AuthorId == person)
                .OrderByDescending(r => r.Version)
                .Select(r => new { Revision = r, Quote = db.Passages.Where(p => p.Id == r.PassageId).Select(p => p.Quote.Exact).FirstOrDefault() })
                .ToList())
            .AsNoTracking().FirstOrDefaultAsync(ct);
        return revisions?.ConvertAll(r => RevisionView.Of(r.Revision, r.Quote)) ?? throw new NotFound("annotation");
    }

    /// <summary>The projection from which every view is made.</summary>
    internal static Expression<Func<Annotation, AnnotationView>> View(Viewer viewer)
    {
        var person = viewer.PersonId;
        return a => new AnnotationView
        {
            Id = a.Id,
            SourceId = a.SourceId,
            PassageId = a.PassageId,
            References = a.References,
            Author = new AuthorView(a.AuthorId, a.Author!.Username, a.Author.Authority, a.Author.DisplayName),
            GroupId = a.GroupId,
            Shared = a.Shared,
            Body = a.Body,
            Language = a.Language,
            LanguageGiven = a.LanguageGiven,
            Tags = a.Tags,
            Created = a.Created,
            Updated = a.Updated,
            Version = a.Version,
            IsMine = a.AuthorId == person,
        };
    }
}

/// <summary>An earlier state of an annotation.</summary>
/// <param name="Written">When this state was written.</param>
public sealed record RevisionView(int Version, string Body, string Language, IReadOnlyList<string> Tags, DateTimeOffset Written)
{
    /// <summary>The address of its source as it came; null for a source without one.</summary>
    public string? Uri { get; init; }

    /// <summary>The words that it quoted; null for page notes, replies and passages that are gone.</summary>
    public string? Quote { get; init; }
    public Received Received { get; init; } = Received.Nothing;

    internal static RevisionView Of(Revision revision, string? quote) =>
        new(revision.Version, revision.Body, revision.Language, revision.Tags, revision.Written) { Uri = revision.Uri, Quote = quote, Received = revision.Received };
}
