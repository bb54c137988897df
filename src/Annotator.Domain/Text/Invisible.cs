using System.Globalization;
using System.Text;

namespace Annotator.Domain.Text;

/// <summary>Characters that leave no mark on the page, such as zero-width signs and the Hangul filler.</summary>
public static class Invisible
{
    /// <summary>Default_Ignorable_Code_Point of Unicode, and the blank of Braille.</summary>
    public static bool Is(Rune rune) =>
        // .NET knows those of the category Format; others are letters and marks to it.
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0
            or (>= 0x180B and <= 0x180F) or (>= 0x2060 and <= 0x206F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF);

    /// <summary>Whether nothing of a text can be seen.</summary>
    public static bool IsAllOf(string text) =>
        text.EnumerateRunes().All(r => Rune.IsWhiteSpace(r) || Rune.IsControl(r) || Is(r));

    /// <summary>Whether something in a text cannot be seen.</summary>
    public static bool IsIn(string text) => text.EnumerateRunes().Any(Is);
}
