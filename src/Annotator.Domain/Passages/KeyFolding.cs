using System.Globalization;
using System.Text;
using Annotator.Domain.Text;

namespace Annotator.Domain.Passages;

/// <summary>
/// The folding behind <see cref="Passage.WordsKey"/>: letters, marks and digits only, in NFKC and without case, as line ends,
/// quotes and dashes differ between copies of a text. The keys are stored, so what a text folds to must not change.
/// </summary>
internal sealed class KeyFolding : FoldingPolicy
{
    private static readonly KeyFolding Policy = new();

    /// <summary>The letters, marks and digits of a text in lower case; empty for a text of signs only.</summary>
    public static string Fold(string text)
    {
        using var folded = new FoldBuffer(text, Policy);
        return folded.Text.ToString();
    }

    protected override string FoldCluster(ReadOnlySpan<char> cluster)
    {
        var whole = new StringBuilder(cluster.Length);
        foreach (var rune in cluster.EnumerateRunes())
            whole.Append(rune);
        var letters = new StringBuilder(cluster.Length);
        foreach (var rune in Normalization.Of(whole.ToString(), NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune)
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                letters.Append(Rune.ToLowerInvariant(rune));
            }
        }

        return letters.ToString();
    }

    // Single vowels of Hangul, full and half width: NFKC makes them conjoining ones, which compose with the consonant before.
    protected override bool IsJoining(char c) =>
        c is (>= '\u314F' and <= '\u3163') or (>= '\u3187' and <= '\u318E') or (>= '\uFFC2' and <= '\uFFDC');
}
