using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources.Texts;

/// <summary>Pages: the article of a page of the web, all of any other document. Loads nothing, runs nothing.</summary>
internal static class HtmlReader
{
    private const int MostElements = 500_000;
    private const int MostNested = 400;

    /// <param name="address">Where the page is from; null for a file.</param>
    public static ExtractedText Read(string html, Uri? address)
    {
        if (FlatHtml.IsNeeded(html))
            return FlatHtml.Read(html);
        using var document = Parse(html);
        if ((address is not null || IsWebPage(document)) && ArticleReader.Read(document, address) is { } article)
            return article;
        return OfDocument(document, address);
    }

    /// <summary>All of it, as in a chapter of a book.</summary>
    public static ExtractedText ReadDocument(string html, Uri? address)
    {
        if (FlatHtml.IsNeeded(html))
            return FlatHtml.Read(html);
        using var document = Parse(html);
        return OfDocument(document, address);
    }

    /// <summary>Writes the body behind what is written already.</summary>
    public static void Append(string html, SnapshotWriter writer)
    {
        using var document = Parse(FlatHtml.IsNeeded(html) ? FlatHtml.WithoutTags(html) : html);
        if (document.Body is { } body)
            new HtmlWalk(writer, address: null).Write(body);
    }

    private static ExtractedText OfDocument(IHtmlDocument document, Uri? address)
    {
        var writer = new SnapshotWriter();
        if (document.Body is { } body)
            new HtmlWalk(writer, address).Write(body);
        var heading = document.All.FirstOrDefault(e => e.LocalName is "h1")
            ?? document.All.FirstOrDefault(e => e.LocalName is "h2" or "h3");
        var title = string.IsNullOrWhiteSpace(document.Title) ? heading?.TextContent : document.Title;
        return writer.Finish().Described(title, Meta(document, "author"), LanguageOf(document));
    }

    internal static string? LanguageOf(IHtmlDocument document) =>
        document.DocumentElement.GetAttribute("lang")
            ?? document.DocumentElement.GetAttribute("xml:lang")
            ?? document.Body?.GetAttribute("lang");

    private static string? Meta(IHtmlDocument document, string name) =>
        document.Head
            ?.Children.FirstOrDefault(e => e.LocalName is "meta"
                && string.Equals(e.GetAttribute("name"), name, StringComparison.OrdinalIgnoreCase))?.GetAttribute("content");

    // What people save from the web has its navigation around it; what programs export as HTML has not.
    private static bool IsWebPage(IHtmlDocument document) => document.All.Any(e => e.LocalName is "nav" or "article" or "main" or "aside");

    private static IHtmlDocument Parse(string html)
    {
        var elements = 0;
        var options = new HtmlParserOptions
        {
            MaximumDepth = MostNested,
            OnCreated = (_, _) =>
            {
                if (++elements > MostElements)
                    throw new Invalid("file", "unreadable");
            },
        };
        return new HtmlParser(options).ParseDocument(html);
    }
}
