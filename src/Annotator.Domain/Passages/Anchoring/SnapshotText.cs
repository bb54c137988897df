using Annotator.Domain.Search.Analysis;

namespace Annotator.Domain.Passages.Anchoring;

/// <summary>A text of a source, folded once to find many quotes in it. Not changed by a search: threads may share it.</summary>
public sealed class SnapshotText
{
    // UTF-16 offset of the second half of each surrogate pair.
    private readonly int[] _pairs;

    private SnapshotText(string text)
    {
        Text = text;
        Words = FoldedWords.Of(text);
        _pairs = PairsOf(text);
    }

    public static SnapshotText Of(string text) => new(text);

    public string Text { get; }

    /// <summary>In Unicode code points.</summary>
    public int Length => Text.Length - _pairs.Length;

    internal FoldedWords Words { get; }

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
