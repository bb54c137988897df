using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Analysis;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Search;

/// <summary>
/// Spans of time that a search reads one after the other, newest first, so that a frequent word costs the same in a larger store:
/// the newest few thousand annotations first, all of them last. Their sizes are estimated from PostgreSQL's statistics
/// (<c>pg_stats</c>, histogram of <c>created</c>).
/// </summary>
/// <param name="rows">Approximate number of annotations in the first window.</param>
public sealed class TimeWindows(TimeProvider clock, int rows = 4_096)
{
    private const int Widening = 8;
    private const int Windows = 3;

    private static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(1);

    private Spread? _spread;

    /// <summary>The windows, from the narrowest to the one without limits.</summary>
    /// <param name="stretch">Where to begin, going back in time, and where to end; null for the newest and the oldest.</param>
    internal async Task<IReadOnlyList<TimeWindow>> BackAsync(
        AnnotatorDb db, (DateTimeOffset? Before, DateTimeOffset? After) stretch, CancellationToken ct)
    {
        var spread = await SpreadAsync(db, ct);
        var windows = new List<TimeWindow>();
        // The statistics are older than the newest annotations; whatever is newer than they are belongs to the newest window.
        var to = stretch.Before ?? clock.GetUtcNow() + Annotation.MostAhead;
        for (var (window, size) = (0, (double)rows); window < Windows; window++, size *= Widening)
        {
            if (spread.Back(to, size) is not { } from || from < stretch.After)
                break;
            if (Lexical(from, to) is { } units)
                windows.Add(new TimeWindow(units, size));
        }

        windows.Add(new TimeWindow(stretch.After is { } after ? Lexical(after, to) : null, Math.Max(spread.Count, 1)));
        return windows;
    }

    private static string? Lexical(DateTimeOffset from, DateTimeOffset to) =>
        TimeLexemes.Cover(from, to) is { Count: > 0 } units ? $"({string.Join(" | ", units.Select(QueryTerm.Quoted))})" : null;

    private async Task<Spread> SpreadAsync(AnnotatorDb db, CancellationToken ct)
    {
        if (_spread is { } known && clock.GetElapsedTime(known.Read) < ValidFor)
            return known;
        var bounds = await db.Database.SqlQuery<DateTimeOffset>(
            $"""
            select unnest(histogram_bounds::text::timestamptz[]) as "Value" from pg_stats
            where schemaname = current_schema() and tablename = 'annotation_search' and attname = 'created'
            """).ToArrayAsync(ct);
        var count = await db.Database
            .SqlQuery<float>($"""select reltuples as "Value" from pg_class where oid = 'annotation_search'::regclass""")
            .SingleAsync(ct);
        return _spread = new Spread(clock.GetTimestamp(), bounds, count);
    }

    /// <summary>How annotations are spread over time.</summary>
    /// <param name="Read">Timestamp of the clock.</param>
    /// <param name="Bounds">
    /// Bounds of the histogram, ascending: about equally many annotations between each two. Empty before the first ANALYZE.
    /// </param>
    /// <param name="Count">Approximate number of all annotations.</param>
    private sealed record Spread(long Read, DateTimeOffset[] Bounds, double Count)
    {
        /// <summary>The time since which about <c>count</c> annotations were written; null when there are hardly more than that.</summary>
        public DateTimeOffset? Back(DateTimeOffset to, double size)
        {
            if (Bounds.Length < 2)
                return null;
            var place = Array.BinarySearch(Bounds, to);
            var bin = Count / (Bounds.Length - 1);
            var first = (place < 0 ? ~place : place) - (int)Math.Ceiling(size / bin);
            return first > 0 && first < Bounds.Length ? Bounds[first] : null;
        }
    }
}

/// <summary>A stretch of time to search.</summary>
/// <param name="Lexical">The units of time in it, as a <c>tsquery</c>; null for all there is.</param>
/// <param name="Size">Approximate number of annotations in it.</param>
internal sealed record TimeWindow(string? Lexical, double Size);
