namespace Annotator.Domain.Sources.Texts;

/// <summary>Text without markup: a paragraph ends at a blank line, a line at its end.</summary>
internal static class PlainTextReader
{
    /// <summary>A paragraph for each block of lines without an empty line between them.</summary>
    public static ExtractedText Read(string text)
    {
        var writer = new SnapshotWriter();
        var isInParagraph = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                End();
                continue;
            }

            if (isInParagraph)
                writer.Break();
            else
                writer.Open("p");
            isInParagraph = true;
            writer.Text(line);
        }

        End();
        return writer.Finish();

        void End()
        {
            if (isInParagraph)
                writer.Close("p");
            isInParagraph = false;
        }
    }
}
