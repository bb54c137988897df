using AngleSharp.Html.Parser;
using Annotator.Domain.Text;
using CsCheck;
using Xunit;

namespace Annotator.Tests.Domain.Text;

public sealed class MarkdownRendererTests
{
    private static readonly string[] Addresses = ["www.", "https://ex.com", "FTP://ex.com", "mailto:", "Tel:123456", "a@b.example"];

    private const string Rel = "rel=\"nofollow ugc noopener noreferrer\"";

    [Theory]
    [InlineData("Gene: IDUA\nDisease: MPS1", "<p>Gene: IDUA<br>\nDisease: MPS1</p>")]
    [InlineData("**AI のボト**ルネック", "<p><strong>AI のボト</strong>ルネック</p>")]
    [InlineData("这是**“重点”**吗", "<p>这是<strong>“重点”</strong>吗</p>")]
    [InlineData("~~old~~ `a<b`", "<p><del>old</del> <code>a&lt;b</code></p>")]
    [InlineData("```js\n1 < 2\n```", "<pre><code>1 &lt; 2\n</code></pre>")]
    [InlineData("- [x] done", "<ul>\n<li><input disabled=\"disabled\" type=\"checkbox\" checked=\"checked\"> done</li>\n</ul>")]
    [InlineData("<b onclick=x>raw</b>", "<p>&lt;b onclick=x&gt;raw&lt;/b&gt;</p>")]
    [InlineData("", "")]
    public void Markdown_becomes_html(string markdown, string html) => Assert.Equal(html, MarkdownRenderer.ToHtml(markdown).Trim());

    // A line without markup takes a shorter way, which a paragraph of Markdown after it does not.
    [Fact]
    public void A_bare_line_gives_what_it_gives_beside_markup() =>
        Gen.OneOf(
            Gen.Int[0, Addresses.Length - 1].Select(i => Addresses[i]),
            Gen.Char["ab 的。　“”\"'.,;:!?()@#-+=>0123456789é\u00a0\u202e"].Select(c => c.ToString()))
            .Array[0, 12]
            .Select(string.Concat)
            .Where(line => line.Trim(' ').Length > 0)
            // Alone, a line that shows nothing is shown as typed.
            .Where(line => !string.Equals(MarkdownRenderer.PlainText(line + "\n\n*x*"), "x", StringComparison.Ordinal))
            .Sample(
                line =>
                    Assert.Equal(
                        MarkdownRenderer.ToHtml(line + "\n\n*x*"), MarkdownRenderer.ToHtml(line).TrimEnd('\n') + "\n<p><em>x</em></p>\n"),
                iter: 4_000);

    [Theory]
    [InlineData("[a]: http://ex.com")]
    [InlineData("[a]: <http://ex.com> 'b'\n\n[c]: d")]
    [InlineData("#")]
    [InlineData("> ")]
    [InlineData("&#8203;")]
    public void What_would_show_nothing_is_shown_as_typed(string markdown)
    {
        var shown = new HtmlParser().ParseDocument(MarkdownRenderer.ToHtml(markdown)).Body!.TextContent;
        Assert.Equal(markdown.ReplaceLineEndings("").Trim(), shown.Trim());
        Assert.Equal(markdown.Trim(), MarkdownRenderer.PlainText(markdown));
    }

    [Theory]
    [InlineData("---", "<hr>")]
    [InlineData("- [ ] ", "<ul>\n<li><input disabled=\"disabled\" type=\"checkbox\"></li>\n</ul>")]
    public void What_shows_something_without_words_stays(string markdown, string html) =>
        Assert.Equal(html, MarkdownRenderer.ToHtml(markdown).Trim());

    [Theory]
    [InlineData("Hello\n\nשלום HTML", "<p dir=\"ltr\">Hello</p>\n<p dir=\"rtl\">שלום HTML</p>")]
    [InlineData(
        "HTML لغة لوصف الصفحات\n\nIt says so.",
        "<p dir=\"rtl\">HTML لغة لوصف الصفحات</p>\n<p dir=\"ltr\">It says so.</p>")]
    [InlineData("- one\n- שתיים", "<ul>\n<li dir=\"ltr\">one</li>\n<li dir=\"rtl\">שתיים</li>\n</ul>")]
    [InlineData("# كتاب\n\nA `book`", "<h1 dir=\"rtl\">كتاب</h1>\n<p dir=\"ltr\">A <code>book</code></p>")]
    [InlineData(
        "انظر https://ex.com/a-long-way\n\n*كتاب*",
        "<p>انظر <a href=\"https://ex.com/a-long-way\" " + Rel + ">https://ex.com/a-long-way</a></p>\n<p><em>كتاب</em></p>")]
    public void Paragraphs_that_run_both_ways_have_each_their_direction(string markdown, string html) =>
        Assert.Equal(html, MarkdownRenderer.ToHtml(markdown).Trim());

    [Fact]
    public void Tables_keep_their_alignment() =>
        Assert.Contains("<td style=\"text-align: right\">1</td>", MarkdownRenderer.ToHtml("|a|\n|-:|\n|1|"), StringComparison.Ordinal);

    [Theory]
    [InlineData("[a](https://ex.com)", "<a href=\"https://ex.com\" " + Rel + ">a</a>")]
    [InlineData("<a@b.example>", "<a href=\"mailto:a@b.example\" " + Rel + ">a@b.example</a>")]
    [InlineData("![map](https://ex.com/m.png)", "<a href=\"https://ex.com/m.png\" " + Rel + ">map</a>")]
    [InlineData("![](https://ex.com/m.png)", "<a href=\"https://ex.com/m.png\" " + Rel + ">https://ex.com/m.png</a>")]
    [InlineData("[![map](https://ex.com/m.png)](https://ex.com/)", "<a href=\"https://ex.com/\" " + Rel + ">map</a>")]
    [InlineData("[a](javascript:alert(1))", "a")]
    [InlineData("[a](java&#10;script:alert(1))", "a")]
    [InlineData("[a](&#106;avascript:alert(1))", "a")]
    [InlineData("[a](data:text/html,x)", "a")]
    [InlineData("![a](data:image/png;base64,x)", "a")]
    [InlineData("[a](//ex.com)", "a")]
    [InlineData("[a](/settings)", "a")]
    [InlineData("<javascript:alert(1)>", "javascript:alert(1)")]
    public void Links_lead_to_the_web_or_to_mail_only(string markdown, string html) =>
        Assert.Equal($"<p>{html}</p>", MarkdownRenderer.ToHtml(markdown).Trim());

    [Fact]
    public void Addresses_in_east_asian_prose_end_at_its_punctuation()
    {
        var html = MarkdownRenderer.ToHtml("见https://ex.com/a_b_c，又见（https://ex.com/d）。");
        Assert.Equal(
            "https://ex.com/a_b_c https://ex.com/d",
            string.Join(' ', Parse(html).QuerySelectorAll("a").Select(a => a.GetAttribute("href"))));
        Assert.Equal("见https://ex.com/a_b_c，又见（https://ex.com/d）。", Parse(html).Body!.TextContent.Trim());
    }

    [Theory]
    [InlineData("**AI のボト**ルネック", "AI のボトルネック")]
    [InlineData("# Title\n\nA [link](https://ex.com), `code` and ![map](https://ex.com/m.png).", "Title\nA link, code and map.")]
    [InlineData("Gene: IDUA\nDisease: MPS1", "Gene: IDUA\nDisease: MPS1")]
    [InlineData("- [x] one\n- two\n\n> three", "one\ntwo\nthree")]
    [InlineData("|a|b|\n|-|-|\n|1|**2**|", "a\tb\n1\t2")]
    [InlineData("```\nx\ny\n```", "x\ny")]
    [InlineData("AT&amp;T &lt;b&gt; \\*", "AT&T <b> *")]
    [InlineData("1986\\. A year", "1986. A year")]
    [InlineData("  plain  ", "plain")]
    public void Plain_text_is_what_a_reader_reads(string markdown, string text) => Assert.Equal(text, MarkdownRenderer.PlainText(markdown));

    [Theory]
    [InlineData(">")]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("[a](")]
    [InlineData("[ (](")]
    [InlineData("*a_ ")]
    [InlineData("**a ")]
    [InlineData("a|b\n-|-\n")]
    [InlineData("<a ")]
    [InlineData("a\n")]
    [InlineData("http://a.b ")]
    public void Pathological_texts_come_to_an_end(string piece)
    {
        foreach (var count in new[] { MarkdownRenderer.MaxLength / piece.Length, 1_000_000 })
        {
            var markdown = string.Concat(Enumerable.Repeat(piece, count));
            var html = MarkdownRenderer.ToHtml(markdown);
            MarkdownRenderer.PlainText(markdown);
            AssertSafe(html);
        }
    }

    [Fact]
    public void Text_nested_beyond_reason_is_shown_as_it_is()
    {
        var html = MarkdownRenderer.ToHtml(new string('>', 10_000) + "\n<script>");
        Assert.StartsWith("<p>&gt;&gt;", html, StringComparison.Ordinal);
        Assert.EndsWith("&gt;<br>&lt;script&gt;</p>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_makes_a_script() => Markdowns.Sample(
        markdown =>
        {
            AssertSafe(MarkdownRenderer.ToHtml(markdown));
            Assert.NotNull(MarkdownRenderer.PlainText(markdown));
        },
        iter: 3_000);

    private static Gen<string> Markdowns =>
        Gen.OneOf(
            Gen.String,
            Gen.OneOf(Fragments.Select(Gen.Const).ToArray()).List[0, 25].Select(pieces => string.Concat(pieces)));

    private static string[] Fragments =>
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "JaVaScRiPt&colon;alert(1)",
        "data:text/html,<script>",
        " onclick=\"x\" ", "\" onmouseover=\"x", "' onload='x", "[a](", "![a](", ")", "<", ">", "<https://ex.com/\"onclick=x>",
        "https://ex.com/\"onclick=x", "`",
        "```\n", "\n", "\n\n", "> ", "- ", "1. ", "**", "_", "~~", "|", "|-|\n", "[x]: javascript:x 'onclick=x'\n", "[x]", "&lt;",
        "&#60;script&#62;", "\\", "\0",
        "\ud83d", "中文，", "http://a.b", "www.a.b", "<style>*{}</style>", "style=\"x\"", "<!--", "-->", "<a href=\"javascript:x\">", "    ",
        "\t", "# ", "====\n",
    ];

    private static void AssertSafe(string html)
    {
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        if (html.Length > 100_000)
        {
            return;
        }

        foreach (var element in Parse(html).Body!.QuerySelectorAll("*"))
        {
            Assert.DoesNotContain(element.LocalName, ForbiddenElements);
            Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, AllowedAttributes));
            if (element.GetAttribute("href") is { } href)
            {
                Assert.Matches("^(?i)(https?://|mailto:)", href);
                Assert.Equal("nofollow ugc noopener noreferrer", element.GetAttribute("rel"));
            }
        }
    }

    private static readonly HashSet<string> AllowedAttributes =
        new(["href", "rel", "title", "start", "type", "checked", "disabled", "style"], StringComparer.Ordinal);

    private static readonly HashSet<string> ForbiddenElements =
        new(["script", "img", "style", "iframe", "object", "svg", "form", "link", "meta"], StringComparer.Ordinal);

    private static AngleSharp.Html.Dom.IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
