using Annotator.Domain.Sources.Texts;

namespace Annotator.Tests.Domain.Sources.Texts;

public sealed class PlainReadersTests
{
    [Fact]
    public void Blank_lines_part_paragraphs_of_plain_text() =>
        Assert.Equal(
            new ExtractedText("<p>a &lt;b&gt;<br>\nc</p>\n<p>d</p>\n", "a <b>\nc\nd\n"),
            PlainTextReader.Read("\n\r\na  <b>\r\nc\n \n\n\td\n"));

    [Fact]
    public void Markdown_becomes_markup_and_its_heading_the_title()
    {
        var text = MarkdownReader.Read(
            "---\nx: y\n---\n# A *title*\n\nSome\n**bold** text.\n\n- a\n- b\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<script>x()</script>\n\n`c <d>`\n");
        Assert.Equal("A title", text.Title);
        Assert.Equal("A title\nSome bold text.\na\nb\na\tb\n1\t2\nc <d>\n", HtmlReaderTests.AssertScans(text).Text);
    }

    [Fact]
    public void Markdown_nested_beyond_reason_is_plain_text() =>
        Assert.StartsWith(">>>>", MarkdownReader.Read(new string('>', 5_000) + "x").Text, StringComparison.Ordinal);
}
