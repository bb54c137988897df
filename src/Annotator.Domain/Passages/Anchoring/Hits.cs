namespace Annotator.Domain.Passages.Anchoring;

/// <summary>A place where a pattern ends in a text.</summary>
internal sealed record Hit(int End, int Distance);

/// <summary>The best places, one for all ends within a reach.</summary>
internal sealed class Hits(int reach)
{
    private const int Kept = 64;

    private readonly List<Hit> _hits = [];
    private int _first;

    public IReadOnlyList<Hit> Found => _hits;

    /// <param name="end">Greater than any before.</param>
    public void Add(int end, int distance)
    {
        if (_hits is [.., var last] && end - _first <= reach)
        {
            if (distance < last.Distance || (distance == last.Distance && end == last.End + 1))
                _hits[^1] = new Hit(end, distance);
            return;
        }

        if (_hits.Count >= 4 * Kept)
            KeepBest();
        _hits.Add(new Hit(end, distance));
        _first = end;
    }

    private void KeepBest()
    {
        Hit[] best = [.. _hits.OrderBy(h => h.Distance).Take(Kept).OrderBy(h => h.End)];
        _hits.Clear();
        _hits.AddRange(best);
    }
}
