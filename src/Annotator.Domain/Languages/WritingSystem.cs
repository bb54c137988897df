using System.Globalization;
using System.Text;

namespace Annotator.Domain.Languages;

/// <summary>The script of a letter, as far as language and word division depend on it.</summary>
internal enum WritingSystem : byte
{
    None,
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Lao,
    Tibetan,
    Burmese,
    Georgian,
    Ethiopic,
    Khmer,
    Hangul,
    Kana,
    Han,

    /// <summary>Any other letter or digit.</summary>
    Other,
}

internal static class WritingSystems
{
    // Block by block, as the Unicode Standard lays them out; marks of a block count as its letters.
    private static readonly (int First, int Last, WritingSystem System)[] Blocks =
    [
        (0x0041, 0x005A, WritingSystem.Latin), (0x0061, 0x007A, WritingSystem.Latin), (0x00AA, 0x00AA, WritingSystem.Latin),
        (0x00BA, 0x00BA, WritingSystem.Latin), (0x00C0, 0x00D6, WritingSystem.Latin), (0x00D8, 0x00F6, WritingSystem.Latin),
        (0x00F8, 0x02AF, WritingSystem.Latin), (0x0370, 0x03FF, WritingSystem.Greek), (0x0400, 0x052F, WritingSystem.Cyrillic),
        (0x0531, 0x0588, WritingSystem.Armenian), (0x0591, 0x05F4, WritingSystem.Hebrew), (0x0610, 0x06FF, WritingSystem.Arabic),
        (0x0750, 0x077F, WritingSystem.Arabic), (0x0870, 0x08FF, WritingSystem.Arabic), (0x0900, 0x097F, WritingSystem.Devanagari),
        (0x0980, 0x09FF, WritingSystem.Bengali), (0x0A00, 0x0A7F, WritingSystem.Gurmukhi), (0x0A80, 0x0AFF, WritingSystem.Gujarati),
        (0x0B80, 0x0BFF, WritingSystem.Tamil), (0x0C00, 0x0C7F, WritingSystem.Telugu), (0x0C80, 0x0CFF, WritingSystem.Kannada),
        (0x0D00, 0x0D7F, WritingSystem.Malayalam), (0x0D80, 0x0DFF, WritingSystem.Sinhala), (0x0E00, 0x0E3E, WritingSystem.Thai),
        (0x0E40, 0x0E4E, WritingSystem.Thai), (0x0E80, 0x0EFF, WritingSystem.Lao), (0x0F00, 0x0FFF, WritingSystem.Tibetan),
        (0x1000, 0x109F, WritingSystem.Burmese), (0x10A0, 0x10FF, WritingSystem.Georgian), (0x1100, 0x11FF, WritingSystem.Hangul),
        (0x1200, 0x139F, WritingSystem.Ethiopic), (0x1780, 0x17D3, WritingSystem.Khmer), (0x1C80, 0x1C8F, WritingSystem.Cyrillic),
        (0x1C90, 0x1CBF, WritingSystem.Georgian), (0x1E00, 0x1EFF, WritingSystem.Latin), (0x1F00, 0x1FFF, WritingSystem.Greek),
        (0x2C60, 0x2C7F, WritingSystem.Latin), (0x2D00, 0x2D2F, WritingSystem.Georgian), (0x2DE0, 0x2DFF, WritingSystem.Cyrillic),
        (0x3005, 0x3007, WritingSystem.Han), (0x3021, 0x3029, WritingSystem.Han), (0x3041, 0x309F, WritingSystem.Kana),
        (0x30A1, 0x30FA, WritingSystem.Kana), (0x30FC, 0x30FF, WritingSystem.Kana), (0x3105, 0x312F, WritingSystem.Han),
        (0x3131, 0x318E, WritingSystem.Hangul), (0x31A0, 0x31BF, WritingSystem.Han), (0x31F0, 0x31FF, WritingSystem.Kana),
        (0x3400, 0x4DBF, WritingSystem.Han), (0x4E00, 0x9FFF, WritingSystem.Han), (0xA640, 0xA69F, WritingSystem.Cyrillic),
        (0xA720, 0xA7FF, WritingSystem.Latin), (0xA8E0, 0xA8FF, WritingSystem.Devanagari), (0xA960, 0xA97F, WritingSystem.Hangul),
        (0xA9E0, 0xA9FE, WritingSystem.Burmese), (0xAA60, 0xAA7F, WritingSystem.Burmese), (0xAB30, 0xAB6F, WritingSystem.Latin),
        (0xAC00, 0xD7FF, WritingSystem.Hangul), (0xF900, 0xFAFF, WritingSystem.Han), (0xFB00, 0xFB06, WritingSystem.Latin),
        (0xFB1D, 0xFB4F, WritingSystem.Hebrew), (0xFB50, 0xFDFF, WritingSystem.Arabic), (0xFE70, 0xFEFC, WritingSystem.Arabic),
        (0xFF21, 0xFF3A, WritingSystem.Latin), (0xFF41, 0xFF5A, WritingSystem.Latin), (0xFF66, 0xFF9F, WritingSystem.Kana),
        (0xFFA0, 0xFFDC, WritingSystem.Hangul),
    ];

    private static readonly WritingSystem[] Plane0 = BuildPlane0();

    /// <summary>
    /// The script of a letter, mark or digit; <see cref="WritingSystem.None"/> for all else, and for half a surrogate pair.
    /// </summary>
    public static WritingSystem Of(char c) => Plane0[c];

    /// <summary>The script of a letter, mark or digit, also beyond plane 0; <see cref="WritingSystem.None"/> for all else.</summary>
    public static WritingSystem Of(Rune rune) => rune.Value switch
    {
        <= 0xFFFF => Plane0[rune.Value],
        >= 0x20000 and <= 0x3FFFF => WritingSystem.Han,
        >= 0x1AFF0 and <= 0x1B16F => WritingSystem.Kana,
        _ => IsWordPart(rune) ? WritingSystem.Other : WritingSystem.None,
    };

    /// <summary>Whether texts in the script run on without spaces between words.</summary>
    public static bool IsUnspaced(this WritingSystem system) =>
        system is WritingSystem.Han or WritingSystem.Kana or WritingSystem.Hangul or WritingSystem.Thai or WritingSystem.Lao
            or WritingSystem.Khmer
            or WritingSystem.Burmese;

    private static WritingSystem[] BuildPlane0()
    {
        var systems = new WritingSystem[0x10000];
        for (var c = 0; c < systems.Length; c++)
            systems[c] = Rune.TryCreate((char)c, out var rune) && IsWordPart(rune) ? WritingSystem.Other : WritingSystem.None;

        foreach (var (first, last, system) in Blocks)
        {
            for (var c = first; c <= last; c++)
                systems[c] = systems[c] == WritingSystem.None || Rune.IsDigit(new Rune(c)) ? systems[c] : system;
        }

        return systems;
    }

    private static bool IsWordPart(Rune rune) => Rune.GetUnicodeCategory(rune) <= UnicodeCategory.LetterNumber;
}
