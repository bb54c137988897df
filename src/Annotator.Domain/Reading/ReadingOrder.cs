namespace Annotator.Domain.Reading;

/// <summary>
/// All that is said about a source in reading order, by ids: the comments on the whole, then the passages with their threads. It is cut
/// into windows; a passage stays in one, unless it has more annotations than a window.
/// </summary>
internal sealed class ReadingOrder
{
    private readonly List<(Guid? Passage, int Number, Thread Thread)> _pieces = [];
    private readonly List<Place> _passages = [];
    private readonly Dictionary<Guid, int> _at = [];
    private readonly int _size;
    private readonly List<int> _beginnings = []; // The first piece of each window.

    /// <param name="passages">In reading order; what has no thread is passed over, but its place is known.</param>
    /// <param name="threads">By passage, in the order in which they were begun; those under null are about the whole source.</param>
    /// <param name="size">Annotations in a window.</param>
    public ReadingOrder(IEnumerable<Place> passages, ILookup<Guid?, Thread> threads, int size)
    {
        _size = size;
        Add(null, threads[null]);
        foreach (var passage in passages)
        {
            _at[passage.Id] = _pieces.Count;
            Add(passage.Id, threads[passage.Id]);
            if (threads.Contains(passage.Id))
                _passages.Add(passage);
        }

        Cut();
    }

    /// <summary>Passages that are talked about.</summary>
    public int Passages => _passages.Count;

    /// <summary>Whether all of these annotations, threads and passages are here.</summary>
    public bool Has(IEnumerable<Guid> ids) => ids.All(_at.ContainsKey);

    /// <summary>The window or stretch that a query asks for; the first window where it asks for what is not here.</summary>
    public SourceWindow WindowOf(SourceQuery query)
    {
        if (query.Open is { } open)
            return Between(Math.Min(Index(open.From) ?? 0, _pieces.Count - 1), Index(open.Until) ?? _pieces.Count);
        var at = Index(query.Around) ?? Index(Numbered(query)) ?? 0;
        return Between(_beginnings.FindLast(b => b <= at), _beginnings.Find(b => b > at) is > 0 and var next ? next : _pieces.Count);
    }

    private Guid? Numbered(SourceQuery query) =>
        query.Number is { } number && _passages.Count > 0 ? _passages[Math.Clamp(number, 1, _passages.Count) - 1].Id
        : query.Position is { } position ? _passages.FindLast(p => p.Start <= position)?.Id : null;

    private int? Index(Guid? id) => id is { } known && _at.TryGetValue(known, out var index) ? index : null;

    private void Add(Guid? passage, IEnumerable<Thread> threads)
    {
        foreach (var thread in threads)
        {
            foreach (var id in thread.Annotations.Append(thread.Id))
                _at[id] = _pieces.Count;
            _pieces.Add((passage, _passages.Count + 1, thread));
        }
    }

    private void Cut()
    {
        for (int i = 0, size = _size; i < _pieces.Count; i++)
        {
            var (passage, _, thread) = _pieces[i];
            var least = BeginsPassage(i) ? _pieces.Skip(i).TakeWhile(p => p.Passage == passage).Sum(p => p.Thread.Size) : thread.Size;
            var begins = size + least > _size;
            if (begins)
                _beginnings.Add(i);
            size = begins ? thread.Size : size + thread.Size;
        }
    }

    private bool BeginsPassage(int i) => _pieces[i].Passage is { } passage && (i == 0 || _pieces[i - 1].Passage != passage);

    private SourceWindow Between(int start, int end)
    {
        end = Math.Max(start, end);
        // An open page may grow to twice a window; what comes then is in the next.
        for (int i = start, size = 0; i < end; i++)
        {
            size += _pieces[i].Thread.Size;
            end = i > start && size > 2 * _size ? i : end;
        }

        var shown = _pieces.GetRange(start, end - start);
        List<Guid> said = [.. shown.SelectMany(p => p.Thread.Annotations)];
        // Only a single thread may have more: its beginning is shown, and the newest of it.
        var isCut = said.Count > 2 * _size;
        return new SourceWindow(isCut ? [said[0], .. said[^(2 * _size - 1)..]] : said)
        {
            IsCut = isCut,
            First = shown.Find(p => p.Passage is not null).Number,
            Last = shown.FindLast(p => p.Passage is not null).Number,
            From = start > 0 ? Key(start) : null,
            Until = end < _pieces.Count ? Key(end) : null,
            Previous = start > 0 && _beginnings.FindLast(b => b < start) is > 0 and var before ? Key(before) : null,
            Before = start > 0 ? _pieces[start - 1].Passage ?? _pieces[start - 1].Thread.Id : null,
            Lost = _passages.Find(p => p.IsLost)?.Id,
            LostCount = _passages.Count(p => p.IsLost),
        };
    }

    private Guid Key(int i) => BeginsPassage(i) ? _pieces[i].Passage!.Value : _pieces[i].Thread.Id;

    /// <param name="Start">Where it stands in the text that is read, in code points; null without one.</param>
    /// <param name="IsLost">Whether it is not found in the text.</param>
    public sealed record Place(Guid Id, int? Start = null, bool IsLost = false);

    /// <param name="Id">Of its root, which may be deleted.</param>
    /// <param name="Annotations">Ids, at least one.</param>
    public sealed record Thread(Guid Id, IReadOnlyList<Guid> Annotations)
    {
        public int Size => Annotations.Count;
    }
}
