using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Analysis;

namespace Annotator.Domain.Search;

/// <summary>
/// Spans of time that a search reads one after the other, newest first, until one of them has as many hits as are wanted, so that a
/// frequent word costs the same in a larger store. A span is as long as it takes: its length follows from the share of annotations
/// that have the words, by PostgreSQL's statistics first (<c>pg_stats</c>), then by the hits of the span before.
/// </summary>
/// <param name="rows">Approximate number of annotations in the narrowest span.</param>
public sealed class TimeWindows(TimeProvider clock, int rows = 1_024)
{
    /// <summary>How many times the wanted hits a span shall hold: those that the viewer does not see are among them.</summary>
    private const double Reserve = 1.5;

    /// <summary>
    /// A search that finds fewer entries than this many times <c>rows</c> reads all of them at once: a span would save nothing.
    /// </summary>
    private const int AtOnce = 2;

    /// <summary>How many times as many annotations the next span has: what few hits foretell is uncertain.</summary>
    private const double LeastGrowth = 2;
    private const double MostGrowth = 16;

    private static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(1);

    private IndexStatistics? _statistics;

    /// <summary>About how many annotations the first span to read shall have; infinite for all there are.</summary>
    /// <param name="wanted">Number of hits.</param>
    internal async Task<double> FirstSizeAsync(AnnotatorDb db, IndexCondition condition, int wanted, CancellationToken ct)
    {
        var statistics = await StatisticsAsync(db, ct);
        var found = statistics.RowsOf(condition);
        return found < AtOnce * rows ? double.PositiveInfinity : Math.Max(rows, Reserve * wanted * statistics.Count / found);
    }

    /// <summary>About how many annotations the next span shall have, after one that had too few hits.</summary>
    internal static double NextSize(double size, int found, int wanted) =>
        size * Math.Clamp(Reserve * wanted / Math.Max(found, 1), LeastGrowth, MostGrowth);

    /// <summary>A span of about so many annotations, going back in time.</summary>
    /// <param name="stretch">Where to begin and where to end; null for the newest and the oldest.</param>
    internal async Task<TimeWindow> BackAsync(
        AnnotatorDb db, (DateTimeOffset? Before, DateTimeOffset? After) stretch, double size, CancellationToken ct)
    {
        // The statistics are older than the newest annotations; whatever is newer than they are belongs to each span from now on.
        var to = stretch.Before ?? clock.GetUtcNow() + Annotation.MostAhead;
        var from = (await StatisticsAsync(db, ct)).Back(to, size);
        if (from is { } start && !(start < stretch.After) && Lexical(start, to) is { } units)
            return new TimeWindow(units, IsLast: false);
        return new TimeWindow(stretch.After is { } after ? Lexical(after, to) : null, IsLast: true);
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
/// <param name="IsLast">Whether nothing is older that is searched for.</param>
internal sealed record TimeWindow(string? Lexical, bool IsLast);
