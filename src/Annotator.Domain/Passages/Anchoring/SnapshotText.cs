using Annotator.Domain.Analysis;
using Annotator.Domain.Text;

namespace Annotator.Domain.Passages.Anchoring;

/// <summary>The text of a snapshot, folded once so that many quotes can be found in it. Immutable, so threads may share it.</summary>
public sealed class SnapshotText
{
    private const int Context = 32;

    // UTF-16 offset of the second half of each surrogate pair.
    private readonly int[] _pairs;
    private readonly Lazy<FoldedWords> _words;

    private SnapshotText(string text)
    {
        Text = text;
        _words = new Lazy<FoldedWords>(() => FoldedWords.Loosely(text));
        _pairs = PairsOf(text);
    }

    /// <param name="text"><see cref="Sources.Snapshot.Text"/>; folded when a quote is first looked for.</param>
    public static SnapshotText Of(string text) => new(text);

    public string Text { get; }

    /// <summary>Length of the text in Unicode code points.</summary>
    public int Length => Text.Length - _pairs.Length;

    internal FoldedWords Words => _words.Value;

    /// <summary>
    /// The stretch between two code points, widened to whole graphemes, without white space at its ends, with its surroundings.
    /// </summary>
    /// <returns>Null when it is not in the text or is empty.</returns>
    public Quote? QuoteAt(int start, int end)
    {
        if (start >= end || Utf16(start) is not { } from || Utf16(end) is not { } to)
            return null;
        var exact = Text.AsSpan(from..to);
        (from, to) = (from + exact.Length - exact.TrimStart().Length, to - (exact.Length - exact.TrimEnd().Length));
        if (from >= to)
            return null;
        (from, to) = (Graphemes.Start(Text, from), Graphemes.End(Text, to));
        var (first, last) = (CodePoints(from), CodePoints(to));
        var (before, after) = (Utf16(Math.Max(0, first - Context))!.Value, Utf16(Math.Min(Length, last + Context))!.Value);
        return new Quote(Text[from..to], Text[before..from], Text[to..after], first, last);
    }

    /// <summary>
    /// The quote with words, context and positions as this text has them. What a browser or a person selected may differ in white
    /// space or count otherwise.
    /// </summary>
    /// <returns>Null when the words are not in the text, or in several places of which none is clearly meant.</returns>
    public Quote? Confirmed(Quote quote)
    {
        if (quote is { Start: { } start, End: { } end }
            && QuoteAt(start, end) is { } there
            && string.Equals(there.Exact, quote.Exact.Trim(), StringComparison.Ordinal))
        {
            return there;
        }
        return Anchor.Find(quote, this) is { Kind: PlacementKind.Exact } found ? QuoteAt(found.Start, found.End) : null;
    }

    /// <summary>How often words stand in the text as they are written, and the first of these places.</summary>
    /// <param name="most">Places that are listed at most.</param>
    internal (int Count, IReadOnlyList<Quote> First) PlacesOf(string exact, int most)
    {
        var first = new List<Quote>();
        for (int at, from = 0; exact.Length > 0 && first.Count < most && (at = Text.IndexOf(exact, from, StringComparison.Ordinal)) >= 0;)
        {
            from = at + exact.Length;
            if (QuoteAt(CodePoints(at), CodePoints(from)) is { } quote)
                first.Add(quote);
        }

        return (exact.Length == 0 ? 0 : Text.AsSpan().Count(exact), first);
    }

    /// <param name="confidence">From 0 to 1.</param>
    internal Placement Place(PlacementKind kind, Range utf16, double confidence)
    {
        var (start, end) = (Graphemes.Start(Text, utf16.Start.Value), Graphemes.End(Text, utf16.End.Value));
        return new Placement(kind, CodePoints(start), CodePoints(end), confidence, Text[start..end]);
    }

    /// <summary>Code points before a UTF-16 offset.</summary>
    internal int CodePoints(int utf16) => utf16 - CountWhile(i => _pairs[i] < utf16);

    /// <summary>The UTF-16 offset of a code point; null outside of the text.</summary>
    internal int? Utf16(int codePoint) =>
        codePoint < 0 || codePoint > Length ? null : codePoint + CountWhile(i => _pairs[i] - 1 - i < codePoint);

    private int CountWhile(Func<int, bool> isBefore)
    {
        var (low, high) = (0, _pairs.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = isBefore(middle) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int[] PairsOf(string text)
    {
        var pairs = new List<int>();
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
                pairs.Add(i);
        }

        return [.. pairs];
    }
}
