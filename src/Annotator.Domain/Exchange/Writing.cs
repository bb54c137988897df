using System.Text;

namespace Annotator.Domain.Exchange;

/// <summary>The writing system most of a line is in. People often comment in another one than they read.</summary>
internal enum Writing
{
    None,
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Indic,
    EastAsian,
    Hangul,
}

/// <summary>Tells the writing system of a line.</summary>
internal static class Writings
{
    // One ideograph says as much as several letters: a Chinese comment full of English names is Chinese.
    private const int LettersPerIdeograph = 4;

    public static Writing Of(string text)
    {
        var counts = new Dictionary<Writing, int>();
        foreach (var rune in text.EnumerateRunes())
        {
            var writing = Rune.IsLetter(rune) ? Of(rune.Value) : Writing.None;
            counts[writing] = counts.GetValueOrDefault(writing) + (writing == Writing.EastAsian ? LettersPerIdeograph : 1);
        }

        counts.Remove(Writing.None);
        return counts.Count == 0 ? Writing.None : counts.MaxBy(c => c.Value).Key;
    }

    private static Writing Of(int letter) => letter switch
    {
        < 0x0250 or (>= 0x1E00 and < 0x1F00) => Writing.Latin,
        (>= 0x0370 and < 0x0400) or (>= 0x1F00 and < 0x2000) => Writing.Greek,
        >= 0x0400 and < 0x0530 => Writing.Cyrillic,
        >= 0x0590 and < 0x0600 => Writing.Hebrew,
        (>= 0x0600 and < 0x0780) or (>= 0xFB50 and < 0xFE00) => Writing.Arabic,
        >= 0x0900 and < 0x1000 => Writing.Indic,
        (>= 0x1100 and < 0x1200) or (>= 0xAC00 and < 0xD7B0) => Writing.Hangul,
        (>= 0x3040 and < 0xA000) or (>= 0xF900 and < 0xFB00) or (>= 0x20000 and < 0x40000) => Writing.EastAsian,
        _ => Writing.None,
    };
}
