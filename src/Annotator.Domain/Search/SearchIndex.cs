using System.Diagnostics;
using System.Runtime.CompilerServices;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Domain.Search;

/// <summary>What the index knows of a hit.</summary>
/// <param name="Words">Its folded words (<see cref="Analysis.AnalyzedText.Words"/>); empty unless they were asked for.</param>
internal sealed record IndexHit(Guid Id, DateTimeOffset Created, string Words);

/// <summary>The newest annotations that a viewer sees and a query finds, read from the index window by window.</summary>
internal sealed class SearchIndex(AnnotatorDb db, TimeWindows windows, IndexCondition condition, SqlParameters parameters)
{
    /// <summary>Of database time for one search.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly string? _lexical = condition.Lexical;
    private readonly string _sql = condition.Sql is null ? "" : $" and {condition.Sql}";

    /// <summary>Reads the query as the viewer may ask it.</summary>
    public static async Task<SearchIndex> AskAsync(AnnotatorDb db, TimeWindows windows, Viewer viewer, (SearchQuery Query, DateTimeOffset Now) asked, CancellationToken ct)
    {
        var reader = new ConditionReader(db, viewer, asked.Now);
        var condition = asked.Query.Condition is { } wanted ? await reader.ReadAsync(wanted, ct) : IndexCondition.Anything;
        var visible = new IndexCondition(Visibility.Lexical(viewer), null);
        return new SearchIndex(db, windows, IndexCondition.And([visible, condition]), reader.Parameters);
    }

    /// <summary>Up to so many hits, newest first, from behind the cursor.</summary>
    /// <exception cref="Invalid">The field is <c>query</c>: it takes longer than a search may.</exception>
    public async Task<List<IndexHit>> NewestAsync(int count, Cursor? after, bool withWords, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        DateTimeOffset? before = after is not null && after.TryGetTime(out var time) ? time : null;
        foreach (var window in await windows.BeforeAsync(db, before, ct))
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
                break;
            try
            {
                var hits = await InWindow(window, before is null ? null : after, withWords).Take(count).ToListAsync(ct);
                if (hits.Count == count || window is null)
                    return hits;
            }
            catch (Exception e) when (IsTimeout(e))
            {
                break;
            }
        }

        throw new Invalid("query", "takes_too_long");
    }

    /// <summary>The context with the time that a search may take; longer statements are cancelled.</summary>
    public static void Limit(AnnotatorDb db) => db.Database.SetCommandTimeout(Patience);

    private IQueryable<IndexHit> InWindow(string? window, Cursor? after, bool withWords)
    {
        var values = new SqlParameters(parameters);
        var lexical = values.Add(window is null ? _lexical! : $"{_lexical} & {window}");
        var further = "";
        if (after is not null && after.TryGetTime(out var time))
            further = $" and (e.created, e.annotation_id) < ({values.Add(time)}, {values.Add(after.Id)})";
        // The fence makes PostgreSQL use the GIN index: left to itself it walks the newest rows and filters, for seconds.
        var sql = $"select e.* from annotation_search e where e.tokens @@ {lexical}::tsquery{_sql}{further} offset 0";
        return db.SearchEntries.FromSql(FormattableStringFactory.Create(sql, values.Values)).AsNoTracking()
            .OrderByDescending(e => e.Created).ThenByDescending(e => e.AnnotationId)
            .Select(e => new IndexHit(e.AnnotationId, e.Created, withWords ? e.Words : ""));
    }

    private static bool IsTimeout(Exception e) =>
        e is NpgsqlException { InnerException: TimeoutException } or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }
        || (e.InnerException is { } inner && IsTimeout(inner));
}
