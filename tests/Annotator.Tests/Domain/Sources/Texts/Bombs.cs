using System.IO.Compression;
using System.Text;
using Annotator.Domain.Kernel;

namespace Annotator.Tests.Domain.Sources.Texts;

/// <summary>Small documents that take much time or memory to read.</summary>
internal static class Bombs
{
    public static string Brackets { get; } = Times("[a](", 250_000);

    public static IEnumerable<(string Name, byte[] Content)> All =>
    [
        ("table.md", Utf8(Times("|a", 1_000) + "\n" + Times("|-", 1_000) + "\n" + Times("|b\n", 30_000))),
        ("wide-table.md", Utf8(Times("|a", 3_000) + "\n" + Times("|-", 3_000) + "\n" + Times("|b\n", 200_000))),
        ("brackets.md", Utf8(Brackets)),
        ("images.md", Utf8(Times("![", 100_000))),
        ("lists.md", Utf8(string.Concat(Enumerable.Range(0, 3_000).Select(i => new string(' ', 2 * i) + "- x\n")))),
        ("quotes.md", Utf8(Times("> ", 100_000) + "x")),
        ("links.md", Utf8(string.Concat(Enumerable.Range(0, 60_000).Select(i => FormattableString.Invariant($"[a{i}]: http://x/{i}\n"))))),
        ("emphasis.md", Utf8(Times("*a _b ", 200_000))),
        ("backticks.md", Utf8(string.Concat(Enumerable.Range(1, 2_000).Select(i => new string('`', i) + " ")))),
        ("nest.html", Utf8("<html>" + Times("<div><b><i>", 200_000))),
        ("tables.html", Utf8("<html>" + Times("<table><tr><td>x", 100_000))),
        (
            "attributes.html",
            Utf8("<html><p " + string.Concat(Enumerable.Range(0, 100_000).Select(i => FormattableString.Invariant($"a{i}=b "))) + ">x")),
        ("line.txt", Utf8(new string('a', 24 * Limits.Megabyte))),
        ("pages.pdf", Pdf()),
        ("chapters.epub", Epub("<html><body><p>" + new string('a', 90 * Limits.Megabyte))),
        (
            "entities.epub",
            Epub(
                "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">"
                    + string.Concat(Enumerable.Range(98, 20).Select(c => $"<!ENTITY {(char)c} \"{Times($"&{(char)(c - 1)};", 10)}\">"))
                    + "]><html><body><p>&u;</p></body></html>")),
    ];

    private static string Times(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    // One page, packed four thousand to one: once by the codec, once more by itself.
    private static byte[] Pdf()
    {
        var packed = Encoding.Latin1.GetString(Packed(Packed(new byte[1_000 * Limits.Megabyte])));
        return Encoding.Latin1.GetBytes(
            "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>\nendobj\n"
            + "3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<>>>>\nendobj\n"
            + FormattableString.Invariant(
                $"4 0 obj\n<</Length {packed.Length}/Filter[/FlateDecode/FlateDecode]>>\nstream\n{packed}\nendstream\nendobj\ntrailer\n<</Size 5/Root 1 0 R>>\n%%EOF\n"));
    }

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(content);
        return packed.ToArray();
    }

    private static byte[] Epub(string chapter)
    {
        var zipped = new MemoryStream();
        using (var archive = new ZipArchive(zipped, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("mimetype", "application/epub+zip", CompressionLevel.NoCompression);
            Add(
                "META-INF/container.xml",
                "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>",
                CompressionLevel.Fastest);
            Add(
                "b.opf",
                "<package xmlns='http://www.idpf.org/2007/opf'><manifest><item id='c' href='c.xhtml'/></manifest><spine><itemref idref='c'/></spine></package>",
                CompressionLevel.Fastest);
            Add("c.xhtml", chapter, CompressionLevel.Fastest);

            void Add(string path, string text, CompressionLevel level)
            {
                using var entry = archive.CreateEntry(path, level).Open();
                entry.Write(Utf8(text));
            }
        }

        return zipped.ToArray();
    }
}
