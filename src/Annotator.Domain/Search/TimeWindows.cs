using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Analysis;

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

    private IndexStatistics? _statistics;

    /// <summary>
    /// Where to begin reading: a query that finds fewer rows than the narrowest window has is read at once, in the last window.
    /// </summary>
    /// <param name="all">As <see cref="BackAsync"/> returns them.</param>
    internal async Task<int> FirstAsync(AnnotatorDb db, IReadOnlyList<TimeWindow> all, IndexCondition condition, CancellationToken ct) =>
        (await StatisticsAsync(db, ct)).RowsOf(condition) < rows ? all.Count - 1 : 0;

    /// <summary>The windows, from the narrowest to the one without limits.</summary>
    /// <param name="stretch">Where to begin, going back in time, and where to end; null for the newest and the oldest.</param>
    internal async Task<IReadOnlyList<TimeWindow>> BackAsync(
        AnnotatorDb db, (DateTimeOffset? Before, DateTimeOffset? After) stretch, CancellationToken ct)
    {
        var statistics = await StatisticsAsync(db, ct);
        var windows = new List<TimeWindow>();
        // The statistics are older than the newest annotations; whatever is newer than they are belongs to the newest window.
        var to = stretch.Before ?? clock.GetUtcNow() + Annotation.MostAhead;
        for (var (window, size) = (0, (double)rows); window < Windows; window++, size *= Widening)
        {
            if (statistics.Back(to, size) is not { } from || from < stretch.After)
                break;
            if (Lexical(from, to) is { } units)
                windows.Add(new TimeWindow(units, size));
        }

        windows.Add(new TimeWindow(stretch.After is { } after ? Lexical(after, to) : null, Math.Max(statistics.Count, 1)));
        return windows;
    }

    private static string? Lexical(DateTimeOffset from, DateTimeOffset to) =>
        TimeLexemes.Cover(from, to) is { Count: > 0 } units ? $"({string.Join(" | ", units.Select(QueryTerm.Quoted))})" : null;

    /// <summary>At most a minute old.</summary>
    internal async Task<IndexStatistics> StatisticsAsync(AnnotatorDb db, CancellationToken ct)
    {
        if (_statistics is { } known && clock.GetElapsedTime(known.Read) < ValidFor)
            return known;
        return _statistics = await IndexStatistics.ReadAsync(db, clock, ct);
    }
}

/// <summary>A stretch of time to search.</summary>
/// <param name="Lexical">The units of time in it, as a <c>tsquery</c>; null for all there is.</param>
/// <param name="Size">Approximate number of annotations in it.</param>
internal sealed record TimeWindow(string? Lexical, double Size);
