using System.Text;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources.Texts;

namespace Annotator.Tests.Domain.Sources.Texts;

public sealed class DocumentReaderTests
{
    [Theory]
    [InlineData("note.txt", "A # is no heading.", TextFormats.Plain, "<p>A # is no heading.</p>\n")]
    [InlineData("note.md", "# Title\n\nWords", TextFormats.Markdown, "<h1>Title</h1>\n<p>Words</p>\n")]
    [InlineData("note.txt", "<!DOCTYPE html><html><body><p>Words<script>1</script></body></html>", TextFormats.Html, "<p>Words</p>\n")]
    [InlineData("note.htm", "<p>Words", TextFormats.Html, "<p>Words</p>\n")]
    public void A_file_is_what_it_says_inside(string name, string content, string format, string html)
    {
        var read = Read(name, Encoding.UTF8.GetBytes(content));
        Assert.Equal((format, html), (read.Format, read.Html));
    }

    [Theory]
    [InlineData("scan0003.txt", "\ufeff\n  The  Pond\nin Winter\n\nAfter a still night", "The Pond")]
    [InlineData("scan0003.txt", "-----\n* * *\n論語\n", "論語")]
    [InlineData("notes.md", "Some *words* first.\n\n# Then a heading", "Then a heading")]
    [InlineData("notes.md", "Only *words*.", "Only words.")]
    [InlineData("walden.txt", "-----", "walden")]
    public void A_text_is_called_by_its_heading_or_first_line_and_else_after_its_file(string name, string content, string title) =>
        Assert.Equal(title, Read(name, Encoding.UTF8.GetBytes(content)).Title);

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public void Marked_encodings_are_understood(string encoding)
    {
        var code = Encoding.GetEncoding(encoding);
        Assert.Equal("Größe 雨\n", (Read("a.txt", [.. code.Preamble, .. code.GetBytes("Größe 雨")])).Text);
    }

    [Fact]
    public void A_page_in_an_old_encoding_says_so_itself() => Assert.Equal("Größe\n",
        (Read("a.html", [.. "<html><head><meta charset=\"iso-8859-1\"></head><body>Gr"u8, 0xF6, 0xDF, .. "e</body></html>"u8])).Text);

    [Theory]
    [InlineData("   \n\t ", "empty_text")]
    [InlineData("", "empty_text")]
    [InlineData("\u0000\u0001\u0002 program", "unknown_format")]
    [InlineData("PK\u0003\u0004 something else", "unknown_format")]
    public void What_is_no_text_is_refused(string content, string reason) =>
        Assert.Equal(reason, (Assert.Throws<Invalid>(() => Read("a.txt", Encoding.UTF8.GetBytes(content)))).Reason);

    [Fact]
    public void A_text_beyond_the_limit_is_refused_whole() =>
        Assert.Equal(
            "too_long",
            (Assert.Throws<Invalid>(() =>
                Read("long.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Ten words. ", 200_000)))))).Reason);

    private static ExtractedText Read(string name, byte[] content) => DocumentReader.Read(content, new DocumentInfo { Name = name });
}
