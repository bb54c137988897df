using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>
/// Whether a draft quotes a passage that is there already, or the same words in another place. In a text that is at hand the places
/// decide; elsewhere what the quotes say (<see cref="Quote.IsCompatibleWith"/>).
/// </summary>
internal sealed class PassageSameness(AnnotatorDb db)
{
    private readonly Dictionary<Guid, PassagePlace> _places = [];
    private readonly HashSet<(Guid Source, string Exact)> _repeated = [];

    /// <summary>Reads what is known of the passages that have the words of drafts.</summary>
    public async Task LoadAsync(
        IReadOnlyList<(AnnotationDraft Draft, Guid Source, IReadOnlyList<Passage> Alike)> quoting, CancellationToken ct)
    {
        foreach (var (draft, _, alike) in quoting.Where(q => q.Draft.Text is not null && q.Alike.Count > 0))
        {
            var passages = alike.Select(p => p.Id).ToArray();
            var places = await db.PassagePlaces.AsNoTracking()
                .Where(p => p.SnapshotId == draft.SnapshotId && passages.Contains(p.PassageId)).ToListAsync(ct);
            places.ForEach(p => _places[p.PassageId] = p);
        }

        var bare = quoting.Where(q => q.Draft is { Text: null, Quote.IsBare: true })
            .Select(q => (q.Source, q.Draft.Quote!.Exact)).ToHashSet();
        if (bare.Count == 0)
            return;
        var sources = bare.Select(b => b.Source).Distinct().ToArray();
        var everybodys = db.Snapshots.VisibleTo(Viewer.Visitor);
        var withText = await everybodys.Where(s => sources.Contains(s.SourceId)).Select(s => s.SourceId).Distinct().ToListAsync(ct);
        foreach (var (source, exact) in bare.Where(b => withText.Contains(b.Source)))
        {
            // As PostgreSQL counts.
            var length = exact.EnumerateRunes().Count();
            var standing = await everybodys.Where(s => s.SourceId == source)
                .OrderByDescending(s => s.Added)
                .Select(s => (s.Text.Length - s.Text.Replace(exact, "").Length) / length)
                .FirstAsync(ct);
            if (standing > 1)
                _repeated.Add((source, exact));
        }
    }

    /// <summary>Which of the passages with the words of a draft it quotes.</summary>
    /// <param name="alike">The passages of its source that have its words.</param>
    public List<Passage> Same(AnnotationDraft draft, Guid source, IReadOnlyList<Passage> alike)
    {
        var quote = draft.Quote!;
        if (draft.Text is { } text && (draft.Selected ?? quote) is { Start: { } start, End: { } end })
            return [.. alike.Where(p => PlaceOf(p, text) is var (from, to) && from < end && start < to)];
        var same = alike.Where(p => p.Quote.IsCompatibleWith(quote)).ToList();
        // Words that stand in several places are those of none: whoever quotes them alone is not taken to mean what somebody marked.
        return quote.IsBare && (_repeated.Contains((source, quote.Exact)) || same.Count(p => !p.PublicQuote.IsBare) > 1)
            ? same.FindAll(p => p.PublicQuote.IsBare)
            : same;
    }

    private (int Start, int End)? PlaceOf(Passage passage, SnapshotText text)
    {
        if (_places.GetValueOrDefault(passage.Id) is { Kind: not PlacementKind.Unplaced } known)
            return known.Kind is PlacementKind.WholeSource ? null : (known.Start, known.End);
        return Anchor.Find(passage.Quote, text) is { Kind: not PlacementKind.Unplaced } found ? (found.Start, found.End) : null;
    }
}
