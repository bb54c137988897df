using System.Globalization;
using System.Text;
using Annotator.Domain.Languages;

namespace Annotator.Domain.Analysis;

/// <summary>
/// The differences of spelling that a search ignores: Unicode NFKC, case, zero-width and bidirectional controls; accents and vowel points
/// of Latin, Greek, Hebrew and Arabic; letters such as ß, æ, ø, þ, ı written as people type them; look-alike letters of Arabic;
/// traditional characters of Chinese; digits of other scripts. Marks that make another letter stay: Thai, Indic, the voicing of kana, й.
/// </summary>
internal static class Folding
{
    private const char SoftHyphen = '\u00AD';
    private const char CombiningBreve = '\u0306';

    // What a single UTF-16 unit folds to; filled as texts come, so a race only does the work twice.
    private static readonly string?[] Known = new string?[0x10000];

    /// <summary>The folded form of one unit that no mark follows.</summary>
    public static string One(char c) => Known[c] ??= Cluster([c]);

    /// <summary>
    /// Where the unit to fold at once ends: a character and the marks, vowels and voicing that Unicode may compose with it, once the
    /// invisible signs between them are gone.
    /// </summary>
    public static int ClusterEnd(ReadOnlySpan<char> text, int start)
    {
        var end = start + PairLength(text, start);
        if (IsThai(text[start]))
        {
            return end;
        }

        while (end < text.Length && IsExtending(text, end))
        {
            end += PairLength(text, end);
        }

        return end;
    }

    public static string Cluster(ReadOnlySpan<char> cluster)
    {
        var whole = new StringBuilder(cluster.Length);
        foreach (var rune in cluster.EnumerateRunes())
        {
            whole.Append(rune);
        }

        var folded = new StringBuilder(cluster.Length);
        foreach (var rune in whole.ToString().Normalize(NormalizationForm.FormKD).ToLowerInvariant().EnumerateRunes())
        {
            Append(folded, rune);
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    public static int PairLength(ReadOnlySpan<char> text, int i) =>
        i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1;

    /// <summary>Whether a line ends at a soft hyphen, which is seen there.</summary>
    public static bool IsBrokenAt(ReadOnlySpan<char> text, int i) =>
        text[i] == SoftHyphen && i + 1 < text.Length && char.IsWhiteSpace(text[i + 1]);

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
            folded.Append(c == CombiningBreve && folded.Length > 0 && WritingSystems.Of(folded[^1]) == WritingSystem.Cyrillic ? "\u0306" : "");
        }
        else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format && c is not (>= '\uFE00' and <= '\uFE0F') and not '\u0640' and not '\u034F')
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
        (>= '\u1AB0' and <= '\u1AFF') or (>= '\u1DC0' and <= '\u1DFF') or (>= '\u20D0' and <= '\u20FF') or (>= '\uFE20' and <= '\uFE2F') => true,
        _ => false,
    };

    private static bool IsExtending(ReadOnlySpan<char> text, int i)
    {
        var c = text[i];
        if (c < '\u0300')
        {
            return c == SoftHyphen && !IsBrokenAt(text, i);
        }

        if (c is (>= '\u4e00' and <= '\u9fff') or (>= '\uac00' and <= '\ud7a3') || IsThai(c))
        {
            return false;
        }

        // Conjoining vowels and finals of Hangul, and the half-width voicing marks of kana, are letters to Unicode.
        if (c is (>= '\u1160' and <= '\u11FF') or (>= '\uD7B0' and <= '\uD7FB') or '\uFF9E' or '\uFF9F')
        {
            return true;
        }

        Rune.DecodeFromUtf16(text[i..], out var rune, out _);
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format;
    }

    // Thai marks compose with nothing; taken one by one they cost nothing.
    private static bool IsThai(char c) => c is >= '\u0E00' and <= '\u0E7F';
}
