using System.IO.Compression;
using System.Text;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources.Texts;

namespace Annotator.Tests.Domain.Sources.Texts;

public sealed class EpubReaderTests
{
    private const string Container =
        """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>""";

    private const string Package = """
        <?xml version="1.0"?>
        <package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>雨の本</dc:title><dc:creator>森 田</dc:creator><dc:language>ja</dc:language></metadata>
        <manifest><item id="two" href="text/two.xhtml"/><item id="one" href="text/one%20.xhtml"/><item id="cover" href="cover.png"/></manifest>
        <spine><itemref idref="one"/><itemref idref="two"/><itemref idref="gone"/><itemref idref="two" linear="no"/></spine></package>
        """;

    [Fact]
    public void A_book_is_read_in_the_order_of_its_spine_with_its_readings()
    {
        var text = Read(Book());
        Assert.Equal((TextFormats.Epub, "雨の本", "森 田", "ja"), (text.Format, text.Title, text.Author, text.Language));
        Assert.Equal("第一章\n雨が降る。\n第二章\n終わり。\n", text.Text);
        Assert.Contains("<ruby>雨<rt>あめ</rt></ruby>", text.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Scripts_and_pictures_of_a_chapter_stay_out() =>
        Assert.DoesNotContain(
            "alert",
            (Read(
                Book(
                    (
                        "OPS/text/two.xhtml",
                        "<html><body><script>alert(1)</script><svg onload='alert(2)'/><p onclick='alert(3)'>終わり。</p></body></html>")))).Html,
            StringComparison.Ordinal);

    /// <summary>Paths are names in the archive, nothing else: neither is a file of the computer read, nor one written.</summary>
    [Fact]
    public void No_path_leads_out_of_the_book()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "words.xhtml");
            File.WriteAllText(file, "<html><body><p>Of the computer.</p></body></html>");
            var up = string.Concat(Enumerable.Repeat("../", 30));
            string[] paths =
            [
                file, up + file.TrimStart('/'), "file://" + file, up.Replace('/', '\\') + file, Uri.EscapeDataString(up + file),
                file + "%00.xhtml",
            ];
            foreach (var path in paths)
            {
                var text = Read(Book(("OPS/book.opf", Package.Trim().Replace("text/two.xhtml", path, StringComparison.Ordinal)))).Text;
                Assert.Equal("第一章\n雨が降る。\n", text);
            }

            Read(Book((up + "out.xhtml", "<p>Out.</p>"), (Path.Combine(folder.FullName, "out.xhtml"), "<p>Out.</p>")));
            Assert.Equal([file], Directory.EnumerateFileSystemEntries(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_chapter_that_unpacks_to_gigabytes_is_refused() =>
        Refused(
            "unpacks_to_too_much",
            Book(("OPS/text/two.xhtml", "<html><body><p>" + new string('a', 40 * 1024 * 1024) + "</p></body></html>")));

    [Fact]
    public void Many_entries_are_refused() =>
        Refused("too_many_entries", Book([.. Enumerable.Range(0, 5_001).Select(i => ($"x{i}", ""))]));

    [Fact]
    public void A_protected_book_is_refused() =>
        Refused(
            "encrypted",
            Book(
                (
                    "META-INF/encryption.xml",
                    """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><e:EncryptedData xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:CipherData><e:CipherReference URI="OPS/text/two.xhtml"/></e:CipherData></e:EncryptedData></encryption>""")));

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>")]
    [InlineData("nothing like XML")]
    [InlineData("")]
    public void A_book_with_a_broken_container_is_refused(string container) =>
        Refused("unreadable", Book(("META-INF/container.xml", container)));

    [Fact]
    public void A_book_cut_anywhere_is_read_or_refused()
    {
        var book = Book();
        for (var length = 100; length < book.Length; length += 37)
        {
            try
            {
                Read(book[..length]);
            }
            catch (Invalid invalid)
            {
                Assert.Equal("file", invalid.Field);
            }
        }
    }

    private static ExtractedText Read(byte[] book) => DocumentReader.Read(book, new DocumentInfo { Name = "book.epub" });

    private static void Refused(string reason, byte[] book) =>
        Assert.Equal(("file", reason), Assert.Throws<Invalid>(() => Read(book)) is var refused ? (refused.Field, refused.Reason) : default);

    private static byte[] Book(params (string Path, string Text)[] other)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["mimetype"] = "application/epub+zip",
            ["META-INF/container.xml"] = Container,
            ["OPS/book.opf"] = Package.Trim(),
            ["OPS/text/one .xhtml"] = "<html><body><h1>第一章</h1><p><ruby>雨<rt>あめ</rt></ruby>が降る。</p></body></html>",
            ["OPS/text/two.xhtml"] = "<html><body><h1>第二章</h1><p>終わり。</p></body></html>",
        };
        foreach (var (path, text) in other)
            files[path] = text;
        var zipped = new MemoryStream();
        using (var archive = new ZipArchive(zipped, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in files)
            {
                using var entry = archive.CreateEntry(path, path is "mimetype" ? CompressionLevel.NoCompression : CompressionLevel.Optimal)
                    .Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return zipped.ToArray();
    }
}
