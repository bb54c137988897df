using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Reading;

/// <summary>The annotated sources that a viewer can see, page by page.</summary>
public sealed class Library(IDbContextFactory<AnnotatorDb> databases)
{
    public const int PageSize = 20;

    /// <summary>One page of sources, each with what the viewer sees of its commentary.</summary>
    public async Task<Page<SourceCard>> BrowseAsync(Viewer viewer, LibraryQuery query, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var visible = db.Annotations.VisibleTo(viewer);
        var texts = db.Snapshots.VisibleTo(viewer);
        var sources = Matching(db.SourceFactsFor(viewer), visible, query);
        var rows = await After(sources, query).Take(PageSize + 1)
            .Select(s =>
                new SourceRow(
                    s.Id, s.Title, s.Author, s.Language, s.Added, s.LastActivity, s.Uri, s.PublicTitle, texts.Any(t => t.SourceId == s.Id)))
            .ToListAsync(ct);
        var page = rows.Take(PageSize).ToList();
        var next = rows.Count > PageSize ? CursorAt(page[^1], query.Order).ToString() : null;
        var counts = await SourceCounts.ForAsync(db, viewer, [.. page.Select(s => s.Id)], ct);
        // The last annotation of one may have been deleted since the page was read.
        var shown = page.Where(s => s.HasText || counts.ContainsKey(s.Id));
        return new Page<SourceCard>([.. shown.Select(s => Card(s, counts.GetValueOrDefault(s.Id), query.Order))], next);
    }

    /// <summary>How many sources the viewer sees in each language, the commonest first.</summary>
    public async Task<IReadOnlyList<FacetCount>> LanguagesAsync(Viewer viewer, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var languages = await db.SourcesVisibleTo(viewer)
            .GroupBy(s => s.Language)
            .Select(g => new { Language = g.Key, Sources = g.Count() })
            .OrderByDescending(l => l.Sources)
            .ToListAsync(ct);
        return [.. languages.Select(l => new FacetCount(l.Language, l.Sources))];
    }

    /// <summary>The tags used most on what the viewer sees, with the number of annotations that carry them.</summary>
    public async Task<IReadOnlyList<FacetCount>> TagsAsync(Viewer viewer, int limit, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var tags = await db.Annotations.VisibleTo(viewer)
            .SelectMany(a => a.Tags)
            .GroupBy(t => t)
            .Select(g => new { Tag = g.Key, Annotations = g.Count() })
            .OrderByDescending(t => t.Annotations).ThenBy(t => t.Tag)
            .Take(limit)
            .ToListAsync(ct);
        return [.. tags.Select(t => new FacetCount(t.Tag, t.Annotations))];
    }

    /// <inheritdoc cref="OwnFacets"/>
    public Task<LibraryFacets> OwnFacetsAsync(Viewer viewer, CancellationToken ct) => OwnFacets.CountAsync(databases, viewer, ct);

    private static IQueryable<SourceFacts> Matching(
        IQueryable<SourceFacts> visibleSources, IQueryable<Annotation> visible, LibraryQuery query)
    {
        var sources = visibleSources;
        if (query.Language is { } language)
            sources = sources.Where(s => s.Language == language);
        if (query.Tag is not { } tag)
            return sources;
        var tagged = visible.Where(a => a.Tags.Contains(tag)).Select(a => a.SourceId);
        return sources.Where(s => tagged.Contains(s.Id));
    }

    private static IQueryable<SourceFacts> After(IQueryable<SourceFacts> sources, LibraryQuery query)
    {
        var last = Cursor.Parse(query.After);
        if (query.Order is LibraryOrder.Title)
        {
            var ordered = sources.OrderBy(s => s.PublicTitle).ThenBy(s => s.Id);
            return last is null ? ordered
                : ordered.Where(s => s.PublicTitle.CompareTo(last.Key) > 0 || (s.PublicTitle == last.Key && s.Id > last.Id));
        }

        var time = default(DateTimeOffset);
        var isPaged = last is not null && last.TryGetTime(out time);
        if (query.Order is LibraryOrder.Added)
        {
            var added = sources.OrderByDescending(s => s.Added).ThenByDescending(s => s.Id);
            return isPaged ? added.Where(s => s.Added < time || (s.Added == time && s.Id < last!.Id)) : added;
        }

        var active = sources.OrderByDescending(s => s.LastActivity).ThenByDescending(s => s.Id);
        return isPaged ? active.Where(s => s.LastActivity < time || (s.LastActivity == time && s.Id < last!.Id)) : active;
    }

    private static Cursor CursorAt(SourceRow row, LibraryOrder order) => order switch
    {
        LibraryOrder.Title => new Cursor(row.PublicTitle, row.Id),
        LibraryOrder.Added => Cursor.At(row.Added, row.Id),
        _ => Cursor.At(row.LastActivity, row.Id),
    };

    // The time that the page is sorted by: any other would look out of order.
    private static SourceCard Card(SourceRow s, SourceCount? c, LibraryOrder order) => new(
        s.Id, s.Title, s.Author, s.Language, s.Uri, c?.Passages ?? 0, c?.Comments ?? 0, c?.People ?? 0,
        order is LibraryOrder.Added ? s.Added : s.LastActivity);

    private sealed record SourceRow(
        Guid Id,
        string Title,
        string? Author,
        string Language,
        DateTimeOffset Added,
        DateTimeOffset LastActivity,
        string? Uri,
        string PublicTitle,
        bool HasText);
}
