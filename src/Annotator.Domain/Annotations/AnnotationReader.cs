using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>Reads single annotations and their history.</summary>
public sealed class AnnotationReader(IDbContextFactory<AnnotatorDb> databases)
{
    /// <exception cref="Missing">No such annotation, or the viewer may not see it.</exception>
    public async Task<AnnotationView> FindAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Annotations.VisibleTo(viewer).Where(a => a.Id == id).Views(db, viewer).FirstOrDefaultAsync(ct)
            ?? throw new Missing("annotation");
    }

    /// <summary>The annotation with all that belongs to it.</summary>
    /// <exception cref="Missing">No such annotation, or the viewer may not see it.</exception>
    public async Task<AnnotationRecord> RecordAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Annotations.VisibleTo(viewer).Where(a => a.Id == id).RecordAsync(db, viewer, ct) ?? throw new Missing("annotation");
    }

    /// <summary>
    /// Whether an annotation says this, or said it before it was edited. Other words that come under its id would be lost unseen.
    /// </summary>
    internal async Task<bool> HasSaidAsync(Viewer viewer, AnnotationView annotation, string body, CancellationToken ct) =>
        string.Equals(annotation.Body, body, StringComparison.Ordinal)
        || (annotation.Version > 1
            && (await HistoryAsync(viewer, annotation.Id, ct)).Any(r => string.Equals(r.Body, body, StringComparison.Ordinal)));

    /// <summary>Earlier states on one page of a history.</summary>
    public const int HistoryPage = 50;

    /// <summary>Earlier states, newest first, at most <see cref="HistoryPage"/>; the present state is not among them.</summary>
    /// <exception cref="Missing">No such annotation, or the viewer may not see it.</exception>
    public Task<IReadOnlyList<RevisionView>> HistoryAsync(Viewer viewer, Guid id, CancellationToken ct) =>
        HistoryAsync(viewer, id, int.MaxValue, ct);

    /// <param name="before">Only states with a smaller <see cref="RevisionView.Version"/>: those after a page of the history.</param>
    /// <exception cref="Missing">No such annotation, or the viewer may not see it.</exception>
    public async Task<IReadOnlyList<RevisionView>> HistoryAsync(Viewer viewer, Guid id, int before, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var person = viewer.PersonId;
        var revisions = await db.Annotations.VisibleTo(viewer)
            .Where(a => a.Id == id)
            // What was written for oneself stays private after the annotation is shared.
            .Select(a => new { a.AuthorId, Earlier = a.Revisions.Where(r => r.Version < before && (r.Shared || a.AuthorId == person))
                .OrderByDescending(r => r.Version)
                .Take(HistoryPage)
                .Select(r => new
                {
                    Revision = r, Quote = db.Passages.Where(p => p.Id == r.PassageId).Select(p => p.Quote.Exact).FirstOrDefault(),
                })
                .ToList() })
            .AsNoTracking().FirstOrDefaultAsync(ct);
        return revisions?.Earlier.ConvertAll(r =>
            RevisionView.Of(r.Revision, r.Quote, AnnotationRecord.Redacted(r.Revision.Received, viewer, revisions.AuthorId)))
            ?? throw new Missing("annotation");
    }
}

/// <summary>A state of an annotation.</summary>
/// <param name="Written">When this state was written.</param>
public sealed record RevisionView(int Version, string Body, string Language, IReadOnlyList<string> Tags, DateTimeOffset Written)
{
    /// <summary>The address of its source as it came; null for a source without one.</summary>
    public string? Uri { get; init; }

    /// <summary>The words that it quoted; null for page notes, replies and passages that are gone.</summary>
    public string? Quote { get; init; }
    public Received Received { get; init; } = Received.Nothing;

    /// <summary>The present state, to be compared with the earlier ones.</summary>
    public static RevisionView Of(AnnotationRecord now) =>
        new(now.Annotation.Version, now.Annotation.Body, now.Annotation.Language, now.Annotation.Tags, now.Annotation.Updated)
        {
            Uri = now.Annotation.Uri,
            Quote = now.Passage?.Exact,
            Received = now.Received,
        };

    internal static RevisionView Of(Revision revision, string? quote, Received received) =>
        new(
            revision.Version, revision.Body, revision.Language, revision.Tags, revision.Written)
            {
                Uri = revision.Uri, Quote = quote, Received = received,
            };
}
