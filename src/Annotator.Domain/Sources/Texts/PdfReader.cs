using Annotator.Domain.Kernel;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;
using UglyToad.PdfPig.Tokens;

namespace Annotator.Domain.Sources.Texts;

/// <summary>The text of a PDF, a section for each page. Images are not looked at, so a scan has no text.</summary>
internal static class PdfReader
{
    private const int MostPages = 5_000;

    // A page may well draw one text above the other, but not for ever.
    private const int MostLetters = 2 * Limits.SnapshotText;

    private static readonly string[] FileTypes =
    [
        ".pdf", ".doc", ".docx", ".odt", ".rtf", ".txt", ".tex", ".dvi", ".ps", ".indd", ".qxd", ".htm", ".html", ".pages", ".ppt", ".pptx",
        ".tmp",
    ];
    private static readonly string[] Nobody = ["unknown", "user", "admin", "administrator", "owner", "author", "anonymous"];

    /// <exception cref="Invalid">
    /// <c>encrypted</c>, <c>unreadable</c>, <c>too_many_pages</c>, <c>no_text_in_pdf</c> or <c>too_long</c>.
    /// </exception>
    public static ExtractedText Read(byte[] file)
    {
        try
        {
            using var document = PdfDocument.Open(file, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
            if (document.NumberOfPages > MostPages)
                throw new Invalid("file", "too_many_pages", MostPages);
            return Write(document, Paragraphs(document));
        }
        catch (PdfDocumentEncryptedException)
        {
            throw new Invalid("file", "encrypted");
        }
        catch (Exception e) when (e is not (Refusal or OutOfMemoryException))
        {
            // Damaged files fail anywhere in the library, with exceptions of every kind.
            throw new Invalid("file", "unreadable");
        }
    }

    private static List<PdfParagraph> Paragraphs(PdfDocument document)
    {
        var paragraphs = new List<PdfParagraph>();
        var letters = 0;
        for (var number = 1; number <= document.NumberOfPages; number++)
        {
            var page = document.GetPage(number);
            letters += page.Letters.Count;
            if (letters > MostLetters)
                throw new Invalid("file", "too_long", Limits.SnapshotText);
            paragraphs.AddRange(PdfLayout.Paragraphs(page));
        }

        if (paragraphs.Count == 0)
            throw new Invalid("file", "no_text_in_pdf");
        return paragraphs;
    }

    private static ExtractedText Write(PdfDocument document, List<PdfParagraph> paragraphs)
    {
        var writer = new SnapshotWriter();
        var prose = new PdfProse(paragraphs);
        var withText = paragraphs.Select(p => p.Page).Distinct().Count();
        for (var page = withText; page < document.NumberOfPages; page++)
            writer.LeftOut.Add("page", "no_words");
        string? heading = null;
        foreach (var page in paragraphs.GroupBy(p => p.Page))
        {
            writer.Open("section", SnapshotAttributes.Page(page.Key));
            foreach (var paragraph in page)
            {
                var name = prose.IsHeading(paragraph) ? "h2" : "p";
                var text = prose.Join(paragraph);
                if (name is "h2")
                    heading ??= text;
                writer.Open(name);
                writer.Text(text);
                writer.Close(name);
            }

            writer.Close("section");
        }

        return writer.Finish().Described(Title(document) ?? heading, Author(document), Language(document));
    }

    private static string? Title(PdfDocument document)
    {
        var title = document.Information.Title?.Trim();
        return title is null
            || !title.Any(char.IsLetter)
            || title.StartsWith("untitled", StringComparison.OrdinalIgnoreCase)
            || title.StartsWith("Microsoft ", StringComparison.OrdinalIgnoreCase) && title.Contains(" - ", StringComparison.Ordinal)
            || FileTypes.Any(t => title.EndsWith(t, StringComparison.OrdinalIgnoreCase))
                ? null
                : title;
    }

    private static string? Author(PdfDocument document)
    {
        var author = document.Information.Author?.Trim();
        return author is null || !author.Any(char.IsLetter) || Nobody.Contains(author, StringComparer.OrdinalIgnoreCase) ? null : author;
    }

    private static string? Language(PdfDocument document) =>
        document.Structure.Catalog.CatalogDictionary.TryGet(NameToken.Create("Lang"), out var token)
            ? token switch { StringToken s => s.Data, HexToken h => h.Data, _ => null }
            : null;
}
