using System.Runtime.CompilerServices;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Search;

/// <summary>The newest annotations that a viewer sees and a query finds, read from the index window by window.</summary>
internal sealed class SearchIndex(AnnotatorDb db, TimeWindows windows, Viewer viewer, IndexCondition condition, SqlParameters parameters)
{
    /// <summary>
    /// Rows that are read at least in a further round, when some hits before turned out not to be visible any more.
    /// </summary>
    private const int ReadAgain = 100;

    /// <summary>The moments of the filters that every hit fulfils.</summary>
    private DateTimeOffset? Before { get; init; }
    private DateTimeOffset? After { get; init; }

    /// <summary>
    /// Builds the condition of the query together with the rule of visibility for the viewer; nothing is searched yet.
    /// </summary>
    public static async Task<SearchIndex> AskAsync(
        AnnotatorDb db, TimeWindows windows, Viewer viewer, (SearchQuery Query, DateTimeOffset Now) asked, CancellationToken ct)
    {
        var unmarked = await UnmarkedRights.ReadAsync(db, ct);
        var reader = new ConditionReader(db, viewer, asked.Now);
        var condition = asked.Query.Condition is { } wanted ? await reader.ReadAsync(wanted, ct) : IndexCondition.Anything;
        var visible = IndexCondition.Of(Visibility.Lexical(viewer, unmarked));
        return new SearchIndex(db, windows, viewer, IndexCondition.And([condition, visible]), reader.Parameters)
        {
            Before = Moments(SearchField.Before).Min(),
            After = Moments(SearchField.After).Max(),
        };

        IEnumerable<DateTimeOffset?> Moments(SearchField field) => asked.Query.Filters.Where(f => f.Field == field)
            .Select(f => SearchMoment.TryParse(f.Value, asked.Now, out var moment) ? (DateTimeOffset?)moment : null);
    }

    /// <summary>
    /// The next hits after the cursor, newest first, at most <c>count</c>. The lexemes of a row may be older than the annotation's
    /// present state, so each hit is checked once more with the rule of visibility: counts and suggestions come from these.
    /// </summary>
    public async Task<List<IndexHit>> NewestAsync(int count, Cursor? after, HitParts parts, CancellationToken ct)
    {
        var found = new List<IndexHit>();
        for (var last = after; ;)
        {
            var wanted = found.Count == 0 ? count : Math.Max(count - found.Count, ReadAgain);
            var hits = await MatchingAsync(wanted, last, parts, ct);
            found.AddRange(await VisibleAsync(hits, parts, ct));
            if (found.Count >= count || hits.Count < wanted)
                return found.Count > count ? found[..count] : found;
            last = Cursor.At(hits[^1].Created, hits[^1].Id);
        }
    }

    private async Task<IEnumerable<IndexHit>> VisibleAsync(List<IndexHit> hits, HitParts parts, CancellationToken ct)
    {
        if (hits.Count == 0)
            return hits;
        var ids = hits.ConvertAll(h => h.Id);
        var annotations = db.Annotations.VisibleTo(viewer).Where(a => ids.Contains(a.Id));
        if (parts is HitParts.None)
        {
            var visible = await annotations.Select(a => a.Id).ToHashSetAsync(ct);
            return hits.Where(h => visible.Contains(h.Id));
        }

        // In the same statement as the check: reading the same rows once more would cost as much again.
        var facts = await HitFacts.ReadAsync(db, viewer, annotations, ct);
        return hits.Where(h => facts.ContainsKey(h.Id)).Select(h => h with { Facts = facts[h.Id] });
    }

    private async Task<List<IndexHit>> MatchingAsync(int count, Cursor? after, HitParts parts, CancellationToken ct)
    {
        DateTimeOffset? seen = after is not null && after.TryGetTime(out var time) ? time : null;
        var all = await windows.BackAsync(db, (new[] { seen, Before }.Min(), After), ct);
        for (var i = 0; ;)
        {
            var hits = await InWindow(all[i].Lexical, after, parts).Take(count).ToListAsync(ct);
            if (hits.Count == count || i == all.Count - 1)
                return hits;
            i = Next(all, i, hits.Count, count);
        }
    }

    /// <summary>The next window to read. Windows that, by the hits found so far, are unlikely to hold enough of them are skipped.</summary>
    private static int Next(IReadOnlyList<TimeWindow> all, int last, int found, int wanted)
    {
        var next = last + 1;
        while (next < all.Count - 1 && (found + 0.5) * all[next].Size / all[last].Size < 1.5 * wanted)
            next++;
        return next;
    }

    private IQueryable<IndexHit> InWindow(string? window, Cursor? after, HitParts parts)
    {
        var withWords = parts is HitParts.ForRanking;
        var values = new SqlParameters(parameters);
        var asked = window is null ? condition : IndexCondition.And([condition, IndexCondition.Of(window)]);
        var where = asked.Where(values);
        if (after is not null && after.TryGetTime(out var time))
            where += $" and (e.created, e.annotation_id) < ({values.Add(time)}, {values.Add(after.Id)})";
        // The fence makes PostgreSQL use the GIN index: left to itself it walks the newest rows and filters, for seconds.
        var sql = $"select e.* from annotation_search e where {where} offset 0";
        return db.SearchEntries.FromSql(FormattableStringFactory.Create(sql, values.Values)).AsNoTracking()
            .OrderByDescending(e => e.Created).ThenByDescending(e => e.AnnotationId)
            .Select(e => new IndexHit(e.AnnotationId, e.Created, withWords ? e.Words : ""));
    }
}
