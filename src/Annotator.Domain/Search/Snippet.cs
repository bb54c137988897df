using Annotator.Domain.Analysis;
using Annotator.Domain.Text;

namespace Annotator.Domain.Search;

/// <summary>A piece of a found text.</summary>
public sealed record SnippetPiece(string Text, bool IsMatch);

/// <summary>The part of a text around what was looked for, cut into matches and what stands between.</summary>
public static class Snippet
{
    /// <summary>UTF-16 code units of a snippet; longer texts are cut, at graphemes, with an ellipsis.</summary>
    public const int Length = 320;

    private const int Lead = 80;

    /// <param name="text">Plain text, as indexed.</param>
    /// <param name="terms">What was looked for.</param>
    /// <param name="language">BCP 47 tag of the text, by whose rules other forms of a word are found.</param>
    public static IReadOnlyList<SnippetPiece> Of(string text, IReadOnlyList<Term> terms, string language)
    {
        var matches = Analyzer.Find(text, terms.Select(AnalyzedTerm.Of), language).Select(r => r.GetOffsetAndLength(text.Length)).ToList();
        var start = matches.Count == 0 || text.Length <= Length ? 0 : Graphemes.Start(text, Math.Max(0, matches[0].Offset - Lead));
        var end = text.Length - start <= Length ? text.Length : Graphemes.Start(text, start + Length);
        var pieces = new List<SnippetPiece>();
        var at = start;
        foreach (var (offset, length) in matches.Where(m => m.Offset >= start && m.Offset + m.Length <= end))
        {
            Add(at, offset, false);
            Add(offset, offset + length, true);
            at = offset + length;
        }

        Add(at, end, false);
        if (start > 0)
            pieces.Insert(0, new SnippetPiece("… ", false));
        if (end < text.Length)
            pieces.Add(new SnippetPiece(" …", false));
        return pieces;

        void Add(int from, int to, bool isMatch)
        {
            if (to > from)
                pieces.Add(new SnippetPiece(text[from..to], isMatch));
        }
    }
}
