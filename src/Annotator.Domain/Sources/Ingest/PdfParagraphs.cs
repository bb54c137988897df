using System.Text;
using UglyToad.PdfPig.Content;

namespace Annotator.Domain.Sources.Ingest;

/// <summary>
/// Joins the letters of a page to lines and its lines to paragraphs, in the order in which the page has them. A line is new where
/// letters go back or change their height; a paragraph where lines are further apart than they are high, or change their size.
/// </summary>
internal static class PdfParagraphs
{
    private static readonly string[] Ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

    public static IEnumerable<string> Of(Page page)
    {
        var (paragraph, before) = (new StringBuilder(), (Line?)null);
        foreach (var line in LinesOf(page.Letters))
        {
            if (before is not null && !Continues(before, line))
            {
                yield return paragraph.ToString();
                paragraph.Clear();
            }

            Join(paragraph, line.Text.ToString().Trim());
            before = line;
        }

        if (paragraph.Length > 0)
            yield return paragraph.ToString();
    }

    private static IEnumerable<Line> LinesOf(IReadOnlyList<Letter> letters)
    {
        Line? line = null;
        foreach (var letter in letters.Where(l => l.Value.Length > 0))
        {
            var (x, y) = (letter.StartBaseLine.X, letter.StartBaseLine.Y);
            if (line is null || Math.Abs(y - line.Y) > line.Size / 2 || x < line.End - line.Size)
            {
                if (line is not null && !string.IsNullOrWhiteSpace(line.Text.ToString()))
                    yield return line;
                line = new Line(y, Math.Max(letter.PointSize, 1)) { End = x };
            }

            if (x - line.End > line.Size / 5 && line.Text.Length > 0)
                line.Text.Append(' ');
            line.Text.Append(Expanded(letter.Value));
            line.End = Math.Max(line.End, letter.EndBaseLine.X);
        }

        if (line is not null && !string.IsNullOrWhiteSpace(line.Text.ToString()))
            yield return line;
    }

    private static bool Continues(Line before, Line line) =>
        Math.Abs(before.Size - line.Size) < 1 && before.Y - line.Y is var down && down > -line.Size && down < 1.75 * line.Size;

    // The hyphen goes where a word was divided; a word with a hyphen of its own loses it too, as nobody can tell.
    private static void Join(StringBuilder paragraph, string line)
    {
        if (paragraph.Length > 1 && (paragraph[^1] is '-' or '\u2010' or '\u00ad') && char.IsLetter(paragraph[^2]) && char.IsLower(line[0]))
            paragraph.Length--;
        else if (paragraph.Length > 0 && !(IsUnspaced(paragraph[^1]) && IsUnspaced(line[0])))
            paragraph.Append(' ');
        paragraph.Append(line);
    }

    // Chinese and Japanese have no spaces between words, so none between lines.
    private static bool IsUnspaced(char c) => c is (>= '\u3000' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff') or (>= '\uff00' and <= '\uffef');

    private static string Expanded(string value) =>
        value is [>= '\ufb00' and <= '\ufb06' and var ligature] ? Ligatures[ligature - '\ufb00'] : value;

    private sealed class Line(double y, double size)
    {
        public double Y => y;
        public double Size => size;
        public double End { get; set; }
        public StringBuilder Text { get; } = new();
    }
}
