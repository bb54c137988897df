using System.Globalization;
using System.Text;

namespace Annotator.Domain.Text;

/// <summary>
/// What two spellings of one text may differ in and still count as the same. Search, anchoring and the key of a passage each have a
/// policy; <see cref="FoldBuffer"/> walks the text for all of them, cluster by cluster: a character with the marks that follow it.
/// </summary>
internal abstract class FoldingPolicy
{
    private const char SoftHyphen = '\u00AD';

    // What a single UTF-16 unit folds to; filled as texts come, so a race only does the work twice.
    private readonly string?[] _known = new string?[0x10000];

    /// <summary>What a soft hyphen at the end of a line folds to, where it is seen; elsewhere it is not.</summary>
    public virtual string SeenSoftHyphen => "";

    /// <summary>The folded form of a character with the marks that follow it; empty for what the policy ignores.</summary>
    public string Fold(ReadOnlySpan<char> cluster) => cluster.Length == 1 ? Fold(cluster[0]) : FoldCluster(cluster);

    /// <summary>The folded form of one unit that no mark follows.</summary>
    public string Fold(char c) => _known[c] ??= FoldCluster([c]);

    /// <summary>
    /// Where the cluster ends that begins at <paramref name="start"/>: a character and the marks, vowels and voicing that Unicode may
    /// compose with it, once the invisible signs between them are gone. At most <see cref="Normalization.LongestRun"/> units.
    /// </summary>
    public int ClusterEnd(ReadOnlySpan<char> text, int start)
    {
        var end = start + PairLength(text, start);
        if (IsAlone(text[start]))
            return end;
        while (end < text.Length && end - start < Normalization.LongestRun && IsExtending(text, end))
            end += PairLength(text, end);
        return end;
    }

    /// <summary>Whether a line ends at a soft hyphen, which is seen there.</summary>
    public static bool IsBrokenAt(ReadOnlySpan<char> text, int i) =>
        text[i] == SoftHyphen && i + 1 < text.Length && char.IsWhiteSpace(text[i + 1]);

    /// <summary>UTF-16 units of the code point at <paramref name="i"/>.</summary>
    public static int PairLength(ReadOnlySpan<char> text, int i) =>
        i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1;

    protected abstract string FoldCluster(ReadOnlySpan<char> cluster);

    /// <summary>Whether the character never composes with what follows, nor with what stands before it.</summary>
    protected virtual bool IsAlone(char c) => false;

    /// <summary>Whether the character, which is no mark, may compose with the one before it.</summary>
    protected virtual bool IsJoining(char c) => false;

    private bool IsExtending(ReadOnlySpan<char> text, int i)
    {
        var c = text[i];
        if (c < '\u0300')
            return c == SoftHyphen && !IsBrokenAt(text, i);
        if (c is (>= '\u3041' and <= '\u3096') or (>= '\u30A1' and <= '\u30FA') or (>= '\u4e00' and <= '\u9fff')
            or (>= '\uac00' and <= '\ud7a3') || IsAlone(c))
        {
            return false;
        }
        // Conjoining vowels and finals of Hangul, and the half-width voicing marks of kana, are letters to Unicode.
        if (c is (>= '\u1160' and <= '\u11FF') or (>= '\uD7B0' and <= '\uD7FB') or '\uFF9E' or '\uFF9F' || IsJoining(c))
            return true;
        Rune.DecodeFromUtf16(text[i..], out var rune, out _);
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;
    }
}
