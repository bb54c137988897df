namespace Annotator.Domain.Passages.Anchoring;

/// <summary>An end of a pattern in a text.</summary>
/// <param name="End">Offset after its last character.</param>
/// <param name="Distance">Insertions, deletions and replacements between pattern and text.</param>
internal sealed record Occurrence(int End, int Distance);

/// <summary>
/// Collects the best ends of a pattern: of all ends within <paramref name="reach"/> characters the one with the fewest changes.
/// </summary>
internal sealed class Occurrences(int reach)
{
    private const int Kept = 64;

    private readonly List<Occurrence> _hits = [];
    private int _first;

    public IReadOnlyList<Occurrence> Found => _hits;

    /// <summary>Adds an end; at most 4 × <see cref="Kept"/> are held, then the best remain.</summary>
    /// <param name="end">Greater than every end added before.</param>
    public void Add(int end, int distance)
    {
        if (_hits is [.., var last] && end - _first <= reach)
        {
            if (distance < last.Distance || (distance == last.Distance && end == last.End + 1))
                _hits[^1] = new Occurrence(end, distance);
            return;
        }

        if (_hits.Count >= 4 * Kept)
            KeepBest();
        _hits.Add(new Occurrence(end, distance));
        _first = end;
    }

    private void KeepBest()
    {
        Occurrence[] best = [.. _hits.OrderBy(h => h.Distance).Take(Kept).OrderBy(h => h.End)];
        _hits.Clear();
        _hits.AddRange(best);
    }
}
