using System.Buffers;
using System.Globalization;
using System.Text;

namespace Annotator.Benchmarks.Search.Truth;

/// <summary>Words as the rules of the right answers see them: runs of letters, digits and marks of the scripts that write spaces.</summary>
internal static class PlainWords
{
    // Scripts without spaces, and those of which a part of a word is looked for; first and last character.
    private static readonly (int First, int Last)[] Unspaced =
    [
        (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x3005, 0x30FF), (0x3130, 0x318F),
        (0x31F0, 0x31FF), (0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
    ];

    private static readonly (int First, int Last)[] Marks =
    [
        (0x0300, 0x036F), (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5), (0x05C7, 0x05C7), (0x0610, 0x061A),
        (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06ED), (0x0900, 0x0903), (0x093A, 0x094F), (0x0951, 0x0957), (0x0962, 0x0963),
        (0x0981, 0x0983), (0x09BC, 0x09BC), (0x09BE, 0x09CD), (0x0B82, 0x0B82), (0x0BBE, 0x0BCD),
    ];

    // Every text of the corpus is cut into words: the basic plane is looked up.
    private static readonly bool[] Basic =
    [
        .. Enumerable.Range(0, 0x10000).Select(c => !char.IsSurrogate((char)c) && IsWordSlowly(new Rune(c))),
    ];

    public static bool IsWord(Rune rune) => rune.IsBmp ? Basic[rune.Value] : IsWordSlowly(rune);

    public static List<string> Of(string text)
    {
        var words = new List<string>();
        for (int start = 0, at = 0; at <= text.Length;)
        {
            var length = at < text.Length ? LengthAt(text, at) : 0;
            if (length == 0)
            {
                if (at > start)
                    words.Add(text[start..at]);
                start = at + 1;
            }

            at += Math.Max(length, 1);
        }

        return words;
    }

    /// <summary>Whether a word goes on over an end of text[start..end] that is itself within a word.</summary>
    public static bool IsCut(string text, int start, int end) =>
        (IsWordBefore(text, start) && LengthAt(text, start) > 0)
            || (end < text.Length && LengthAt(text, end) > 0 && IsWordBefore(text, end));

    private static bool IsWordBefore(string text, int at) =>
        Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var rune, out _) == OperationStatus.Done && IsWord(rune);

    // UTF-16 units of the letter, digit or mark; 0 for anything else.
    private static int LengthAt(string text, int at) =>
        !char.IsSurrogate(text[at]) ? (Basic[text[at]] ? 1 : 0)
        : Rune.TryGetRuneAt(text, at, out var rune) && IsWord(rune) ? 2
        : 0;

    private static bool IsWordSlowly(Rune rune) => Holds(Marks, rune) || (Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
        && !Holds(Unspaced, rune));

    private static bool Holds((int First, int Last)[] ranges, Rune rune) =>
        Array.Exists(ranges, r => rune.Value >= r.First && rune.Value <= r.Last);
}
