using System.Text;
using Annotator.Domain.Languages;
using Annotator.Domain.Text;

namespace Annotator.Domain.Analysis;

/// <summary>A word, or a run of a script without spaces, in folded text (UTF-16 units).</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="Length">Its length without the suffix.</param>
/// <param name="IsRun">A run of Han and kana, Hangul, Thai, Lao, Khmer or Burmese, searched by pairs of characters.</param>
/// <param name="Suffix">Length of the <c>++</c> or <c>#</c> that belongs to names such as C++ and C#.</param>
internal readonly record struct Segment(int Start, int Length, bool IsRun, int Suffix)
{
    /// <summary>Finds the first segment at or after <paramref name="position"/> and moves the position behind it.</summary>
    public static bool TryRead(ReadOnlySpan<char> folded, ref int position, out Segment segment)
    {
        var start = position;
        var system = WritingSystem.None;
        while (start < folded.Length && (system = SystemAt(folded, start)) == WritingSystem.None)
            start += FoldingPolicy.PairLength(folded, start);

        var end = start;
        while (end < folded.Length && SystemAt(folded, end) == system)
            end += FoldingPolicy.PairLength(folded, end);

        var isRun = system.IsUnspaced();
        var suffix = isRun ? 0 : SuffixLength(folded[start..]);
        segment = new Segment(start, end - start, isRun, suffix);
        position = end + suffix;
        return end > start;
    }

    /// <summary>The text of the segment without the suffix.</summary>
    public ReadOnlySpan<char> In(ReadOnlySpan<char> folded) => folded.Slice(Start, Length);

    /// <summary>The segment as the original text writes it; as folded where the buffer has no origins.</summary>
    public ReadOnlySpan<char> Written(FoldBuffer folded, ReadOnlySpan<char> original) =>
        folded.Starts.IsEmpty ? In(folded.Text) : original[folded.Starts[Start]..folded.Ends[Start + Length - 1]];

    /// <summary>The script of the first letter; <see cref="WritingSystem.None"/> for runs and for letters outside of plane 0.</summary>
    public WritingSystem Script(ReadOnlySpan<char> folded) => IsRun ? WritingSystem.None : WritingSystems.Of(folded[Start]);

    /// <summary>
    /// Whether nothing but a hyphen, perhaps with the end of a line, parts the word from the one before, so that both may be one:
    /// letters of one script, together of at most <see cref="Lexemes.MaxLength"/> UTF-16 units.
    /// </summary>
    public bool ContinuesAfterHyphen(ReadOnlySpan<char> folded, Segment before)
    {
        var end = before.Start + before.Length;
        return !IsRun && before is { IsRun: false, Length: > 0, Suffix: 0 } && Length + before.Length <= Lexemes.MaxLength
            && folded[end] is '-' or '\u2010' && folded[(end + 1)..Start].IsWhiteSpace()
            && Script(folded) is not (WritingSystem.None or WritingSystem.Other) and var script
            && WritingSystems.Of(folded[end - 1]) == script;
    }

    // Kana goes with Han, and all scripts with spaces go together: only whether and where words end matters.
    private static WritingSystem SystemAt(ReadOnlySpan<char> folded, int i)
    {
        var system = FoldingPolicy.PairLength(folded, i) == 1
            ? WritingSystems.Of(folded[i])
            : WritingSystems.Of(new Rune(folded[i], folded[i + 1]));
        return system switch
        {
            WritingSystem.None => WritingSystem.None,
            WritingSystem.Kana => WritingSystem.Han,
            _ => system.IsUnspaced() ? system : WritingSystem.Other,
        };
    }

    private static int SuffixLength(ReadOnlySpan<char> word)
    {
        var letters = word.IndexOfAnyExceptInRange('a', 'z');
        return letters > 0 && word[letters..].StartsWith("++", StringComparison.Ordinal) ? 2
            : letters == 1 && word[1] == '#' ? 1
            : 0;
    }
}
