using System.Net;
using System.Text;

namespace Annotator.Domain.Sources.Texts;

/// <summary>Finds the headings of a text in its markup.</summary>
internal static class TextOutline
{
    /// <param name="html">As <see cref="ExtractedText.Html"/>.</param>
    public static IReadOnlyList<OutlineEntry> Of(string html)
    {
        var entries = new List<OutlineEntry>();
        var title = new StringBuilder();
        var (level, start, position, notes) = (0, 0, 0, 0);
        for (var i = 0; i < html.Length;)
        {
            var end = html.IndexOf(html[i] == '<' ? '>' : '<', i);
            end = end < 0 ? html.Length : end;
            var piece = html.AsSpan(i..end);
            if (html[i] != '<')
            {
                var words = notes > 0 ? "" : WebUtility.HtmlDecode(piece.ToString());
                position += words.Length - words.Count(char.IsLowSurrogate);
                if (level > 0)
                    title.Append(words);
            }
            else if (piece.StartsWith("<rt") || piece.StartsWith("<rp"))
            {
                notes++;
            }
            else if (piece.StartsWith("</rt") || piece.StartsWith("</rp"))
            {
                notes--;
            }
            else if (piece.Length > 2 && piece[1] == 'h' && char.IsAsciiDigit(piece[2]))
            {
                (level, start) = (piece[2] - '0', position);
                title.Clear();
            }
            else if (piece.Length > 3 && piece.StartsWith("</h") && char.IsAsciiDigit(piece[3]))
            {
                entries.Add(new OutlineEntry(level, title.ToString().ReplaceLineEndings(" ").Trim(), start));
                level = 0;
            }

            i = html[i] == '<' ? end + 1 : end;
        }

        return entries;
    }
}
