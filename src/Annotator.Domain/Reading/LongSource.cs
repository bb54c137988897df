using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Reading;

/// <summary>A source with more annotations than one page shows: what there is of it, without its words.</summary>
internal sealed class LongSource(AnnotatorDb db, Viewer viewer, Guid source)
{
    /// <summary>Annotations that are put in order, the newest. More would take a second for each page; a search finds the rest.</summary>
    private const int Most = 50_000;

    /// <param name="text">The text that is read; null where none is stored.</param>
    /// <param name="query">What it is about is found in the order also where it was deleted or merged into another passage.</param>
    /// <param name="placing">See <see cref="PassagePlacer.TimeBudget"/>.</param>
    /// <returns>The order, and the query with what is in it; null when all of it fits into one window.</returns>
    public async Task<(Outline Outline, SourceQuery Asked)?> ReadAsync(
        Snapshot? text, SourceQuery query, TimeSpan placing, CancellationToken ct)
    {
        var lines = await db.Annotations.VisibleTo(viewer).Where(a => a.SourceId == source)
            .OrderByDescending(a => a.Created).ThenByDescending(a => a.Id)
            .Take(Most)
            .Select(a => new Said(a.Id, a.RootId ?? a.Id, a.PassageId, a.AuthorId, a.Body.Length > 0))
            .ToListAsync(ct);
        if (lines.Count <= SourceReader.SizeBeside(text))
            return null;
        lines.Reverse();
        var threads = lines.GroupBy(l => l.Root).ToList();
        var places = lines.Where(l => l.Id == l.Root).ToDictionary(l => l.Root, l => l.Passage);
        var rootless = threads.Where(t => !places.ContainsKey(t.Key)).ToDictionary(t => t.Key, _ => source);
        foreach (var (thread, passage) in await SourceReader.PlacesOfRootlessAsync(db, viewer, rootless, ct))
            places[thread] = passage;
        var wanted = places.Values.OfType<Guid>().ToHashSet();
        var asked = await KnownAsync(query, lines, wanted, ct);
        var passages = await PassagesAsync(wanted.Concat(asked.Named).ToHashSet(), ct);
        var order = new ReadingOrder(
            text is null ? passages.Select(p => new ReadingOrder.Place(p.Id)) : await PlacedAsync(text, passages, wanted, placing, ct),
            threads.ToLookup(t => places.GetValueOrDefault(t.Key), t => new ReadingOrder.Thread(t.Key, [.. t.Select(l => l.Id)])),
            SourceReader.SizeBeside(text));
        var counts = new ReadingCounts(order.Passages, lines.Count(l => l.HasWords), lines.Select(l => l.Author).Distinct().Count());
        return (new Outline(order, counts, lines.Count), asked);
    }

    /// <summary>
    /// The query with what is in the order for what is not any more: the thread or the passage of a deleted annotation, and the passage
    /// that another was merged into.
    /// </summary>
    private async Task<SourceQuery> KnownAsync(SourceQuery query, List<Said> lines, HashSet<Guid> passages, CancellationToken ct)
    {
        var there = query.Named.ToHashSet();
        there.ExceptWith(passages);
        there.ExceptWith(lines.SelectMany(l => new[] { l.Id, l.Root }));
        if (there.Count == 0)
            return query;
        var gone = there.ToArray();
        var known = await db.Annotations.VisibleOrDeletedTo(viewer)
            .Where(a => a.SourceId == source && (gone.Contains(a.Id) || gone.Contains(a.PassageId!.Value)))
            .Select(a => new { a.Id, a.RootId, a.PassageId })
            .ToListAsync(ct);
        var former = await db.FormerIds.Where(f => gone.Contains(f.Id) && f.SourceId == source && f.PassageId != null)
            .ToDictionaryAsync(f => f.Id, f => f.PassageId, ct);
        return query with
        {
            Around = Present(query.Around),
            Open = query.Open is { } open ? new OpenRange(Present(open.From), Present(open.Until)) : null,
        };

        Guid? Present(Guid? id) => id is not { } old || !there.Contains(old) ? id
            : former.GetValueOrDefault(old)
                ?? (known.Find(a => a.Id == old) is { } deleted ? deleted.RootId ?? deleted.PassageId
                    : known.Exists(a => a.PassageId == old) ? old : null);
    }

    // As PassageOrder, but for passages without a position that share words with another: those stand beside it only in the same window.
    private async Task<List<Quoted>> PassagesAsync(HashSet<Guid> wanted, CancellationToken ct)
    {
        var all = await db.Passages.Where(p => p.SourceId == source)
            .Select(p => new Quoted(p.Id, p.Quote.Start, p.Created, p.ContextOfId))
            .ToListAsync(ct);
        all.RemoveAll(p => !wanted.Contains(p.Id));
        var hidden = await SourceReader.HiddenContextsAsync(db, viewer, all.Select(p => (p.Id, p.Context)), ct);
        return
        [
            .. all.Select(p => hidden.Contains(p.Id) ? p with { Start = null, Context = null } : p)
                .OrderBy(p => p.Start is null)
                .ThenBy(p => p.Start)
                .ThenBy(p => p.Created)
                .ThenBy(p => p.Id),
        ];
    }

    private async Task<IEnumerable<ReadingOrder.Place>> PlacedAsync(
        Snapshot text, List<Quoted> passages, HashSet<Guid> wanted, TimeSpan placing, CancellationToken ct)
    {
        var places = await db.PassagePlaces.AsNoTracking().Where(p => p.SnapshotId == text.Id).ToDictionaryAsync(p => p.PassageId, ct);
        var unsure = passages.FindAll(p => wanted.Contains(p.Id) && (p.Context is not null || !places.ContainsKey(p.Id)))
            .ConvertAll(p => p.Id);
        if (unsure.Count > 0)
        {
            var isOpen = passages.Where(p => p.Context is not null).Select(p => p.Id).ToHashSet();
            var quotes = await db.Passages.AsNoTracking().Where(p => unsure.Contains(p.Id)).ToListAsync(ct);
            var known = quotes.ConvertAll(p => isOpen.Contains(p.Id) ? p : p.WithoutContext());
            foreach (var (passage, place) in await PassagePlacer.PlacesAsync(db, text, known, placing, ct))
                places[passage] = place;
        }

        return passages.Select(p => (p.Id, Place: places.GetValueOrDefault(p.Id)))
            .Select(p => (p.Id, p.Place, Start: p.Place is { Kind: PlacementKind.Exact or PlacementKind.Changed } ? p.Place?.Start : null))
            .OrderBy(p => p.Start is null)
            .ThenBy(p => p.Start)
            .ThenBy(p => p.Place?.End)
            .Select(p => new ReadingOrder.Place(p.Id, p.Start, p.Place is null or { Kind: PlacementKind.Unplaced }));
    }

    private sealed record Said(Guid Id, Guid Root, Guid? Passage, Guid Author, bool HasWords);

    private sealed record Quoted(Guid Id, int? Start, DateTimeOffset Created, Guid? Context);
}
