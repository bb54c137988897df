using System.Globalization;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Search;

/// <summary>A hit with its score, higher is better.</summary>
internal sealed record RankedHit(Guid Id, int Score);

/// <summary>
/// Cursor of a ranked list: the last hit shown, and an upper bound on the time of creation (<see cref="Top"/>) that freezes the
/// candidates at the first page, so that newer annotations do not shift later pages.
/// </summary>
/// <param name="Top">Just after the creation of the newest hit of the first page.</param>
internal sealed record RankedCursor(Cursor Top, RankedHit Last)
{
    /// <summary>The upper bound for a list that begins with these hits, newest first.</summary>
    public static Cursor TopOf(IReadOnlyList<IndexHit> newest) =>
        Cursor.At(newest is [var first, ..] ? first.Created.AddMicroseconds(1) : default, Guid.Empty);

    /// <returns>Null when the text is no such cursor.</returns>
    public static RankedCursor? Parse(string? after) =>
        Cursor.Parse(after) is { } cursor && cursor.Key.Split('.') is [var ticks, var score]
        && new Cursor(ticks, Guid.Empty) is var top && top.TryGetTime(out _)
        && int.TryParse(score, NumberStyles.None, CultureInfo.InvariantCulture, out var points)
            ? new RankedCursor(top, new RankedHit(cursor.Id, points))
            : null;

    /// <param name="ranked">Best first, equals by id.</param>
    public static (IReadOnlyList<Guid> Page, string? Next) Page(IReadOnlyList<RankedHit> ranked, Cursor top, RankedHit? after, int size)
    {
        var rest = after is { } last ? ranked.Where(h => h.Score < last.Score || (h.Score == last.Score && h.Id > last.Id)) : ranked;
        var hits = rest.Take(size + 1).ToList();
        var shown = hits.Take(size).ToList();
        return (shown.ConvertAll(h => h.Id), hits.Count > size ? new RankedCursor(top, shown[^1]).ToString() : null);
    }

    public override string ToString() =>
        new Cursor(string.Create(CultureInfo.InvariantCulture, $"{Top.Key}.{Last.Score}"), Last.Id).ToString();
}
