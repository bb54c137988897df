using System.IO.Compression;
using System.Text;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources.Texts;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Annotator.Tests.Domain.Sources.Texts;

public sealed class PdfReaderTests
{
    private static readonly string[] First =
    [
        "The sides of the triangle stand in a fixed propor-",
        "tion to one another, as every reader of the well-known",
        "books of geometry has learned at school from a well-",
        "known proof, and so do those of the Anglo-",
        "Saxon one.",
    ];

    private static readonly string[] Second =
    [
        "What comes after that stands on a second page,", "in lines that go on from one to the next.",
    ];

    [Fact]
    public void Pages_are_sections_with_their_numbers()
    {
        var html = Read(Pdf(First, [], Second)).Html;
        Assert.StartsWith("<section data-page=\"1\"><p>The sides", html, StringComparison.Ordinal);
        Assert.Contains(
            "<section data-page=\"3\"><p>What comes after that stands on a second page, in lines that go on from one to the next.</p>",
            html,
            StringComparison.Ordinal);
        Assert.DoesNotContain("data-page=\"2\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_divided_at_the_end_of_a_line_are_joined() => Assert.Equal(
        "The sides of the triangle stand in a fixed proportion to one another, as every reader of the well-known books of geometry "
        + "has learned at school from a well-known proof, and so do those of the Anglo-Saxon one.\n",
        Read(Pdf(First)).Text);

    [Theory]
    [InlineData("the pre-|and post-war years", "the pre- and post-war years")]
    [InlineData("a divi\u00ad|sion", "a division")]
    [InlineData("in 1914-|18", "in 1914-18")]
    [InlineData("天地玄黃，|宇宙洪荒", "天地玄黃，宇宙洪荒")]
    [InlineData("ends - |so", "ends - so")]
    [InlineData("-|a", "- a")]
    public void Lines_are_joined_as_they_are_read(string lines, string joined)
    {
        var paragraph = new PdfParagraph(1, 12, [.. lines.Split('|').Select(l => l.Trim())]);
        Assert.Equal(joined, new PdfProse([paragraph]).Join(paragraph));
    }

    [Fact]
    public void Columns_are_read_one_after_the_other()
    {
        using var builder = new PdfDocumentBuilder();
        var page = builder.AddPage(PageSize.A4);
        var font = builder.AddStandard14Font(Standard14Font.TimesRoman);
        for (var i = 0; i < 20; i++)
        {
            page.AddText($"left column with its line number {i}", 10, new PdfPoint(50, 750 - 12 * i), font);
            page.AddText($"right column with its line number {i}", 10, new PdfPoint(310, 750 - 12 * i), font);
        }

        var text = Read(builder.Build()).Text;
        Assert.Contains("left column with its line number 3 left column with its line number 4", text, StringComparison.Ordinal);
        Assert.True(
            text.IndexOf(
                "left column with its line number 19", StringComparison.Ordinal) < text.IndexOf(
                    "right column with its line number 0", StringComparison.Ordinal));
    }

    [Fact]
    public void Large_type_is_a_heading_and_names_a_document_without_a_title()
    {
        using var builder = new PdfDocumentBuilder();
        builder.DocumentInformation.Title = "Microsoft Word - essay.doc";
        builder.DocumentInformation.Author = "Ada Lovelace";
        var page = builder.AddPage(PageSize.A4);
        var font = builder.AddStandard14Font(Standard14Font.Helvetica);
        page.AddText("On Engines", 20, new PdfPoint(50, 780), font);
        Write(page, font, First, 700);
        var read = Read(builder.Build());
        Assert.Equal(("On Engines", "Ada Lovelace"), (read.Title, read.Author));
        Assert.StartsWith("<section data-page=\"1\"><h2>On Engines</h2>\n<p>The sides", read.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Elements", "Elements")]
    [InlineData("Untitled-1", null)]
    [InlineData("scan0001.pdf", null)]
    [InlineData("12/3", null)]
    public void Titles_are_believed_when_they_are_titles(string title, string? believed)
    {
        using var builder = new PdfDocumentBuilder();
        builder.DocumentInformation.Title = title;
        Write(builder.AddPage(PageSize.A4), builder.AddStandard14Font(Standard14Font.Helvetica), Second, 700);
        Assert.Equal(believed, Read(builder.Build()).Title);
    }

    [Fact]
    public void A_page_of_pictures_has_no_text() => AssertRefused("no_text_in_pdf", Pdf([], []));

    [Fact]
    public void A_password_is_asked_of_nobody() => AssertRefused("encrypted", Encrypted());

    [Fact]
    public void More_pages_than_a_book_has_are_refused() =>
        Assert.Equal(5_000, AssertRefused("too_many_pages", Plain(string.Concat(Enumerable.Repeat("3 0 R ", 5_001)), 5_001, "")).Limit);

    [Fact]
    public void The_language_is_the_catalogs() =>
        Assert.Equal("de", Read(Plain("3 0 R", 1, "BT /F 12 Tf 50 700 Td (Ein Wort) Tj ET", "/Lang (de)")).Language);

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(400)]
    public void Half_a_file_is_unreadable(int length) => AssertRefused("unreadable", Pdf(First)[..length]);

    [Theory]
    [InlineData("[")]
    [InlineData("<<")]
    [InlineData("<</A ")]
    [InlineData("<</A[")]
    [InlineData("q ")]
    [InlineData("BT ")]
    [InlineData("{ ")]
    [InlineData("(")]
    public void Deep_nests_are_survived(string opening)
    {
        var nest = string.Concat(Enumerable.Repeat(opening, 200_000));
        TextOrRefusal(Plain("3 0 R", 1, nest));
        TextOrRefusal(Plain("3 0 R", 1, "", "/X " + nest));
        TextOrRefusal(Encoding.Latin1.GetBytes("%PDF-1.4\n" + nest));
    }

    [Fact]
    public void Text_that_is_packed_as_LZW_is_read()
    {
        var drawn = string.Concat(
            Enumerable.Range(0, 40).Select(i => $"1 0 0 1 50 {740 - 15 * i} Tm (This is line {i} of an old file.) Tj "));
        var packed = Lzw.Pack(Encoding.Latin1.GetBytes($"BT /F 12 Tf {drawn}ET"), 1);
        Assert.Contains(
            "line 39 of an old file.",
            Read(Plain("3 0 R", 1, Encoding.Latin1.GetString(packed), contents: "/Filter /LZWDecode")).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_drawn_again_in_the_same_place_are_read_once()
    {
        var drawn = string.Concat(Enumerable.Repeat("1 0 0 1 50 700 Tm (bold) Tj ", 7_000));
        Assert.Equal("bold\n", Read(Plain("3 0 R", 1, $"BT /F 12 Tf {drawn}ET")).Text);
    }

    [Fact]
    public void Damaged_files_give_text_or_a_refusal()
    {
        var valid = Pdf(First, Second);
        var random = new Random(7);
        var refused = 0;
        for (var i = 0; i < 200; i++)
        {
            var damaged = (byte[])valid.Clone();
            for (var j = random.Next(1, 40); j > 0; j--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (i % 4 == 0)
                damaged = damaged[..random.Next(damaged.Length)];
            refused += TextOrRefusal(damaged) ? 0 : 1;
        }

        Assert.InRange(refused, 1, 199);
    }

    private static ExtractedText Read(byte[] file) => PdfReader.Read(file);

    private static Invalid AssertRefused(string reason, byte[] file)
    {
        var refusal = Assert.Throws<Invalid>(() => Read(file));
        Assert.Equal(("file", reason), (refusal.Field, refusal.Reason));
        return refusal;
    }

    private static bool TextOrRefusal(byte[] file)
    {
        try
        {
            return Read(file).Text.Length > 0;
        }
        catch (Invalid)
        {
            return false;
        }
    }

    private static byte[] Pdf(params string[][] pages)
    {
        using var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(Standard14Font.TimesRoman);
        foreach (var lines in pages)
            Write(builder.AddPage(PageSize.A4), font, lines, 780);
        return builder.Build();
    }

    private static void Write(PdfPageBuilder page, PdfDocumentBuilder.AddedFont font, string[] lines, double top)
    {
        foreach (var (i, line) in lines.Index())
            page.AddText(line, 11, new PdfPoint(50, top - 13 * i), font);
    }

    private static byte[] Plain(string kids, int count, string content, string catalog = "", string contents = "", string trailer = "")
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        string[] objects =
        [
            $"<</Type/Catalog/Pages 2 0 R{catalog}>>",
            $"<</Type/Pages/Kids[{kids}]/Count {count}/MediaBox[0 0 595 842]>>",
            "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            $"<</Length {content.Length}{contents}>>\nstream\n{content}\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        ];
        foreach (var (i, body) in objects.Index())
        {
            offsets.Add(file.Length);
            file.Append(FormattableString.Invariant($"{i + 1} 0 obj\n{body}\nendobj\n"));
        }

        var table = file.Length;
        file.Append("xref\n0 6\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            file.Append(FormattableString.Invariant($"{offset:D10} 00000 n \n"));
        file.Append(FormattableString.Invariant($"trailer\n<</Size 6/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n"));
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    // The keys are of no password that anyone knows.
    private static byte[] Encrypted()
    {
        var key = string.Concat(Enumerable.Repeat("5A", 32));
        return Plain(
            "3 0 R", 1, "secret", trailer: $"/Encrypt<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -4>>/ID[<{key[..32]}><{key[..32]}>]");
    }
}
