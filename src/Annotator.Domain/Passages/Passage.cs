namespace Annotator.Domain.Passages;

/// <summary>
/// One quoted stretch of one source, shared by every annotation on it, so that all commentary stands together.
/// </summary>
public sealed class Passage
{
    public Guid Id { get; private set; }
    public Guid SourceId { get; private set; }

    /// <summary>The words as quoted first, with the text before and after them (W3C TextQuoteSelector).</summary>
    public Quote Quote { get; private set; } = Quote.Empty;

    /// <summary>BCP 47 tag; <c>und</c> when nobody knows.</summary>
    public string Language { get; private set; } = "";

    /// <summary>Hash of the folded words: equal for quotes that differ in case, width, spaces or punctuation only.</summary>
    public Guid WordsKey { get; private set; }
    public DateTimeOffset Created { get; private set; }

    private Passage() { }

    /// <param name="wordsKey">That of the quote.</param>
    public static Passage Of(Guid sourceId, Quote quote, Guid wordsKey, string language, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            SourceId = sourceId,
            Quote = quote,
            Language = language,
            WordsKey = wordsKey,
            Created = now,
        };

    public void CorrectLanguage(string language) => Language = language;
}
