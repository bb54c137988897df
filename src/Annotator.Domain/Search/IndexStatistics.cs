using Annotator.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Search;

/// <summary>
/// What PostgreSQL knows of the index of annotations since its last ANALYZE (<c>pg_stats</c>); before the first one, nothing.
/// </summary>
/// <param name="Read">When it was read, as a timestamp of the clock.</param>
/// <param name="Count">Approximate number of all annotations.</param>
internal sealed record IndexStatistics(long Read, double Count)
{
    /// <summary>
    /// Bounds of the histogram of creation, ascending: about equally many annotations between each two. Empty before the first ANALYZE.
    /// </summary>
    private List<DateTimeOffset> Bounds { get; init; } = [];

    /// <summary>Shares of all rows that the commonest lexemes are in, 0 to 1.</summary>
    private Dictionary<string, double> Shares { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The share of the rarest of them: no other lexeme has more.</summary>
    private double Least { get; init; } = 1;

    public static async Task<IndexStatistics> ReadAsync(AnnotatorDb db, TimeProvider clock, CancellationToken ct)
    {
        var bounds = await db.Database.SqlQuery<DateTimeOffset>(
            $"""
            select unnest(histogram_bounds::text::timestamptz[]) as "Value" from pg_stats
            where schemaname = current_schema() and tablename = 'annotation_search' and attname = 'created'
            """).ToListAsync(ct);
        var count = await db.Database
            .SqlQuery<float>($"""select reltuples as "Value" from pg_class where oid = 'annotation_search'::regclass""")
            .SingleAsync(ct);
        // The last two of the frequencies are their least and their greatest.
        var shares = await db.Database.SqlQuery<LexemeShare>(
            $"""
            select lexeme as "Lexeme", share::float8 as "Share" from pg_stats,
                unnest(most_common_elems::text::text[], most_common_elem_freqs) as common (lexeme, share)
            where schemaname = current_schema() and tablename = 'annotation_search' and attname = 'tokens' and lexeme is not null
            """).ToDictionaryAsync(s => s.Lexeme, s => s.Share, StringComparer.Ordinal, ct);
        return new IndexStatistics(clock.GetTimestamp(), count)
        {
            Bounds = bounds, Shares = shares, Least = shares.Values.DefaultIfEmpty(1).Min(),
        };
    }

    /// <summary>
    /// The time since which about <c>size</c> annotations were written; null when there are hardly more than that. Between two bounds
    /// they are taken to be spread evenly.
    /// </summary>
    public DateTimeOffset? Back(DateTimeOffset to, double size)
    {
        if (Bounds.Count < 2)
            return null;
        var between = Count / (Bounds.Count - 1);
        var place = PlaceOf(to) - size / between;
        if (place <= 0)
            return null;
        var first = Math.Min((int)place, Bounds.Count - 2);
        return Bounds[first] + (Bounds[first + 1] - Bounds[first]) * (place - first);
    }

    // Whole number: how many bounds are older; fraction: how far it is to the next.
    private double PlaceOf(DateTimeOffset moment)
    {
        var next = Bounds.FindIndex(b => b > moment);
        if (next <= 0)
            return next < 0 ? Bounds.Count - 1 : 0;
        return next - 1 + (moment - Bounds[next - 1]) / (Bounds[next] - Bounds[next - 1]);
    }

    /// <summary>The share of rows that a lexeme is in, 0 to 1; 0 for one that is not among the commonest.</summary>
    public double ShareOf(string lexeme) => Shares.GetValueOrDefault(lexeme);

    /// <summary>About how many rows the index gives for a condition, at most.</summary>
    public double RowsOf(IndexCondition condition) => Count * condition.ShareBy(l => Shares.GetValueOrDefault(l, Least));

    /// <summary>The words among the commonest lexemes, commonest first: neither stems nor filters.</summary>
    public List<string> CommonWords() =>
        [.. Shares.Where(s => s.Key is not ([':', ..] or ['~', ..])).OrderByDescending(s => s.Value).Select(s => s.Key)];

    private sealed record LexemeShare(string Lexeme, double Share);
}
