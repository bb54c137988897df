using Annotator.Domain.Languages;

namespace Annotator.Domain.Passages;

/// <summary>The passages of a source in document order, and which of them share words.</summary>
public sealed class PassageOrder
{
    /// <summary>
    /// Letters that two quotes must share at their edges to count as overlapping; see <see cref="UnspacedScripts.LettersPerCharacter"/>.
    /// </summary>
    private const int LeastShared = 24;

    /// <summary>
    /// Comparisons per quote at most. A quote that repeats one phrase matches at every offset, and a page waits for the result.
    /// </summary>
    private const int TriesForOneQuote = 4_000;

    private readonly Dictionary<Guid, SortedSet<int>> _overlaps = [];
    private readonly List<Passage> _byReading;

    private PassageOrder(IReadOnlyList<Passage> passages)
    {
        _byReading = [.. passages.OrderBy(p => p.Quote.Start is null).ThenBy(p => p.Quote.Start).ThenBy(p => p.Created).ThenBy(p => p.Id)];
        ByPosition();
        ByWords();
    }

    /// <summary>How often the words of two quotes were compared, at one place in them each time.</summary>
    internal int Comparisons { get; private set; }

    /// <summary>
    /// By position where it is known. The others stand as they were annotated, which follows the reading, except that a quote
    /// with shared words stands next to the one it shares them with.
    /// </summary>
    public static PassageOrder Of(IReadOnlyList<Passage> passages) => new(passages);

    /// <summary>All passages once, in this order.</summary>
    public IEnumerable<Passage> InDocument()
    {
        var seen = new HashSet<Guid>();
        foreach (var passage in _byReading.Where(p => seen.Add(p.Id)))
        {
            yield return passage;
            foreach (var sharing in OverlapsOf(passage.Id).Where(p => p.Quote.Start is null && seen.Add(p.Id)))
                yield return sharing;
        }
    }

    /// <summary>
    /// The passages that share words with one, without itself, in the order of the document; empty for an unknown id.
    /// </summary>
    public IEnumerable<Passage> OverlapsOf(Guid passageId) =>
        _overlaps.TryGetValue(passageId, out var places) ? places.Select(i => _byReading[i]) : [];

    private void ByPosition()
    {
        var placed = _byReading.TakeWhile(p => p.Quote.Start is not null).ToList();
        for (var i = 0; i < placed.Count; i++)
        {
            for (var j = i + 1; j < placed.Count && placed[j].Quote.Start < placed[i].Quote.End; j++)
                Pair(i, j);
        }
    }

    // Two quotes overlap when one begins inside the other and they agree from there on to the end of one of them.
    private void ByWords()
    {
        var words = _byReading.ConvertAll(p => Quote.Words(p.Quote.Exact));
        var beginnings = Enumerable.Range(0, words.Count)
            .GroupBy(i => Beginning(words[i]).ToString(), StringComparer.Ordinal)
            .Where(g => g.Key.Length > 0)
            .ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < words.Count; i++)
        {
            var tries = TriesForOneQuote;
            for (var at = 0; at < words[i].Length && tries > 0; at++)
            {
                if (!beginnings.TryGetValue(Beginning(words[i].AsSpan(at)), out var others))
                    continue;
                tries -= others.Length;
                foreach (var j in others.Where(j => j != i && !BothPlaced(i, j) && AgreeFrom(words[i].AsSpan(at), words[j])))
                    Pair(i, j);
            }
        }
    }

    /// <summary>The first <see cref="LeastShared"/> letters; empty when there are fewer.</summary>
    private static ReadOnlySpan<char> Beginning(ReadOnlySpan<char> words)
    {
        var weight = 0;
        for (var i = 0; i < words.Length; i++)
        {
            weight += UnspacedScripts.LettersPerCharacter(words[i]);
            if (weight >= LeastShared)
                return words[..(i + 1)];
        }

        return [];
    }

    private bool BothPlaced(int i, int j) => _byReading[i].Quote.Start is not null && _byReading[j].Quote.Start is not null;

    private bool AgreeFrom(ReadOnlySpan<char> rest, ReadOnlySpan<char> other)
    {
        Comparisons++;
        return rest.StartsWith(other) || other.StartsWith(rest);
    }

    private void Pair(int i, int j)
    {
        Of(i).Add(j);
        Of(j).Add(i);

        SortedSet<int> Of(int k) => _overlaps.TryGetValue(_byReading[k].Id, out var set) ? set : _overlaps[_byReading[k].Id] = [];
    }
}
