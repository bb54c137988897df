using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Passages;
using Annotator.Domain.Reading;
using Annotator.Domain.Search.Analysis;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Search;

/// <summary>Finds annotations by text and filters, newest first.</summary>
public sealed class AnnotationSearch(IDbContextFactory<AnnotatorDb> databases)
{
    public const int PageSize = 20;

    /// <summary>Rows read at a time where all results are wanted.</summary>
    private const int BatchSize = 1_000;

    /// <summary>Hits that are counted and sorted into facets; beyond that the count reads "2,000+".</summary>
    public const int CountedHits = 2_000;

    /// <summary>One page of results with the counts of all filters.</summary>
    public async Task<SearchResults> FindAsync(Viewer viewer, SearchQuery query, string? after, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var hits = await Newest(Matching(db, viewer, query))
            .Select(a => new Hit(a.Id, a.Created, a.Language, a.Tags, a.SourceId, a.Author!.Username))
            .Take(CountedHits + 1).ToListAsync(ct);
        var (found, next) = await PageAsync(db, viewer, query, hits, (after, PageSize), ct);
        return new SearchResults(found, next, hits.Count, await Facets.CountAsync(db, hits.Take(CountedHits).ToList(), ct));
    }

    /// <summary>All results, newest first, read page by page.</summary>
    public async IAsyncEnumerable<SearchHit> AllAsync(Viewer viewer, SearchQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        string? after = null;
        do
        {
            var (found, next) = await PageAsync(db, viewer, query, null, (after, BatchSize), ct);
            foreach (var hit in found)
                yield return hit;
            after = next;
        } while (after is not null);
    }

    // The index knows which characters follow each other, not where: a hit is shown when its text has the words as typed.
    private static async Task<(IReadOnlyList<SearchHit> Found, string? Next)> PageAsync(
        AnnotatorDb db, Viewer viewer, SearchQuery query, IReadOnlyList<Hit>? counted, (string? After, int Size) page, CancellationToken ct)
    {
        var found = new List<SearchHit>();
        var doubtful = Findable(query).Where(t => t.IsApproximate).ToList();
        var cursor = Cursor.Parse(page.After);
        while (true)
        {
            var ids = IdsAfter(cursor, counted, page.Size);
            var matching = ids is null ? After(cursor, Matching(db, viewer, query)) : Among(ids, db, viewer);
            var rows = await RowsAsync(db, viewer, Newest(matching).Take(page.Size + 1), ct);
            foreach (var row in rows)
            {
                if (found.Count == page.Size)
                    return (found, cursor!.ToString());
                cursor = Cursor.At(row.Annotation.Created, row.Annotation.Id);
                if (doubtful.TrueForAll(row.Has))
                    found.Add(row);
            }

            // Of the hits that were counted some may be gone by now: fewer rows do not mean that there are no more.
            if (rows.Count == 0 || (ids?.Count ?? rows.Count) <= page.Size)
                return (found, null);
        }
    }

    /// <summary>The hits of the next page and one more, where counting has read so far; else they must be searched for.</summary>
    private static List<Guid>? IdsAfter(Cursor? cursor, IReadOnlyList<Hit>? counted, int size)
    {
        if (counted is null)
            return null;
        var rest = cursor is not null && cursor.TryGetTime(out var time)
            ? counted.Where(h => h.Created < time || (h.Created == time && h.Id < cursor.Id))
            : counted;
        var ids = rest.Take(size + 1).Select(h => h.Id).ToList();
        return ids.Count > size || counted.Count <= CountedHits ? ids : null;
    }

    private static IQueryable<Annotation> Among(List<Guid> ids, AnnotatorDb db, Viewer viewer) =>
        db.Annotations.AsNoTracking().VisibleTo(viewer).Where(a => ids.Contains(a.Id));

    private static IQueryable<Annotation> After(Cursor? cursor, IQueryable<Annotation> matching) =>
        cursor is not null && cursor.TryGetTime(out var time)
            ? matching.Where(a => a.Created < time || (a.Created == time && a.Id < cursor.Id))
            : matching;

    private static IOrderedQueryable<Annotation> Newest(IQueryable<Annotation> annotations) =>
        annotations.OrderByDescending(a => a.Created).ThenByDescending(a => a.Id);

    private static Task<List<SearchHit>> RowsAsync(AnnotatorDb db, Viewer viewer, IQueryable<Annotation> page, CancellationToken ct)
    {
        var views = AnnotationReader.View(viewer);
        return (
            from view in page.Select(views)
            join source in db.Sources on view.SourceId equals source.Id
            join p in db.Passages on view.PassageId equals p.Id into passages
            from passage in passages.DefaultIfEmpty()
            orderby view.Created descending, view.Id descending
            select new SearchHit(
                view,
                new FoundSource(source.Id, source.Title, source.Language),
                passage == null ? null : new FoundPassage(passage.Id, passage.Quote.Exact, passage.Language))
        ).ToListAsync(ct);
    }

    private static IQueryable<Annotation> Matching(AnnotatorDb db, Viewer viewer, SearchQuery query)
    {
        var annotations = db.Annotations.AsNoTracking().VisibleTo(viewer);
        var terms = Findable(query);
        if (terms.Count == 0 && query.Terms.Count > 0 && query.Filters.Count == 0)
            return annotations.Where(a => false);
        // Tags are in the index like all the text; what it finds for a tag, the filter looks at again.
        var lexemes = terms.Concat(query.Values(SearchField.Tag).Select(t => Analyzer.Query(t))).SelectMany(t => t.Lexemes).Distinct(StringComparer.Ordinal).ToList();
        if (lexemes.Count > 0)
        {
            var tsquery = string.Join(" & ", lexemes.Select(SearchEntry.Quoted));
            // The fence makes PostgreSQL use the GIN index: left to itself it walks the newest rows and filters, for seconds.
            var entries = db.SearchEntries.FromSql($"select * from annotation_search where tokens @@ {tsquery}::tsquery offset 0");
            annotations = annotations.Where(a => entries.Any(e => e.AnnotationId == a.Id));
        }

        return query.Filters.Aggregate(annotations, (narrowed, filter) => Narrowed(db, narrowed, filter));
    }

    /// <summary>Signs alone are in no index. Without this they would match every row, and all rows would be read to find none.</summary>
    private static IReadOnlyList<QueryTerm> Findable(SearchQuery query) =>
        [.. query.Terms.Select(t => Analyzer.Query(t)).Where(t => !t.IsEmpty)];

    private static IQueryable<Annotation> Narrowed(AnnotatorDb db, IQueryable<Annotation> annotations, SearchFilter filter)
    {
        var value = filter.Value;
        switch (filter.Field)
        {
            case SearchField.Tag:
#pragma warning disable CA1304, CA1311, CA1862 // PostgreSQL does it, by the rules of the collation.
                return annotations.Where(a => a.Tags.Any(t =>
                    EF.Functions.Collate(t, AnnotatorDb.ReadersOrder).ToLower() == EF.Functions.Collate(value, AnnotatorDb.ReadersOrder).ToLower()));
#pragma warning restore CA1304, CA1311, CA1862
            case SearchField.Lang:
                var language = LanguageTag.TryParse(value, out var tag) ? tag.Value : value;
                var wider = language + "-";
                return annotations.Where(a => a.Language == language || a.Language.StartsWith(wider));
            case SearchField.User:
                var name = value.StartsWith("acct:", StringComparison.OrdinalIgnoreCase) ? value[5..] : value;
                var at = name.IndexOf('@', StringComparison.Ordinal);
                var key = Userid.Key(at < 0 ? name : name[..at]);
                var authority = at < 0 ? null : name[(at + 1)..].ToLowerInvariant();
                return annotations.Where(a => a.Author!.NameKey == key && (authority == null || a.Author.Authority == authority));
            default:
                // Sources never have one of Hypothesis' older ids, which any word of 20 letters could be.
                if (value.Length == 22 && PublicId.TryParse(value, out var id))
                    return annotations.Where(a => a.SourceId == id);
                var pattern = $"%{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
                return annotations.Where(a => db.Sources.Any(s => s.Id == a.SourceId
                    && (EF.Functions.ILike(s.Title, pattern, "\\") || s.Uris.Any(u => EF.Functions.ILike(u.Uri, pattern, "\\")))));
        }
    }
}
