using System.Globalization;
using System.Text;

namespace Annotator.Domain.Text;

/// <summary>
/// Unicode normalization (UAX #15) of texts that anybody sends, in time proportional to their length. Putting marks into canonical
/// order takes time by the square of the length of a run of them: 65,000 marks on one letter take over a second, and writing
/// systems need fewer than ten. The runtime throws at U+FFFE, which is no character; here it stays what it is.
/// </summary>
public static class Normalization
{
    /// <summary>UTF-16 units of marks in a row that are put into order together; longer runs are cut into pieces of this length.</summary>
    public const int LongestRun = 64;

    private const char NoCharacter = '\ufffe';

    /// <summary>
    /// The text in a normalization form (UAX #15), except that U+FFFE stays and runs of marks are ordered in pieces of
    /// <see cref="LongestRun"/>.
    /// </summary>
    public static string Of(string text, NormalizationForm form)
    {
        var cuts = CutsIn(text);
        if (cuts.Count == 0)
            return text.Length > 0 && text[0] == NoCharacter ? text : text.Normalize(form);
        var normalized = new StringBuilder(text.Length);
        var start = 0;
        foreach (var end in cuts.Append(text.Length))
        {
            normalized.Append(text[start] == NoCharacter ? text[start..end] : text[start..end].Normalize(form));
            start = end;
        }

        return normalized.ToString();
    }

    // Offsets between 0 and the length, in order.
    private static List<int> CutsIn(string text)
    {
        var cuts = new List<int>();
        for (int i = 0, run = 0; i < text.Length; i++)
        {
            if (text[i] == NoCharacter || (i > 0 && text[i - 1] == NoCharacter))
            {
                if (i > 0 && (cuts.Count == 0 || cuts[^1] != i))
                    cuts.Add(i);
            }

            run = text[i] >= '\u0300' && IsMark(text, i) ? run + 1 : 0;
            // A pair of surrogates stays together.
            if (run < LongestRun || char.IsHighSurrogate(text[i]))
                continue;
            if (i + 1 < text.Length)
                cuts.Add(i + 1);
            run = 0;
        }

        return cuts;
    }

    // The low half of a surrogate pair is a mark if the code point of the pair is one.
    private static bool IsMark(string text, int i)
    {
        if (char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1]))
            i--;
        return CharUnicodeInfo.GetUnicodeCategory(
            text, i) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
    }
}
