using System.Net;
using System.Text.RegularExpressions;

namespace Annotator.Domain.Sources.Texts;

/// <summary>
/// Reads HTML nested so deep that a parser would take time by the square of the depth: only its words, without the markup. The
/// depth is estimated; pages that are not recognised run into the time limit of reading.
/// </summary>
internal static partial class FlatHtml
{
    private const int MostOpen = 2_000;

    /// <summary>Whether more than 2,000 elements are open at once, counted roughly by the tags.</summary>
    public static bool IsNeeded(string html)
    {
        var open = 0;
        foreach (var tag in Tag().EnumerateMatches(html))
        {
            open += html[tag.Index + 1] == '/' ? -1 : 1;
            if (open > MostOpen)
                return true;
            open = Math.Max(open, 0);
        }

        return false;
    }

    /// <summary>The words of the page as paragraphs, with a note that its markup was left out.</summary>
    public static ExtractedText Read(string html) =>
        PlainTextReader.Read(WebUtility.HtmlDecode(WithoutTags(html))) with { LeftOut = [new LeftOut("markup", "nested_too_deep", 1)] };

    /// <summary>The page with a line feed in place of each tag, script and style sheet; entities stay as they are.</summary>
    public static string WithoutTags(string html) => AnyTag().Replace(html, "\n");

    // Start and end tags, but for elements that need no end tag.
    [GeneratedRegex(
        @"</?(?!(?:p|li|td|th|tr|dt|dd|br|hr|img|link|meta|input|option|col|source|wbr|rt|rp|tbody|thead|path|rect|use)\b)[a-z]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        5000)]
    private static partial Regex Tag();

    [GeneratedRegex(
        @"<(?:script|style)\b.*?</(?:script|style)|<[a-z/!][^<>]*>?",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant,
        5000)]
    private static partial Regex AnyTag();
}
