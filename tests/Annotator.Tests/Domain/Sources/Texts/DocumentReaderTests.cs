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
    public async Task A_file_is_what_it_says_inside(string name, string content, string format, string html)
    {
        var read = await ReadAsync(name, Encoding.UTF8.GetBytes(content));
        Assert.Equal((format, html), (read.Format, read.Html));
    }

    [Fact]
    public async Task A_text_without_a_title_is_called_after_its_file() => Assert.Equal("walden", (await ReadAsync("walden.txt", "I went."u8.ToArray())).Title);

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public async Task Marked_encodings_are_understood(string encoding)
    {
        var code = Encoding.GetEncoding(encoding);
        Assert.Equal("Größe 雨\n", (await ReadAsync("a.txt", [.. code.Preamble, .. code.GetBytes("Größe 雨")])).Text);
    }

    [Fact]
    public async Task A_page_in_an_old_encoding_says_so_itself() => Assert.Equal("Größe\n",
        (await ReadAsync("a.html", [.. "<html><head><meta charset=\"iso-8859-1\"></head><body>Gr"u8, 0xF6, 0xDF, .. "e</body></html>"u8])).Text);

    [Theory]
    [InlineData("   \n\t ", "empty_text")]
    [InlineData("", "empty_text")]
    [InlineData("\u0000\u0001\u0002 program", "unknown_format")]
    [InlineData("PK\u0003\u0004 something else", "unknown_format")]
    public async Task What_is_no_text_is_refused(string content, string reason) =>
        Assert.Equal(reason, (await Assert.ThrowsAsync<Invalid>(() => ReadAsync("a.txt", Encoding.UTF8.GetBytes(content)))).Reason);

    [Fact]
    public async Task A_file_of_200_megabytes_is_refused_before_it_is_read()
    {
        var file = new Endless(200L * 1024 * 1024);
        var refused = await Assert.ThrowsAsync<Invalid>(() => DocumentReader.ReadAsync(file, new DocumentInfo { Name = "huge.txt" }, Ct));
        Assert.Equal(("file_too_large", 25), (refused.Reason, refused.Limit));
        Assert.InRange(file.Position, 0, 26L * 1024 * 1024);
    }

    [Fact]
    public async Task A_text_beyond_the_limit_is_refused_whole() =>
        Assert.Equal("too_long", (await Assert.ThrowsAsync<Invalid>(() => ReadAsync("long.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Ten words. ", 200_000)))))).Reason);

    private static Task<ExtractedText> ReadAsync(string name, byte[] content) => DocumentReader.ReadAsync(new MemoryStream(content), new DocumentInfo { Name = name }, Ct);

    /// <summary>The letter a, as often as it is long; says nothing of its length.</summary>
    private sealed class Endless(long length) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - Position);
            buffer.AsSpan(offset, read).Fill((byte)'a');
            Position += read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
