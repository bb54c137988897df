using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Reading;

/// <summary>Languages and tags of what one person sees besides what everybody sees.</summary>
internal static class OwnFacets
{
    /// <summary>A source that visitors see too does not count.</summary>
    /// <param name="viewer">Not an administrator, who sees what is held back everywhere.</param>
    public static async Task<LibraryFacets> CountAsync(IDbContextFactory<AnnotatorDb> databases, Viewer viewer, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // Without naming whose and where, all annotations would be read.
        var (person, groups) = (viewer.RequirePerson(), viewer.Reads.Union(viewer.Moderates, StringComparer.Ordinal).ToArray());
        var annotations = db.Annotations.VisibleTo(viewer).HiddenFromVisitors()
            .Where(a => a.AuthorId == person || groups.Contains(a.GroupId));
        var texts = db.Snapshots.VisibleTo(viewer).HiddenFromVisitors()
            .Where(t => t.AddedById == person || groups.Contains(t.GroupId));
        var tags = await annotations.SelectMany(a => a.Tags)
            .GroupBy(t => t)
            .Select(g => new FacetCount(g.Key, g.Count()))
            .ToListAsync(ct);
        var written = annotations.Select(a => a.SourceId).Union(texts.Select(t => t.SourceId));
        var everybodys = db.SourcesVisibleTo(Viewer.Visitor);
        var languages = await db.SourcesVisibleTo(viewer)
            .Where(s => written.Contains(s.Id) && !everybodys.Any(e => e.Id == s.Id))
            .GroupBy(s => s.Language)
            .Select(g => new FacetCount(g.Key, g.Count()))
            .ToListAsync(ct);
        return new LibraryFacets(languages, tags);
    }
}
