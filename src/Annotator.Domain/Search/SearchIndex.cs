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
    /// <summary>Share of public annotations from which on the index is not asked which ones are.</summary>
    private const double MostlyPublic = 0.5;

    /// <summary>The moments of the filters that every hit fulfils.</summary>
    private DateTimeOffset? Before { get; init; }
    private DateTimeOffset? After { get; init; }

    /// <summary>
    /// Builds the condition of the query together with the rule of visibility for the viewer; nothing is searched yet.
    /// </summary>
    public static async Task<SearchIndex> AskAsync(
        AnnotatorDb db, TimeWindows windows, Viewer viewer, (SearchQuery Query, DateTimeOffset Now) asked, CancellationToken ct)
    {
        var reader = new ConditionReader(db, viewer, asked.Now);
        var condition = asked.Query.Condition is { } wanted ? await reader.ReadAsync(wanted, ct) : IndexCondition.Anything;
        // Where most rows are public, looking each up among those costs more than leaving out the few others afterwards.
        if (!condition.IsPositive || (await windows.StatisticsAsync(db, ct)).ShareOf(AccessLexemes.World) < MostlyPublic)
        {
            var visible = Visibility.Lexical(viewer, await UnmarkedRights.ReadAsync(db, ct));
            condition = IndexCondition.And([condition, IndexCondition.Of(visible)]);
        }

        return new SearchIndex(db, windows, viewer, condition, reader.Parameters)
        {
            Before = Moments(SearchField.Before).Min(),
            After = Moments(SearchField.After).Max(),
        };

        IEnumerable<DateTimeOffset?> Moments(SearchField field) => asked.Query.Filters.Where(f => f.Field == field)
            .Select(f => SearchMoment.TryParse(f.Value, asked.Now, out var moment) ? (DateTimeOffset?)moment : null);
    }

    /// <summary>
    /// The next hits after the cursor, newest first, at most <c>count</c>. The lexemes of a row may be older than the annotation's
    /// present state, so the statement checks each hit with the rule of visibility: counts and suggestions come from these.
    /// </summary>
    public async Task<List<IndexHit>> NewestAsync(int count, Cursor? after, HitParts parts, CancellationToken ct)
    {
        DateTimeOffset? seen = after is not null && after.TryGetTime(out var time) ? time : null;
        var size = await windows.FirstSizeAsync(db, condition, count, ct);
        while (true)
        {
            var window = await windows.BackAsync(db, (new[] { seen, Before }.Min(), After), size, ct);
            var hits = await IndexHit.ReadAsync(db, viewer, InWindow(window.Lexical, after), (count, parts), ct);
            if (hits.Count == count || window.IsLast)
                return hits;
            size = TimeWindows.NextSize(size, hits.Count, count);
        }
    }

    private IQueryable<SearchEntry> InWindow(string? window, Cursor? after)
    {
        var values = new SqlParameters(parameters);
        var asked = window is null ? condition : IndexCondition.And([condition, IndexCondition.Of(window)]);
        var where = asked.Where(values);
        if (after is not null && after.TryGetTime(out var time))
            where += $" and (e.created, e.annotation_id) < ({values.Add(time)}, {values.Add(after.Id)})";
        // The fence (offset 0) makes PostgreSQL use the GIN index: left to itself it walks the newest rows and filters, for seconds. The
        // order inside it makes it look up the annotations of the newest hits, as many as are wanted, and not of all.
        var sql = $"select e.* from annotation_search e where {where} order by e.created desc, e.annotation_id desc offset 0";
        return db.SearchEntries.FromSql(FormattableStringFactory.Create(sql, values.Values));
    }
}
