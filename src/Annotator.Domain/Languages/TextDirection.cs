using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Annotator.Domain.Languages;

/// <summary>Writing direction as HTML's <c>dir</c> wants it: <c>ltr</c> or <c>rtl</c>.</summary>
public static class TextDirection
{
    public const string LeftToRight = "ltr";
    public const string RightToLeft = "rtl";

    private static readonly FrozenSet<string> RightToLeftScripts =
        "Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi".Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> RightToLeftLanguages = (
            "ar he fa ur ps yi dv ug ckb sd ks acm aeb ajp apc apd arc ars ary arz azb bal bgn bqi fas glk khw lki lrc luz mzn nqo pnb prs "
            + "rhg sdh skr syc syr trw")
        .Split(' ')
        .ToFrozenSet();

    /// <summary>The direction of the first letter that has one (UAX #9, rules P2 and P3); <c>ltr</c> for a text without letters.</summary>
    public static string Of(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsRightToLeft(rune))
            {
                return RightToLeft;
            }

            if (IsLeftToRight(rune))
            {
                return LeftToRight;
            }
        }

        return LeftToRight;
    }

    /// <summary>The direction of the language, or of the text itself where the language is not determined.</summary>
    public static string Of(string text, LanguageTag language) => language.IsUndetermined ? Of(text) : language.Direction;

    internal static bool IsRightToLeft(string language, string? script) =>
        script is null ? RightToLeftLanguages.Contains(language) : RightToLeftScripts.Contains(script);

    // The right-to-left blocks of Unicode; digits, marks and punctuation in them are weak or neutral.
    private static bool IsRightToLeft(Rune rune) => rune.Value switch
    {
        0x200F or 0x061C => true,
        (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFE)
            or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF) => Rune.IsLetter(rune),
        _ => false,
    };

    private static bool IsLeftToRight(Rune rune) =>
        rune.Value == 0x200E || Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark;
}
