using Annotator.Domain.Kernel;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace Annotator.Domain.Sources.Ingest;

/// <summary>The text of a PDF, a section for each page; images and drawings are left out.</summary>
internal static class PdfReader
{
    private const int MaxNesting = 100;

    public static IngestedText Read(byte[] bytes, CancellationToken ct)
    {
        var filters = new MeasuredFilters(ct);
        try
        {
            using var document = PdfDocument.Open(bytes, new ParsingOptions { MaxStackDepth = MaxNesting, SkipMissingFonts = true, FilterProvider = filters });
            return Read(document, ct);
        }
        catch (PdfDocumentEncryptedException)
        {
            throw new Invalid("file", "encrypted");
        }
        catch (Exception fault) when (fault is not (Refusal or OperationCanceledException or OutOfMemoryException))
        {
            // A library for broken files throws whatever there is.
            ct.ThrowIfCancellationRequested();
            throw new Invalid("file", "unreadable");
        }
        finally
        {
            ct.ThrowIfCancellationRequested();
        }
    }

    private static IngestedText Read(PdfDocument document, CancellationToken ct)
    {
        var writer = new SnapshotWriter(ct);
        for (var number = 1; number <= document.NumberOfPages; number++)
        {
            ct.ThrowIfCancellationRequested();
            writer.Open("section", SnapshotAttributes.Page(number));
            foreach (var paragraph in PdfParagraphs.Of(document.GetPage(number)))
            {
                writer.Open("p");
                writer.Text(paragraph);
                writer.Close("p");
            }

            writer.Close("section");
        }

        var content = writer.Finish();
        return string.IsNullOrWhiteSpace(content.Text)
            ? throw new Invalid("file", "no_text_in_pdf")
            : IngestedText.Of(content, document.Information.Title, document.Information.Author);
    }
}
