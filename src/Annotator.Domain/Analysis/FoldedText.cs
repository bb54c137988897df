using Annotator.Domain.Text;

namespace Annotator.Domain.Analysis;

/// <summary>A text folded for search, and the way back from each folded UTF-16 unit to where it came from.</summary>
public sealed class FoldedText
{
    private readonly int[] _starts;
    private readonly int[] _ends;

    private FoldedText(string original, string text, int[] starts, int[] ends) =>
        (Original, Text, _starts, _ends) = (original, text, starts, ends);

    public string Original { get; }

    public string Text { get; }

    /// <summary>Folds a text by <see cref="SearchFolding"/>.</summary>
    public static FoldedText Of(string original)
    {
        using var buffer = new FoldBuffer(original, SearchFolding.Policy, withOrigins: true);
        return new FoldedText(original, buffer.Text.ToString(), buffer.Starts.ToArray(), buffer.Ends.ToArray());
    }

    /// <summary>A segment as the original text writes it.</summary>
    internal ReadOnlySpan<char> Written(Segment segment) =>
        Original.AsSpan()[_starts[segment.Start].._ends[segment.Start + segment.Length - 1]];

    /// <summary>
    /// The part of the original text that a part of the folded text (UTF-16 units, not empty) stands for, in whole graphemes.
    /// </summary>
    public Range OriginalRange(int start, int length) =>
        Graphemes.Start(Original, _starts[start])..Graphemes.End(Original, _ends[start + length - 1]);
}
