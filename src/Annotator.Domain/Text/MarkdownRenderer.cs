using System.Buffers;
using System.Net;
using Annotator.Domain.Languages;
using Ganss.Xss;
using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Renderers;
using Markdig.Syntax;

namespace Annotator.Domain.Text;

/// <summary>
/// Bodies of annotations: CommonMark with GFM tables, autolinks, strikethrough and task lists, without raw HTML.
/// A single line end breaks the line, because people paste cards (<c>Gene: IDUA⏎Disease: MPS1</c>) and expect lines.
/// Safe to call from any thread.
/// </summary>
public static class MarkdownRenderer
{
    /// <summary>Longer texts (UTF-16 units) are shown as typed: the worst inputs take time by the square of their length.</summary>
    public const int MaxLength = 40_000;

    // Where there are more, they are shown as lines either way: cleaning takes time by the square of the elements beside each other.
    private const int MaxLines = 8_000;

    private const int MaxNesting = 128;

    // Markdig takes for addresses what begins with http:, https:, ftp:, mailto:, tel: or www.
    private static readonly SearchValues<string> AddressMarks =
        SearchValues.Create(["://", "mailto:", "tel:", "www."], StringComparison.OrdinalIgnoreCase);

    private static readonly MarkdownPipeline Pipeline = BuildPipeline();
    private static readonly HtmlSanitizer Sanitizer = BuildSanitizer();

    /// <summary>
    /// Safe HTML. Links go to http, https and mailto only and carry <c>rel="nofollow ugc noopener noreferrer"</c>; images become links,
    /// so that reading sends nothing to other servers. Where the text is longer than <see cref="MaxLength"/>, is nested too deep, has too
    /// many lines, cells, marks of emphasis or brackets, would make more HTML than <see cref="LongestHtml"/>, or would show nothing, such
    /// as a link definition alone, it comes as it was typed, escaped, line by line.
    /// </summary>
    public static string ToHtml(string markdown)
    {
        if (IsBareLine(markdown))
            return $"<p>{HtmlText.Escape(markdown)}</p>\n";

        if (Parse(markdown) is not { } document)
            return Escaped(markdown);

        SafeLinks.Apply(document);
        BlockDirections.Apply(document);
        var longest = LongestHtml(markdown.Length);
        return Write(document, longest) is { } html
            && Sanitizer.Sanitize(html) is var safe
            && safe.Length <= longest
            && (ShowsAnything(safe) || Invisible.IsAllOf(markdown))
            ? safe
            : Escaped(markdown);
    }

    /// <summary>
    /// Most UTF-16 units of HTML that are made of a text of this length, in units too. Ordinary texts make up to twice their length, a list
    /// of short addresses seven times; one link definition used a thousand times would make a thousand times its length.
    /// </summary>
    public static int LongestHtml(int length) => 65_536 + 8 * length;

    /// <summary>
    /// The words a reader sees, without markup, for index and preview: <c>**AI のボト**ルネック</c> gives <c>AI のボトルネック</c>.
    /// Lines stay lines, blocks are lines, table cells are parted by tabs.
    /// </summary>
    public static string PlainText(string markdown) =>
        PlainTextWriter.MayHoldMarkup(markdown)
        && Parse(markdown) is { } document
        && PlainTextWriter.Write(document) is var text
        && !Invisible.IsAllOf(text)
            ? text
            : markdown.Trim();

    // Most comments are one. To parse it, write it, and have the sanitizer read and write it again takes a hundred times as long.
    internal static bool IsBareLine(string markdown) =>
        markdown.Length > 0
        && !PlainTextWriter.MayHoldMarkup(markdown)
        && !markdown.Contains('\n', StringComparison.Ordinal)
        && !markdown.AsSpan().ContainsAny(AddressMarks);

    // Null where Markdig finds the nesting too deep, or where it would take too long to find out.
    private static MarkdownDocument? Parse(string markdown)
    {
        if (markdown.Length > MaxLength
            || markdown.AsSpan().Count('\n') + markdown.AsSpan().Count('\r') > MaxLines
            || TableSize.IsTooLarge(markdown)
            || NestingSize.IsTooLarge(markdown)
            || MarkSize.IsTooLarge(markdown))
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

    // Null where the HTML grows longer than allowed, or the document is nested too deep to be written.
    private static string? Write(MarkdownDocument document, int longest)
    {
        using var html = new BoundedWriter(longest);
        var renderer = new HtmlRenderer(html);
        Pipeline.Setup(renderer);
        try
        {
            renderer.Render(document);
            return html.ToString();
        }
        catch (Exception e) when (e is ArgumentException or BoundedWriter.FullException)
        {
            return null;
        }
    }

    // Words, a line across, or a box to tick.
    private static bool ShowsAnything(string html)
    {
        if (html.Contains("<hr", StringComparison.Ordinal) || html.Contains("<input", StringComparison.Ordinal))
            return true;
        for (var at = 0; at < html.Length;)
        {
            var tag = html.IndexOf('<', at);
            var end = tag < 0 ? html.Length : tag;
            if (!Invisible.IsAllOf(WebUtility.HtmlDecode(html[at..end])))
                return true;
            at = tag < 0 ? html.Length : html.IndexOf('>', tag) + 1;
        }

        return false;
    }

    private static string Escaped(string text) => $"<p>{HtmlText.Escape(text.Trim()).ReplaceLineEndings("<br>")}</p>";

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
        string.Concat(
            [
                "*_~(“‘",
                .. UnspacedScripts.CharactersOf(UnspacedScripts.EastAsianLetters + UnspacedScripts.EastAsianSigns + UnspacedScripts.Hangul),
            ]);

    private static HtmlSanitizer BuildSanitizer()
    {
        var options = HtmlSanitizerOptions.Empty();
        options.AllowedTags = Set(
            "p br hr h1 h2 h3 h4 h5 h6 strong em del code pre blockquote ul ol li a table thead tbody tr th td input");
        options.AllowedAttributes = Set("href rel title start type checked disabled style dir");
        options.AllowedCssProperties = Set("text-align");
        options.AllowedSchemes = Set("http https mailto");
        options.UriAttributes = Set("href");
        return new HtmlSanitizer(options);
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.OrdinalIgnoreCase);
}
