using Markdig;

namespace Annotator.Domain.Sources.Texts;

/// <summary>Markdown as documents are written in it: a single line end is a blank, HTML is read as HTML.</summary>
internal static class MarkdownReader
{
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder { MaximumNestingDepth = 128 }
            .UsePipeTables()
            .UseEmphasisExtras()
            .UseYamlFrontMatter()
            .UseCjkFriendlyEmphasis()
            .Build();

    /// <summary>Reads CommonMark with tables. Front matter is left out; raw HTML is read as HTML.</summary>
    public static ExtractedText Read(string text)
    {
        try
        {
            return HtmlReader.ReadDocument(Markdown.ToHtml(text, Pipeline), address: null);
        }
        catch (ArgumentException)
        {
            // Nested beyond reason.
            return PlainTextReader.Read(text) with { LeftOut = [new LeftOut("markup", "nested_too_deep", 1)] };
        }
    }
}
