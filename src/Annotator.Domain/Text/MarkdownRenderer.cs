using System.Buffers;
using Ganss.Xss;
using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Syntax;

namespace Annotator.Domain.Text;

/// <summary>
/// Bodies of annotations: CommonMark with GFM tables, autolinks, strikethrough and task lists, without raw HTML.
/// A single line end breaks the line, because people paste cards (<c>Gene: IDUA⏎Disease: MPS1</c>) and expect lines.
/// Safe to call from any thread.
/// </summary>
public static class MarkdownRenderer
{
    /// <summary>Longer texts (UTF-16 units) are shown as plain text: the worst inputs take time by the square of their length.</summary>
    public const int MaxLength = 40_000;

    private const int MaxNesting = 128;

    // Markdig takes for addresses what begins with http:, https:, ftp:, mailto:, tel: or www.
    private static readonly SearchValues<string> AddressMarks =
        SearchValues.Create(["://", "mailto:", "tel:", "www."], StringComparison.OrdinalIgnoreCase);

    private static readonly MarkdownPipeline Pipeline = BuildPipeline();
    private static readonly HtmlSanitizer Sanitizer = BuildSanitizer();

    /// <summary>
    /// Safe HTML. Links go to http, https and mailto only and carry <c>rel="nofollow ugc noopener noreferrer"</c>; images become links,
    /// so that reading sends nothing to other servers. Text nested or long beyond reason comes as escaped lines.
    /// </summary>
    public static string ToHtml(string markdown)
    {
        if (IsBareLine(markdown))
        {
            return $"<p>{Encoded(markdown)}</p>\n";
        }

        if (Parse(markdown) is not { } document)
        {
            return Escaped(markdown);
        }

        SafeLinks.Apply(document);
        try
        {
            return Sanitizer.Sanitize(document.ToHtml(Pipeline));
        }
        catch (ArgumentException)
        {
            return Escaped(markdown);
        }
    }

    /// <summary>
    /// The words a reader sees, without markup, for index and preview: <c>**AI のボト**ルネック</c> gives <c>AI のボトルネック</c>.
    /// Lines stay lines, blocks are lines, table cells are parted by tabs.
    /// </summary>
    public static string PlainText(string markdown) =>
        PlainTextWriter.MayHoldMarkup(markdown) && Parse(markdown) is { } document
            ? PlainTextWriter.Write(document)
            : markdown.Trim();

    // Most comments are one. To parse it, write it, and have the sanitizer read and write it again takes a hundred times as long.
    private static bool IsBareLine(string markdown) =>
        markdown.Length > 0
        && !PlainTextWriter.MayHoldMarkup(markdown)
        && !markdown.Contains('\n', StringComparison.Ordinal)
        && !markdown.AsSpan().ContainsAny(AddressMarks);

    // Null where Markdig finds the nesting too deep, or where it would take too long to find out.
    private static MarkdownDocument? Parse(string markdown)
    {
        if (markdown.Length > MaxLength)
        {
            return null;
        }

        try
        {
            return Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Escaped(string text) => $"<p>{Encoded(text.Trim()).ReplaceLineEndings("<br>")}</p>";

    // As HTML is written (HTML Standard, 13.3).
    private static string Encoded(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("\u00a0", "&nbsp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private static MarkdownPipeline BuildPipeline()
    {
        var builder = new MarkdownPipelineBuilder { MaximumNestingDepth = MaxNesting }
            .DisableHtml()
            .UsePipeTables()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
            .UseTaskLists()
            .UseCjkFriendlyEmphasis()
            .UseSoftlineBreakAsHardlineBreak()
            .UseAutoLinks(new AutoLinkOptions { ValidPreviousCharacters = BeforeAddress(), UseHttpsForWWWLinks = true });
        return builder.Build();
    }

    // Markdig's own, and East Asian characters, which stand before an address without a space.
    private static string BeforeAddress() =>
        "*_~(“‘" + string.Concat(Between('\u3000', '\u9fff').Concat(Between('\uac00', '\ud7a3')).Concat(Between('\uff00', '\uff60')));

    private static IEnumerable<char> Between(char first, char last) => Enumerable.Range(first, last - first + 1).Select(c => (char)c);

    private static HtmlSanitizer BuildSanitizer()
    {
        var options = HtmlSanitizerOptions.Empty();
        options.AllowedTags = Set(
            "p br hr h1 h2 h3 h4 h5 h6 strong em del code pre blockquote ul ol li a table thead tbody tr th td input");
        options.AllowedAttributes = Set("href rel title start type checked disabled style");
        options.AllowedCssProperties = Set("text-align");
        options.AllowedSchemes = Set("http https mailto");
        options.UriAttributes = Set("href");
        return new HtmlSanitizer(options);
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.OrdinalIgnoreCase);
}
