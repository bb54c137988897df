using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Data;

/// <summary>Title, author, language and address of a source as one viewer may see them.</summary>
public sealed record SourceFacts
{
    public required Guid Id { get; init; }

    /// <summary>
    /// What was given in public; else the newest that came with an annotation or a text that the viewer reads; else the address.
    /// </summary>
    public required string Title { get; init; }

    /// <summary><see cref="Source.Title"/>: the same for every viewer, for sorting by an index.</summary>
    public required string PublicTitle { get; init; }

    /// <summary>Likewise; null when the viewer reads nothing that gives one.</summary>
    public required string? Author { get; init; }

    /// <summary>BCP 47 tag.</summary>
    public required string Language { get; init; }
    public required SourceKind Kind { get; init; }
    public required DateTimeOffset Added { get; init; }
    public required DateTimeOffset LastActivity { get; init; }

    /// <summary>An address: the first that was given in public, else the newest that the viewer reads. Null for none.</summary>
    public required string? Uri { get; init; }
}

/// <summary>A title of a source that came with an annotation or a text.</summary>
public sealed record CitedTitle(Guid SourceId, string Title);

/// <summary>
/// The one place that reads titles, authors and addresses of sources for people. What came with private annotations and texts is
/// with these, and read by those who read them.
/// </summary>
public static class VisibleFacts
{
    /// <summary>
    /// The sources that the viewer sees, with what they may know of them. It is one query that can be narrowed and sorted.
    /// </summary>
    public static IQueryable<SourceFacts> SourceFactsFor(this AnnotatorDb db, Viewer viewer) =>
        db.SourceFactsOf(db.SourcesVisibleTo(viewer), viewer);

    /// <param name="sources">Sources that the viewer is known to see.</param>
    internal static IQueryable<SourceFacts> SourceFactsOf(this AnnotatorDb db, IQueryable<Source> sources, Viewer viewer)
    {
        var annotations = db.Annotations.VisibleTo(viewer);
        var texts = db.Snapshots.VisibleTo(viewer);
        return sources.Select(s => new SourceFacts
        {
            Id = s.Id,
            Title = s.TitleGiven
                ? s.Title
                : annotations.Where(a => a.SourceId == s.Id && a.CitedTitle != null)
                    .OrderByDescending(a => a.Created)
                    .Select(a => a.CitedTitle)
                    .FirstOrDefault()
                    ?? texts.Where(t => t.SourceId == s.Id && t.CitedTitle != null)
                        .OrderByDescending(t => t.Added)
                        .Select(t => t.CitedTitle)
                        .FirstOrDefault()
                    ?? s.Title,
            PublicTitle = s.Title,
            Author = s.Author
                ?? annotations.Where(a => a.SourceId == s.Id && a.CitedAuthor != null)
                    .OrderByDescending(a => a.Created)
                    .Select(a => a.CitedAuthor)
                    .FirstOrDefault()
                ?? texts.Where(t => t.SourceId == s.Id && t.CitedAuthor != null)
                    .OrderByDescending(t => t.Added)
                    .Select(t => t.CitedAuthor)
                    .FirstOrDefault(),
            Language = s.Language,
            Kind = s.Kind,
            Added = s.Added,
            LastActivity = s.LastActivity,
            Uri = s.Uris.Where(u => u.IsPublic).OrderBy(u => u.Added).Select(u => u.Uri).FirstOrDefault()
                // Of a source without an address, all annotations would be read for one.
                ?? (s.Uris.Count == 0
                    ? null
                    : annotations.Where(a => a.SourceId == s.Id && a.Uri != null)
                        .OrderByDescending(a => a.Created)
                        .Select(a => a.Uri)
                        .FirstOrDefault()
                        ?? texts.Where(t => t.SourceId == s.Id && t.Uri != null)
                            .OrderByDescending(t => t.Added)
                            .Select(t => t.Uri)
                            .FirstOrDefault()),
        });
    }

    /// <summary>Titles that were given privately, as the viewer may read them, newest first; a source can have several.</summary>
    public static IQueryable<CitedTitle> TitlesCitedFor(this AnnotatorDb db, Viewer viewer)
    {
        var (annotations, texts) = PrivatelyFor(db, viewer);
        return annotations
            .Where(a => a.CitedTitle != null)
            .Select(a => new { a.SourceId, Title = a.CitedTitle!, At = a.Created })
            .Concat(texts.Where(t => t.CitedTitle != null).Select(t => new { t.SourceId, Title = t.CitedTitle!, At = t.Added }))
            .OrderByDescending(t => t.At)
            .Select(t => new CitedTitle(t.SourceId, t.Title));
    }

    /// <summary>Sources with a privately given title that the viewer may read and that matches the pattern.</summary>
    /// <param name="pattern">For ILIKE, escaped by a backslash.</param>
    public static IQueryable<Guid> SourcesCitedFor(this AnnotatorDb db, Viewer viewer, string pattern)
    {
        var (annotations, texts) = PrivatelyFor(db, viewer);
        return annotations.Where(a => EF.Functions.ILike(a.CitedTitle!, pattern, "\\")).Select(a => a.SourceId)
            .Concat(texts.Where(t => EF.Functions.ILike(t.CitedTitle!, pattern, "\\")).Select(t => t.SourceId));
    }

    /// <summary>Sources with a privately given address that the viewer may read and that matches the pattern.</summary>
    /// <param name="pattern">For ILIKE, escaped by a backslash.</param>
    public static IQueryable<Guid> SourcesAddressedFor(this AnnotatorDb db, Viewer viewer, string pattern)
    {
        var (annotations, texts) = PrivatelyFor(db, viewer);
        return annotations.Where(a => EF.Functions.ILike(a.Uri!, pattern, "\\")).Select(a => a.SourceId)
            .Concat(texts.Where(t => EF.Functions.ILike(t.Uri!, pattern, "\\")).Select(t => t.SourceId));
    }

    /// <summary>
    /// What the viewer reads of what was written privately: their own and their groups'. Without this, all annotations would be read for
    /// the few that give something that not everybody knows.
    /// </summary>
    private static (IQueryable<Annotation> Annotations, IQueryable<Snapshot> Texts) PrivatelyFor(AnnotatorDb db, Viewer viewer)
    {
        var (annotations, texts) = (db.Annotations.VisibleTo(viewer), db.Snapshots.VisibleTo(viewer));
        if (viewer.IsOperator)
            return (annotations, texts);
        var (person, groups) = (viewer.PersonId, viewer.Reads.ToArray());
        return (
            annotations.Where(a => a.AuthorId == person || groups.Contains(a.GroupId)),
            texts.Where(t => t.AddedById == person || groups.Contains(t.GroupId)));
    }

    /// <summary>
    /// The addresses of a source for the viewer: the public ones; where there are none, those given privately that the viewer may
    /// read.
    /// </summary>
    public static async Task<IReadOnlyList<string>> SourceUrisAsync(this AnnotatorDb db, Viewer viewer, Guid sourceId, CancellationToken ct)
    {
        var uris = await db.SourceUris.Where(u => u.SourceId == sourceId && u.IsPublic)
            .OrderBy(u => u.Added)
            .Select(u => u.Uri)
            .ToListAsync(ct);
        return uris.Count > 0
            ? uris
            : await db.SourceFactsFor(viewer).Where(s => s.Id == sourceId && s.Uri != null).Select(s => s.Uri!).ToListAsync(ct);
    }
}
