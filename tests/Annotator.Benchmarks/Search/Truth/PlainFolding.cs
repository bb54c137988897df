using System.Text;

namespace Annotator.Benchmarks.Search.Truth;

/// <summary>
/// The two normal forms in which the rules of the right answers compare texts. Written apart from the program's own folding,
/// which it is to judge.
/// </summary>
internal sealed class PlainFolding
{
    private static readonly Dictionary<char, string> Letters = new()
    {
        ['ß'] = "ss",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ø'] = "o",
        ['đ'] = "d",
        ['ð'] = "d",
        ['þ'] = "th",
        ['ł'] = "l",
        ['ı'] = "i",
        ['ς'] = "σ",
        ['\u0649'] = "\u064A",
        ['\u06CC'] = "\u064A",
        ['\u0629'] = "\u0647",
        ['\u06A9'] = "\u0643",
    };

    private readonly Dictionary<Rune, string> _simplified;

    /// <param name="simplified">Lines of a traditional character and its simplified one.</param>
    public PlainFolding(FileInfo simplified) =>
        _simplified = File.ReadLines(simplified.FullName)
            .Select(line => line.Trim().EnumerateRunes().ToArray())
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1].ToString());

    /// <summary>Compatibility forms and letter case are alike; signs without width, soft hyphens and the tatweel are gone.</summary>
    public static string Alike(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC).ToLowerInvariant())
        {
            // What folding the case does besides lower case.
            if (c is 'ß')
                folded.Append("ss");
            else if (c is 'ς')
                folded.Append('σ');
            else if (c is 'İ')
                folded.Append("i\u0307");
            else if (c is not ('\u00AD' or '\u0640' or '\uFEFF' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E')))
                folded.Append(c);
        }

        return folded.ToString();
    }

    /// <summary>
    /// Besides, the marks of Latin, Greek, Cyrillic, Hebrew and Arabic are off, and traditional characters are simplified.
    /// </summary>
    /// <param name="alike">A text that is <see cref="Alike"/>.</param>
    public string Bare(string alike)
    {
        if (Ascii.IsValid(alike))
            return alike;
        var folded = new StringBuilder(alike.Length);
        // The short i is a letter of its own.
        foreach (var rune in alike.Normalize(NormalizationForm.FormD).Replace("и\u0306", "й", StringComparison.Ordinal).EnumerateRunes())
        {
            if (rune.IsBmp && IsMark((char)rune.Value))
                continue;
            if (rune.IsBmp && Letters.TryGetValue((char)rune.Value, out var letters))
                folded.Append(letters);
            else if (_simplified.TryGetValue(rune, out var simplified))
                folded.Append(simplified);
            else
                folded.Append(rune);
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    private static bool IsMark(char c) => c is
        (>= '\u0300' and <= '\u036F') or (>= '\u0591' and <= '\u05BD') or '\u05BF' or '\u05C1' or '\u05C2' or '\u05C4' or '\u05C5'
            or '\u05C7'
        or (>= '\u064B' and <= '\u065F') or '\u0670' or (>= '\u06D6' and <= '\u06ED');
}
