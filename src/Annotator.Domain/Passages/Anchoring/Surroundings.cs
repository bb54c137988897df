namespace Annotator.Domain.Passages.Anchoring;

/// <summary>Compares the prefix and suffix of a quote with what stands around a possible place of it.</summary>
internal sealed class Surroundings : IDisposable
{
    private readonly QuotedWords _words;
    private readonly int? _position;
    private readonly SnapshotText _text;
    private readonly Needle? _before;
    private readonly Needle? _after;

    /// <param name="position">Where the quote began in the text that it was taken from, in code points; null when not known.</param>
    public Surroundings(QuotedWords words, int? position, SnapshotText text)
    {
        (_words, _position, _text) = (words, position, text);
        _before = words.Before.Length > 0 ? new Needle(words.Before, isBackward: true) : null;
        _after = words.After.Length > 0 ? new Needle(words.After) : null;
    }

    private ReadOnlySpan<char> Folded => _text.Words.Text;

    /// <summary>A stretch of the folded text with the figures of its surroundings.</summary>
    /// <param name="start">UTF-16 offset in the folded text.</param>
    /// <param name="end">Offset after its last unit.</param>
    /// <param name="kept"><see cref="Anchoring.Candidate.Kept"/>.</param>
    /// <param name="isExact"><see cref="Anchoring.Candidate.IsExact"/>.</param>
    public Candidate Candidate(int start, int end, double kept, bool isExact)
    {
        var away = _position is { } position ? Math.Abs(_text.CodePoints(CodeUnit(start)) - position) : (int?)null;
        return new Candidate(start, end, kept, isExact, Likeness(start, end), away);
    }

    /// <summary>Whether the words end at an edge of a place because its surroundings begin there.</summary>
    public (bool Start, bool End) Edges(int start, int end) => (
        QuotedWords.IsLongEnough(_words.Before) && ShareBefore(start) >= Anchoring.Likeness.Alike,
        QuotedWords.IsLongEnough(_words.After) && ShareAfter(end) >= Anchoring.Likeness.Alike);

    private Likeness? Likeness(int start, int end)
    {
        var length = _words.Before.Length + _words.After.Length;
        if (length == 0)
            return null;
        var (before, after) = (ShareBefore(start), ShareAfter(end));
        var (nearBefore, nearAfter) = (Near(SameBefore(start), _words.Before), Near(SameAfter(end), _words.After));
        var (isBefore, isAfter) = (
            QuotedWords.IsLongEnough(_words.Before) && (before >= Anchoring.Likeness.Alike || nearBefore >= 1),
            QuotedWords.IsLongEnough(_words.After) && (after >= Anchoring.Likeness.Alike || nearAfter >= 1));
        var share = Mean(before, after);
        return new Likeness(
            share,
            0.5 * (share + Mean(nearBefore, nearAfter)),
            (isBefore ? 1 : 0) + (isAfter ? 1 : 0),
            isBefore != isAfter && QuotedWords.IsLongEnough(_words.Before) && QuotedWords.IsLongEnough(_words.After),
            Math.Min(1, (double)_words.Exact.Length / length));

        double Mean(double ofBefore, double ofAfter) => (ofBefore * _words.Before.Length + ofAfter * _words.After.Length) / length;
    }

    private double ShareBefore(int start) => _before is null ? 0 : Share(_before, TextBefore(start, Reach(_before)));

    private double ShareAfter(int end) => _after is null ? 0 : Share(_after, TextAfter(end, Reach(_after)));

    private ReadOnlySpan<char> TextBefore(int start, int most) => Folded[Math.Max(0, start - most)..start].TrimEnd(FoldedWords.Space);

    private ReadOnlySpan<char> TextAfter(int end, int most) =>
        Folded[end..Math.Min(Folded.Length, end + most)].TrimStart(FoldedWords.Space);

    private ReadOnlySpan<char> SameBefore(int start)
    {
        var text = TextBefore(start, _words.Before.Length + 1);
        var same = 0;
        while (same < _words.Before.Length && same < text.Length && text[^(same + 1)] == _words.Before[^(same + 1)])
            same++;
        return _words.Before.AsSpan()[^same..];
    }

    private ReadOnlySpan<char> SameAfter(int end) =>
        _words.After.AsSpan(0, TextAfter(end, _words.After.Length + 1).CommonPrefixLength(_words.After));

    // How much of the letters next to the words is unchanged, 0 to 1.
    private static double Near(ReadOnlySpan<char> same, string context) => context.Length == 0 || same.Length == context.Length
        ? 1
        : Math.Min(1, (double)FoldedWords.Weight(same) / QuotedWords.LeastLetters);

    private int CodeUnit(int folded) => folded < _text.Words.Starts.Length ? _text.Words.Starts[folded] : _text.Text.Length;

    public void Dispose()
    {
        _before?.Dispose();
        _after?.Dispose();
    }

    private static int Reach(Needle context) => context.Length + context.Length / 2;

    private static double Share(Needle context, ReadOnlySpan<char> text) =>
        1 - (double)context.Best(text, isFixed: true).Distance / context.Length;

}
