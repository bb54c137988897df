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

    /// <summary>BCP 47 tag; <c>und</c> when it is not known.</summary>
    public string Language { get; private set; } = "";

    /// <summary>Hash of the folded words: equal for quotes that differ in case, width, spaces or punctuation only.</summary>
    public Guid WordsKey { get; private set; }
    public DateTimeOffset Created { get; private set; }

    /// <summary>
    /// The annotation that the words before and after and the position came with, as long as they came with private annotations
    /// only: viewers who do not see it are not shown them. Null once they were given in public.
    /// </summary>
    public Guid? ContextOfId { get; private set; }

    private Passage() { }

    /// <param name="wordsKey">That of the quote.</param>
    /// <param name="contextOf"><see cref="ContextOfId"/>.</param>
    public static Passage Of(Guid sourceId, Quote quote, Guid wordsKey, string language, DateTimeOffset now, Guid? contextOf = null) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            SourceId = sourceId,
            Quote = quote,
            Language = language,
            WordsKey = wordsKey,
            Created = now,
            ContextOfId = contextOf,
        };

    /// <summary>Replaces the words before and after, and the position, by those that somebody gave in public.</summary>
    /// <returns>False when the passage has public ones already, or none were given.</returns>
    public bool Publish(Quote given)
    {
        if (ContextOfId is null || given is { Prefix: "", Suffix: "", Start: null })
            return false;
        (Quote, ContextOfId) = (given, null);
        return true;
    }

    /// <summary>The annotation that the surroundings came with is public now.</summary>
    public void Publish(Guid annotationId) => ContextOfId = ContextOfId == annotationId ? null : ContextOfId;

    /// <summary>The annotation that the surroundings came with is about something else now, or gone: nobody knows them any more.</summary>
    public void ForgetContext(Guid annotationId)
    {
        if (ContextOfId == annotationId)
            (Quote, ContextOfId) = (PublicQuote, null);
    }

    /// <summary>What everybody may know: the words only, as long as their surroundings came privately.</summary>
    public Quote PublicQuote => ContextOfId is null ? Quote : new Quote(Quote.Exact);

    /// <summary>Whether the surroundings came privately and are known here.</summary>
    internal bool HasPrivateContext => ContextOfId is not null && !Quote.Equals(PublicQuote);

    /// <summary>The passage as somebody knows it who does not see the annotation of <see cref="ContextOfId"/>. Not to be stored.</summary>
    internal Passage WithoutContext()
    {
        var passage = (Passage)MemberwiseClone();
        passage.Quote = PublicQuote;
        return passage;
    }

    /// <summary>Takes over the public surroundings of another passage, which the caller removes.</summary>
    /// <returns>Whether it has surroundings now that it did not have.</returns>
    internal bool TakeOver(Passage other) => other.ContextOfId is null && Publish(other.Quote);

    /// <summary>The same words in another source.</summary>
    internal Passage CopiedTo(Guid sourceId, DateTimeOffset now) => Of(sourceId, Quote with { }, WordsKey, Language, now, ContextOfId);

    /// <param name="language">BCP 47 tag; <c>und</c> when it is not known.</param>
    public void CorrectLanguage(string language) => Language = language;
}
