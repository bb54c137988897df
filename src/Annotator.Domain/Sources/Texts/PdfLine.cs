using System.Text;
using Annotator.Domain.Languages;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis;

namespace Annotator.Domain.Sources.Texts;

/// <summary>The text of a line, which a PDF keeps as shapes from left to right.</summary>
internal static class PdfLine
{
    /// <summary>
    /// The words of a line in reading order, also of Hebrew and Arabic lines; without ligatures and presentation forms.
    /// </summary>
    public static string Text(TextLine line)
    {
        var words = line.Words.ToList();
        if (line.TextOrientation == TextOrientation.Horizontal && words.Count(IsRightToLeft) * 2 > words.Count)
            words = RightToLeft(words);
        var text = new StringBuilder();
        foreach (var word in words.Select(Text))
            Append(text, word);
        return text.ToString();
    }

    /// <summary>Puts a blank between the two, but none between characters that are written without.</summary>
    public static void Append(StringBuilder text, string next)
    {
        if (text.Length > 0 && next.Length > 0 && !(UnspacedScripts.IsEastAsian(text[^1]) && UnspacedScripts.IsEastAsian(next[0])))
            text.Append(' ');
        text.Append(next);
    }

    private static string Text(Word word)
    {
        var letters = IsRightToLeft(word) ? word.Letters.OrderByDescending(l => l.StartBaseLine.X) : word.Letters.AsEnumerable();
        var text = new StringBuilder();
        foreach (var c in letters.SelectMany(l => l.Value))
        {
            if (IsShape(c))
                text.Append(c.ToString().Normalize(NormalizationForm.FormKC));
            else
                text.Append(c);
        }

        return text.ToString().Trim();
    }

    // Numbers and foreign words in the line keep their own order.
    private static List<Word> RightToLeft(List<Word> words)
    {
        var ordered = words.OrderByDescending(w => w.BoundingBox.Left).ToList();
        for (var i = 0; i < ordered.Count; i++)
        {
            var end = i;
            while (end < ordered.Count && !IsRightToLeft(ordered[end]))
                end++;
            if (end - i > 1)
                ordered.Reverse(i, end - i);
            i = Math.Max(i, end);
        }

        return ordered;
    }

    private static bool IsRightToLeft(Word word) => word.Text.Count(IsRightToLeft) * 2 > word.Text.Length;

    private static bool IsRightToLeft(char c) =>
        c is >= '\u0590' and <= '\u08ff' or >= '\ufb1d' and <= '\ufdff' or >= '\ufe70' and <= '\ufefc';

    // Ligatures and the forms of Hebrew and Arabic letters.
    private static bool IsShape(char c) =>
        c is >= '\ufb00' and <= '\ufdfb' and not ('\ufd3e' or '\ufd3f') and not (>= '\ufdd0' and <= '\ufdef')
            or >= '\ufe70' and <= '\ufefc';
}
