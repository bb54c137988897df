using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Domain.Search;

/// <summary>Finds annotations by text and filters, newest or best first.</summary>
public sealed class AnnotationSearch(IDbContextFactory<AnnotatorDb> databases, TimeWindows windows, TimeProvider clock)
{
    public const int PageSize = 20;

    /// <summary>
    /// Newest hits that are counted, sorted into facets, and ranked when the best are asked for; beyond that the count reads "500+".
    /// </summary>
    public const int CountedHits = 500;

    /// <summary>Time limit of one SQL statement of a search, whole seconds.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Batch size where all results are streamed.</summary>
    private const int BatchSize = 1_000;

    /// <summary>One page of results; the first with the counts of all filters, when they are wanted.</summary>
    /// <exception cref="Invalid">The field is <c>query</c>: it takes longer than a search may.</exception>
    public Task<SearchResults> FindAsync(Viewer viewer, SearchQuery query, SearchOptions options, CancellationToken ct) =>
        WithTimeoutAsync(async db =>
        {
            var index = await AskAsync(db, viewer, query, ct);
            var parts = options.Order == SearchOrder.Best ? HitParts.ForRanking : HitParts.Facts;
            var counted = options.WithFacets ? await index.NewestAsync(CountedHits + 1, null, parts, ct) : null;
            var (page, next) = options.Order == SearchOrder.Best
                ? await BestAsync(index, query, (RankedCursor.Parse(options.After), counted), ct)
                : await NewestAsync(index, counted, (Cursor.Parse(options.After), PageSize), ct);
            var results = new SearchResults(await RowsAsync(db, viewer, page, ct), next, counted?.Count);
            return counted is null ? results : results with
            {
                Facets = Facets.Of([.. counted.Take(CountedHits)]),
                Named = options.After is null ? await NamedHits.FindAsync(db, viewer, query, ct) : NamedHits.None,
                Suggestion = counted.Count > 0
                    ? null
                    : await new Spelling(db, windows, viewer).SuggestAsync(query, other => FindsAsync(db, viewer, other, ct), ct),
            };
        }, ct);

    /// <summary>How many there are, counted up to <see cref="CountedHits"/> + 1.</summary>
    /// <exception cref="Invalid">The field is <c>query</c>: it takes longer than a search may.</exception>
    public Task<int> CountAsync(Viewer viewer, SearchQuery query, CancellationToken ct) =>
        WithTimeoutAsync(async db =>
        {
            var index = await AskAsync(db, viewer, query, ct);
            return (await index.NewestAsync(CountedHits + 1, null, HitParts.None, ct)).Count;
        }, ct);

    /// <summary>All results, newest first, read batch by batch.</summary>
    public async IAsyncEnumerable<SearchHit> AllAsync(
        Viewer viewer, SearchQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var index = await AskAsync(db, viewer, query, ct);
        Cursor? after = null;
        do
        {
            var (page, next) = await NewestAsync(index, null, (after, BatchSize), ct);
            foreach (var hit in await RowsAsync(db, viewer, page, ct))
                yield return hit;
            after = Cursor.Parse(next);
        } while (after is not null);
    }

    /// <summary>Searches with statements that are cancelled when they take too long.</summary>
    private async Task<T> WithTimeoutAsync<T>(Func<AnnotatorDb, Task<T>> search, CancellationToken ct)
    {
        using var measured = Telemetry.Search();
        await using var db = await databases.CreateDbContextAsync(ct);
        db.Database.SetCommandTimeout(StatementTimeout);
        // Before: no connection in time is not a search that takes too long.
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            return await search(db);
        }
        catch (Exception e) when (IsTimeout(e))
        {
            measured.Failed("takes_too_long");
            throw new Invalid("query", "takes_too_long");
        }
    }

    private static bool IsTimeout(Exception? e) =>
        e is NpgsqlException { InnerException: TimeoutException } || (e is not null && IsTimeout(e.InnerException));

    private Task<SearchIndex> AskAsync(AnnotatorDb db, Viewer viewer, SearchQuery query, CancellationToken ct) =>
        SearchIndex.AskAsync(db, windows, viewer, (query, clock.GetUtcNow()), ct);

    private async Task<bool> FindsAsync(AnnotatorDb db, Viewer viewer, SearchQuery query, CancellationToken ct)
    {
        var index = await AskAsync(db, viewer, query, ct);
        return (await index.NewestAsync(1, null, HitParts.None, ct)).Count > 0;
    }

    private static async Task<(IReadOnlyList<Guid> Page, string? Next)> NewestAsync(
        SearchIndex index, IReadOnlyList<IndexHit>? counted, (Cursor? After, int Size) page, CancellationToken ct)
    {
        var hits = Counted(counted, page) ?? await index.NewestAsync(page.Size + 1, page.After, HitParts.None, ct);
        var shown = hits.Take(page.Size).ToList();
        return (shown.ConvertAll(h => h.Id), hits.Count > page.Size ? Cursor.At(shown[^1].Created, shown[^1].Id).ToString() : null);
    }

    /// <summary>The hits of the page and one more, where counting has read so far; else they must be searched for.</summary>
    private static List<IndexHit>? Counted(IReadOnlyList<IndexHit>? counted, (Cursor? After, int Size) page)
    {
        if (counted is null)
            return null;
        var rest = page.After is not null && page.After.TryGetTime(out var time)
            ? counted.Where(h => h.Created < time || (h.Created == time && h.Id < page.After.Id))
            : counted;
        var hits = rest.Take(page.Size + 1).ToList();
        return hits.Count > page.Size || counted.Count <= CountedHits ? hits : null;
    }

    private static async Task<(IReadOnlyList<Guid> Page, string? Next)> BestAsync(
        SearchIndex index, SearchQuery query, (RankedCursor? After, IReadOnlyList<IndexHit>? Counted) page, CancellationToken ct)
    {
        var after = page.After;
        // Of the first page, counting has read them.
        var newest = after is null && page.Counted is { } counted
            ? counted.Take(CountedHits).ToList()
            : await index.NewestAsync(CountedHits, after?.Top, HitParts.ForRanking, ct);
        var top = after?.Top ?? RankedCursor.TopOf(newest);
        top.TryGetTime(out var now);
        return RankedCursor.Page(new Ranking(query).Order(newest, now), top, after?.Last, PageSize);
    }

    /// <summary>What is shown of the hits, in their order; what was deleted meanwhile or became private is not.</summary>
    private static async Task<IReadOnlyList<SearchHit>> RowsAsync(
        AnnotatorDb db, Viewer viewer, IReadOnlyList<Guid> page, CancellationToken ct)
    {
        var ids = page.ToArray();
        var rows = await db.Annotations.AsNoTracking().VisibleTo(viewer).Where(a => ids.Contains(a.Id))
            .Select(AnnotationRecord.Of(db, viewer))
            .Select(r => new SearchHit(r.Annotation, r.Source, r.Passage))
            .ToDictionaryAsync(h => h.Annotation.Id, ct);
        return [.. page.Where(rows.ContainsKey).Select(id => rows[id])];
    }
}

/// <summary>How the results of a search are wanted.</summary>
public sealed record SearchOptions
{
    public SearchOrder Order { get; init; }

    /// <summary>The cursor of the page before; null for the first page.</summary>
    public string? After { get; init; }

    /// <summary>Whether the hits are counted, in all and by what one may narrow them by.</summary>
    public bool WithFacets { get; init; } = true;
}

/// <summary>What comes first.</summary>
public enum SearchOrder
{
    Newest,
    Best,
}
