using System.Text;

namespace Annotator.Domain.Sources.Texts;

/// <summary>Joins the lines of paragraphs, and the words that were divided between them.</summary>
internal sealed class PdfProse
{
    private const int LongestHeading = 200;
    private const int LongestPart = 40;

    // "pre- and post-war" is not one word.
    private static readonly string[] Conjunctions = ["and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "e"];

    private readonly HashSet<string> _compounds = new(StringComparer.OrdinalIgnoreCase);
    private readonly double _bodySize;

    /// <summary>
    /// Collects what joining needs to know of the whole document: the words it writes with a hyphen, and the size of its body type.
    /// </summary>
    /// <param name="paragraphs">All of the document; at least one.</param>
    public PdfProse(IReadOnlyCollection<PdfParagraph> paragraphs)
    {
        foreach (var line in paragraphs.SelectMany(p => p.Lines))
            FindCompounds(line);
        _bodySize = paragraphs.GroupBy(p => p.Size).MaxBy(g => g.Sum(p => p.Lines.Sum(l => l.Length)))!.Key;
    }

    /// <summary>
    /// Whether a paragraph is set at least a fifth larger than the body, is not longer than a heading, and holds a letter.
    /// </summary>
    public bool IsHeading(PdfParagraph paragraph) =>
        paragraph.Size >= 1.2 * _bodySize
            && paragraph.Lines.Sum(l => l.Length) <= LongestHeading
            && paragraph.Lines.Any(l => l.Any(char.IsLetter));

    /// <summary>
    /// The lines as one text: words divided by a hyphen are joined, compounds that the document writes with a hyphen keep it.
    /// </summary>
    public string Join(PdfParagraph paragraph)
    {
        var text = new StringBuilder();
        foreach (var line in paragraph.Lines)
        {
            if (text.Length > 1
                && IsHyphen(text[^1])
                && char.IsLetterOrDigit(text[^2])
                && char.IsLetterOrDigit(line[0])
                && !IsConjunction(line))
            {
                if (IsDivided(text, line))
                    text.Length--;
                text.Append(line);
            }
            else
            {
                PdfLine.Append(text, line);
            }
        }

        return text.ToString();
    }

    private bool IsDivided(StringBuilder text, string next)
    {
        if (!char.IsLetter(text[^2]) || !char.IsLower(next[0]))
            return text[^1] == '\u00ad';
        var end = text.ToString(Math.Max(0, text.Length - 1 - LongestPart), Math.Min(text.Length - 1, LongestPart));
        return text[^1] == '\u00ad' || !_compounds.Contains(Compound(end, next));
    }

    private void FindCompounds(string line)
    {
        for (var i = 1; i < line.Length - 1; i++)
        {
            if (line[i] is '-' or '\u2010' && char.IsLetter(line[i - 1]) && char.IsLetter(line[i + 1]))
                _compounds.Add(Compound(line.AsSpan(Math.Max(0, i - LongestPart), Math.Min(i, LongestPart)), line.AsSpan(i + 1)));
        }
    }

    private static string Compound(ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        var start = before.Length;
        while (start > 0 && char.IsLetter(before[start - 1]))
            start--;
        return $"{before[start..]}-{after[..Letters(after)]}";
    }

    private static int Letters(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && length < LongestPart && char.IsLetter(text[length]))
            length++;
        return length;
    }

    private static bool IsConjunction(string line) =>
        Conjunctions.Contains(line[..Letters(line)], StringComparer.Ordinal) && line.Contains('-', StringComparison.Ordinal);

    private static bool IsHyphen(char c) => c is '-' or '\u2010' or '\u00ad';
}
