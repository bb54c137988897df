using System.Net;
using System.Text.RegularExpressions;

namespace Annotator.Domain.Sources.Texts;

/// <summary>
/// Pages nested so deep that a parser takes time by the square of the depth: their words, without the markup. Only roughly read;
/// what slips through meets the time limit of reading.
/// </summary>
internal static partial class FlatHtml
{
    private const int MostOpen = 2_000;

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

    public static ExtractedText Read(string html) =>
        PlainTextReader.Read(WebUtility.HtmlDecode(WithoutTags(html))) with { LeftOut = [new LeftOut("markup", "nested_too_deep", 1)] };

    public static string WithoutTags(string html) => AnyTag().Replace(html, "\n");

    // Without elements that nothing has to end.
    [GeneratedRegex(@"</?(?!(?:p|li|td|th|tr|dt|dd|br|hr|img|link|meta|input|option|col|source|wbr|rt|rp|tbody|thead|path|rect|use)\b)[a-z]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"<(?:script|style)\b.*?</(?:script|style)|<[a-z/!][^<>]*>?", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex AnyTag();
}
