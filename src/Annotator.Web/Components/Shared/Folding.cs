using System.Text;
using Annotator.Domain.Annotations;
using Annotator.Domain.Reading;
using Annotator.Domain.Text;

namespace Annotator.Web.Components.Shared;

/// <summary>
/// Bounds a page that shows what many people wrote: what is longest on it is folded, that is, only its beginning is shown, with a link to
/// all of it. All sizes are bytes of HTML in UTF-8. Fifty comments of nothing but ampersands would make a page of 17 MB.
/// </summary>
internal static class Folding
{
    /// <summary>
    /// The longest comment that is shown whole among others. It is about 3,000 words of English, or 6,000 Chinese characters.
    /// </summary>
    public const int Comment = 20_000;

    /// <summary>The longest quote that is shown whole among others.</summary>
    public const int Quote = 8_000;

    /// <summary>Tags of one comment among others.</summary>
    private const int Tags = 20;

    /// <summary>UTF-16 units of these tags together. In an address each may take nine bytes.</summary>
    private const int TagLength = 400;

    /// <summary>From the Hangul letters on most are wide.</summary>
    private const char FirstWide = '\u1100';

    /// <summary>All comments and quotes of a page together.</summary>
    private const int Page = 4_000_000;

    /// <summary>UTF-16 units of a beginning.</summary>
    public const int Beginning = 2_000;

    /// <summary>Lines from which on a comment among others is folded to its first twelve (app.css).</summary>
    private const int Lines = 16;

    /// <summary>Letters in a line, of which Chinese ones count twice.</summary>
    private const int Line = 72;

    /// <summary>The longest that a comment or a quote may be on this page, if all of them together are to stay in bounds.</summary>
    public static int MostOn(SourceReading reading, MarkdownCache rendered)
    {
        var comments = reading.Annotations.ToList();
        if ((long)Comment * comments.Count + (long)Quote * reading.Passages.Count <= Page)
            return Comment;
        var quotes = reading.Passages.Select(p => SizeOfText(p.Quote.Exact));
        int[] sizes = [.. comments.Select(a => SizeOf(rendered.ToHtml(a.Body))).Concat(quotes).Order()];
        // What the shorter ones leave, the longer ones share.
        var left = Page;
        for (var i = 0; i < sizes.Length; left -= sizes[i++])
        {
            if (sizes[i] > left / (sizes.Length - i))
                return Math.Min(Comment, left / (sizes.Length - i));
        }

        return Comment;
    }

    /// <summary>The beginning of a text.</summary>
    /// <param name="size">Of the whole text as it would be shown.</param>
    /// <param name="most">The longest that it may be.</param>
    /// <returns>Null where it is to be shown whole.</returns>
    public static string? BeginningOf(string text, int size, int most) =>
        // An ampersand is five bytes.
        size <= most ? null : Cut.Words(text, Math.Min(Beginning, most / 5));

    /// <summary>Whether a comment has so many lines that only the first are shown among others.</summary>
    public static bool IsLong(string markdown)
    {
        var lines = 0;
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            var width = line.Length;
            foreach (var letter in line)
                width += letter >= FirstWide ? 1 : 0;
            lines += 1 + (width / Line);
            if (lines > Lines)
                return true;
        }

        return false;
    }

    /// <summary>The size of HTML.</summary>
    public static int SizeOf(string html) => Encoding.UTF8.GetByteCount(html);

    /// <summary>The size of a plain text as HTML.</summary>
    public static int SizeOfText(string text) => SizeOf(HtmlText.Escape(text));

    /// <summary>The tags of a comment that are shown among others.</summary>
    public static IEnumerable<string> TagsOf(IReadOnlyList<string> tags)
    {
        var left = TagLength;
        return tags.Take(Tags).TakeWhile((tag, i) => (left -= tag.Length) >= 0 || i == 0);
    }
}
