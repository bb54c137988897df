using System.Buffers;

namespace Annotator.Domain.Text;

/// <summary>
/// Estimates what a Markdown parser does to match marks of emphasis and the brackets of links: in a paragraph it looks from each one back
/// to all before it. The same 20,000 marks take 1,000 times as long in one paragraph as in 1,000 of them.
/// </summary>
internal static class MarkSize
{
    /// <summary>
    /// Sum of the squares of the marks of each paragraph. One of 3,000 marks, or forty of 500, take about 30 ms; ordinary texts of the
    /// greatest length stay below a hundredth, and a list of 1,000 links below a half.
    /// </summary>
    private const long MaxLooks = 10_000_000;

    private static readonly SearchValues<char> Marks = SearchValues.Create("*_~[");

    /// <summary>Whether the text has so many marks in one paragraph, or in all together, that it is not to be parsed.</summary>
    public static bool IsTooLarge(ReadOnlySpan<char> markdown)
    {
        var looks = 0L;
        while (!markdown.IsEmpty)
        {
            var length = ParagraphLength(markdown);
            long marks = MarksIn(markdown[..length]);
            looks += marks * marks;
            if (looks > MaxLooks)
                return true;
            markdown = markdown[length..];
        }

        return false;
    }

    // Up to the next empty line; lines with white space alone are taken for text, which counts rather too much.
    private static int ParagraphLength(ReadOnlySpan<char> markdown)
    {
        var end = markdown.IndexOf("\n\n");
        return end < 0 ? markdown.Length : end + 2;
    }

    // Marks of emphasis of the same kind beside each other are matched as one. Brackets are not, and each takes about four times as long.
    private static int MarksIn(ReadOnlySpan<char> paragraph)
    {
        var marks = 0;
        while (paragraph.IndexOfAny(Marks) is >= 0 and var start)
        {
            var run = paragraph[start..];
            var length = run.IndexOfAnyExcept(run[0]) is >= 0 and var end ? end : run.Length;
            marks += run[0] is '[' ? 2 * length : 1;
            paragraph = run[length..];
        }

        return marks;
    }
}
