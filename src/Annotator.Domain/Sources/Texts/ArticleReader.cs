using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using SmartReader;

namespace Annotator.Domain.Sources.Texts;

/// <summary>What a page of the web is about, without its navigation.</summary>
internal static class ArticleReader
{
    // It looks at everything many times; a larger page comes whole.
    private const int MostElements = 30_000;

    private static readonly Uri Nowhere = new("https://nowhere.invalid/");

    /// <returns>Null when the page has no article.</returns>
    public static ExtractedText? Read(IHtmlDocument document, Uri? address)
    {
        if (document.All.Length > MostElements)
            return null;
        var language = HtmlReader.LanguageOf(document);
        using var copy = (IHtmlDocument)document.Clone(deep: true);
        using var reader = new Reader((address ?? Nowhere).AbsoluteUri, copy);
        var article = reader.GetArticle();
        if (!article.IsReadable || string.IsNullOrWhiteSpace(article.Content))
            return null;
        var writer = new SnapshotWriter();
        using var content = new HtmlParser().ParseDocument(article.Content);
        new HtmlWalk(writer, address).Write(content.Body!);
        writer.LeftOut.Add("surroundings", "not_the_article");
        var text = writer.Finish();
        return string.IsNullOrWhiteSpace(text.Text)
            ? null
            : text.Described(article.Title, article.Author ?? article.Byline, language ?? article.Language);
    }
}
