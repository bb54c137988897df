namespace Annotator.BrowserTests.Support;

/// <summary>A site with a text of 500 passages that are commented, several in each paragraph.</summary>
public sealed class CrowdedSite : Site
{
    public const int Places = 500;
    private const int InParagraph = 4;

    internal ReaderTexts.Text Text { get; private set; } = new(Guid.Empty, Guid.Empty, "");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var paragraphs = Enumerable.Range(0, Places / InParagraph)
            .Select(i =>
                $"<p>{string.Concat(Enumerable.Range(0, InParagraph).Select(k => $"Here stands the sentence {i}.{k} of a long text that many people have read. "))}</p>\n");
        Text = await this.AddTextAsync("Ada", "A text that many have read", "en", string.Concat(paragraphs));
        var at = 0;
        for (var i = 0; i < Places; i++)
        {
            var quote = $"sentence {i / InParagraph}.{i % InParagraph} ";
            at = Text.Words.IndexOf(quote, at, StringComparison.Ordinal);
            await this.RemarkAsync(
                "Mei",
                Text,
                at,
                quote.TrimEnd(),
                string.Join(' ', Enumerable.Repeat($"Remark {i} on this sentence.", 1 + i % 7)),
                "en",
                i % 2 == 0 ? "even" : "odd");
        }
    }
}
