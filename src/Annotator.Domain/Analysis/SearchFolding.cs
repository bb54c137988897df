using System.Globalization;
using System.Text;
using Annotator.Domain.Languages;
using Annotator.Domain.Text;

namespace Annotator.Domain.Analysis;

/// <summary>
/// The differences of spelling that a search ignores: Unicode NFKC, case, zero-width and bidirectional controls; accents and vowel points
/// of Latin, Greek, Hebrew and Arabic; letters such as ß, æ, ø, þ, ı written as people type them; look-alike letters of Arabic;
/// traditional characters of Chinese; digits of other scripts. Marks that make another letter stay: Thai, Indic, the voicing of kana, й.
/// </summary>
internal sealed class SearchFolding : FoldingPolicy
{
    private const char CombiningBreve = '\u0306';

    public static FoldingPolicy Policy { get; } = new SearchFolding();

    // As a hyphen: the parts of the word are found joined too.
    public override string SeenSoftHyphen => "-";

    protected override string FoldCluster(ReadOnlySpan<char> cluster)
    {
        var whole = new StringBuilder(cluster.Length);
        foreach (var rune in cluster.EnumerateRunes())
            whole.Append(rune);

        var folded = new StringBuilder(cluster.Length);
        foreach (var rune in Normalization.Of(whole.ToString(), NormalizationForm.FormKD).ToLowerInvariant().EnumerateRunes())
            Append(folded, rune);

        return Normalization.Of(folded.ToString(), NormalizationForm.FormC);
    }

    // Thai marks compose with nothing: each is folded alone, from the table of single units.
    protected override bool IsAlone(char c) => c is >= '\u0E00' and <= '\u0E7F';

    private static void Append(StringBuilder folded, Rune rune)
    {
        if (Rune.IsDigit(rune))
        {
            folded.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            return;
        }

        if (!rune.IsBmp)
        {
            // Variation selectors of Han and tag characters are for display only.
            folded.Append(rune.Value is >= 0xE0000 and <= 0xE01EF ? "" : HanVariants.ToSimplified(rune).ToString());
            return;
        }

        var c = (char)rune.Value;
        if (IsFoldedMark(c))
        {
            folded.Append(
                c == CombiningBreve && folded.Length > 0 && WritingSystems.Of(folded[^1]) == WritingSystem.Cyrillic ? "\u0306" : "");
        }
        else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format
            && c is not (>= '\uFE00' and <= '\uFE0F') and not '\u0640' and not '\u034F')
        {
            folded.Append(AsTyped(c) ?? HanVariants.ToSimplified(rune).ToString());
        }
    }

    private static string? AsTyped(char c) => c switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ð' or 'đ' => "d",
        'þ' => "th",
        'ł' => "l",
        'ı' => "i",
        'ς' => "σ",
        '\u0649' or '\u06CC' => "\u064A", // alef maqsura and Persian yeh: yeh
        '\u0629' or '\u06C1' => "\u0647", // teh marbuta and Urdu heh: heh
        '\u06A9' => "\u0643", // keheh: kaf
        '\u0671' => "\u0627", // alef wasla: alef
        _ => null,
    };

    private static bool IsFoldedMark(char c) => c switch
    {
        (>= '\u0300' and <= '\u036F') or (>= '\u0483' and <= '\u0489') => true,
        (>= '\u0591' and <= '\u05BD') or '\u05BF' or '\u05C1' or '\u05C2' or '\u05C4' or '\u05C5' or '\u05C7' => true,
        (>= '\u0610' and <= '\u061A') or (>= '\u064B' and <= '\u065F') or '\u0670' => true,
        (>= '\u06D6' and <= '\u06DC') or (>= '\u06DF' and <= '\u06E4') or '\u06E7' or '\u06E8' or (>= '\u06EA' and <= '\u06ED') => true,
        (>= '\u08D3' and <= '\u08E1') or (>= '\u08E3' and <= '\u08FF') => true,
        (>= '\u1AB0' and <= '\u1AFF') or (>= '\u1DC0' and <= '\u1DFF') or (>= '\u20D0' and <= '\u20FF')
            or (>= '\uFE20' and <= '\uFE2F') => true,
        _ => false,
    };
}
