using Annotator.Domain.Sources.Texts;
using CsCheck;

namespace Annotator.Tests.Domain.Sources.Texts;

public sealed class HtmlReaderTests
{
    private static readonly string[] Pieces =
    [
        "<p>", "</p>", "<b>", "</b>", "<a href='http://a.b/c?d&e'>", "</a>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "</td>",
        "</table>", "<pre>", "</pre>",
        "<ruby>", "<rt>", "</rt>", "</ruby>", "<br>", "<hr>", "<div>", "</div>", "<h2>", "</h2>", "<blockquote>", "</blockquote>", "<dl>",
        "<dt>", "<dd>", "</dl>", "word",
        " ", "\n", " two  words ", "&lt;b&gt;", "&amp;", "漢字", "\u00ad", "\u0001", "\ud83d", "👩🏽", "<caption>", "<i>", "</i>", "<figure>",
        "<figcaption>", "</figure>",
        "<img alt='x'>", "<section>", "</section>", "<q>", "<sup>", "</q>", "<th>", "<thead>", "<tfoot>", "<button>", "<select>", "<form>",
        "\t",
    ];

    [Fact]
    public void The_text_is_what_a_simple_scanner_reads() =>
        Gen.Int[0, Pieces.Length - 1]
            .Select(i => Pieces[i]).Array[0, 60]
            .Select(string.Concat)
            .Sample(html => AssertScans(Read(html)), iter: 5_000);

    [Fact]
    public void A_browser_reads_the_markup_as_it_was_written() =>
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 60].Select(string.Concat).Sample(
            html =>
            {
                var written = Read(html);
                using var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument("<body>" + written.Html);
                foreach (var note in document.QuerySelectorAll("rt, rp"))
                    note.Remove();
                Assert.Equal(written.Text, document.Body!.TextContent);
            },
            iter: 5_000);

    [Theory]
    [InlineData("<div>one <b>two</b>\n three<div>four</div></div>", "<p>one <b>two</b> three</p>\n<p>four</p>\n")]
    [InlineData("<p> a <br> b<br></p><p></p><div><br></div>", "<p>a<br>\nb</p>\n")]
    [InlineData("<ul><li>a<ul><li>b</ul><li><p>c</ul>", "<ul><li>a\n<ul><li>b</li></ul></li>\n<li><p>c</p></li></ul>\n")]
    [InlineData("<a href='http://x/'>a<p>b</p></a>", "<p><a href=\"http://x/\">a</a></p>\n<p><a href=\"http://x/\">b</a></p>\n")]
    [InlineData(
        "<table><caption>T</caption><tr><th>a<td><td><p>b</table>",
        "<p>T</p>\n<table><tbody><tr><th>a</th><td></td>\t<td><p>b</p></td></tr></tbody></table>\n")]
    [InlineData(
        "<table><tr><td><p>a<p>b<td>c<tr><td>d</table>",
        "<table><tbody><tr><td><p>a</p>\n<p>b</p></td>\n<td>c</td></tr>\n<tr><td>d</td></tr></tbody></table>\n")]
    [InlineData("<pre>\n\n a  b\r\n\tc\n\n</pre>d", "<pre> a  b\n\tc</pre>\n<p>d</p>\n")]
    [InlineData("<p>x<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字", "<p>x<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字</p>\n")]
    [InlineData(
        "<p lang=DE dir=rtl id=x class=y style='color:red' onclick=z()>a\u00adb <span>c</span></p>",
        "<p lang=\"de\" dir=\"rtl\">ab c</p>\n")]
    [InlineData("<p>a<img src=x alt='a cat'><img src=y alt=''></p>", "<p>a[a cat]</p>\n")]
    [InlineData("<p>1 &lt; 2 &amp; &quot;3&quot; &nbsp;e\u0301</p>", "<p>1 &lt; 2 &amp; \"3\" \u00a0e\u0301</p>\n")]
    public void Markup_is_made_plain(string html, string plain) => Assert.Equal(plain, AssertScans(Read(html)).Html);

    [Theory]
    [InlineData("<p>a<script>alert(1)</script><style>p{}</style></p><svg onload=x()><text>t</text><script>1</script></svg>")]
    [InlineData(
        "<p onmouseover='x()'>a</p><iframe src=http://x></iframe><object data=x>o</object><form><input value=i><button>b</button></form>")]
    [InlineData("<p><a href='javascript:x()'>a</a></p><p hidden>h</p><template><p>t</p></template>")]
    [InlineData("<p><a href='data:text/html,<script>1</script>'>a</a></p><noscript>n</noscript><p style='display: none'>h</p>")]
    [InlineData("<p><a href=' java\nscript:x()'>a</a></p><!-- c --><math><annotation>m</annotation></math>")]
    [InlineData("<p><a href='file:///etc/passwd'>a</a></p><title>late</title><p><a href='/relative'></a></p>")]
    [InlineData("<p><a href='//x/y'>a</a><img src=x onerror=x()></p>")]
    public void What_acts_or_leads_astray_is_left_out(string html) => Assert.Equal("<p>a</p>\n", Read(html).Html);

    [Fact]
    public void Relative_links_lead_to_where_the_page_is_from()
    {
        var text = HtmlReader.ReadDocument("<p><a href='../b?c=1&d=2'>x</a>", new Uri("https://example.org/a/a"));
        Assert.Equal("<p><a href=\"https://example.org/b?c=1&amp;d=2\">x</a></p>\n", text.Html);
    }

    [Fact]
    public void The_head_tells_title_author_and_language()
    {
        var text = HtmlReader.ReadDocument("<html lang=zh_hans><title>A\n title</title><meta name=Author content='Li  Wei'><p>x", null);
        Assert.Equal(("A title", "Li Wei", "zh-Hans"), (text.Title, text.Author, text.Language));
        Assert.Equal("H", HtmlReader.ReadDocument("<h2>no</h2><h1>H</h1>", null).Title);
    }

    [Fact]
    public void Only_the_article_of_a_news_page_is_kept()
    {
        var paragraphs = string.Concat(
            Enumerable.Range(1, 8)
                .Select(i =>
                    $"<p>Paragraph {i} of the article tells, at some length, what happened in the harbour, why it did, and who says so.</p>"));
        var page =
            $"<html lang=en><head><title>Harbour news</title></head><body><nav><ul><li><a href=/>Home</a><li><a href=/sport>Sport</a></ul></nav>" +
                $"<article><h1>Harbour news</h1>{paragraphs}</article><aside><a href=/buy>Buy our newspaper</a></aside><footer>Imprint</footer></body></html>";
        var text = HtmlReader.Read(page, new Uri("https://news.example/harbour"));
        Assert.Equal(("Harbour news", "en"), (text.Title, text.Language));
        Assert.Contains("Paragraph 1 of", text.Text, StringComparison.Ordinal);
        Assert.Contains("Paragraph 8 of", text.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Sport", text.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Buy", text.Text, StringComparison.Ordinal);
        AssertScans(text);
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b>")]
    [InlineData("<blockquote><b>x")]
    [InlineData("<table><tr><td>")]
    [InlineData("<ul><li>x")]
    [InlineData("<svg><g>")]
    public void Nesting_has_no_end_that_hurts(string tag)
    {
        var deep = string.Concat(Enumerable.Repeat(tag, 100_000)) + "<p>innermost";
        var text = HtmlReader.Read(deep, new Uri("https://x.example/"));
        Assert.EndsWith("innermost\n", AssertScans(text).Text, StringComparison.Ordinal);
    }

    internal static ExtractedText AssertScans(ExtractedText snapshot)
    {
        Assert.Equal(snapshot.Text, SnapshotScanner.TextOf(snapshot.Html));
        return snapshot;
    }

    private static ExtractedText Read(string html) => HtmlReader.ReadDocument(html, null);
}
