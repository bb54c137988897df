using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Analysis;
using Annotator.Domain.Text;

namespace Annotator.Domain.Sources;

/// <summary>Something that people annotate: a page, a paper, a book, or a text known only by its citation.</summary>
public sealed class Source
{
    public Guid Id { get; private set; }
    public string Title { get; private set; } = "";
    public string? Author { get; private set; }

    /// <summary>BCP 47 tag; <c>und</c> when nobody knows.</summary>
    public string Language { get; private set; } = "";
    public DateTimeOffset Added { get; private set; }

    /// <summary>When somebody last wrote about it in public. What the library is sorted by.</summary>
    public DateTimeOffset LastActivity { get; private set; }

    public List<SourceUri> Uris { get; private set; } = [];
    public SourceEntry? SearchEntry { get; private set; }

    private Source() { }

    public static Source Cited(Citation citation, string language, DateTimeOffset now)
    {
        var source = new Source
        {
            Id = Guid.CreateVersion7(now),
            Title = citation.Title ?? (citation.Uri is { } uri ? TitleOf(uri) : null) ?? throw new Invalid("title", "required"),
            Author = citation.Author,
            Language = language,
            Added = now,
            LastActivity = now,
        };
        if (citation.Uri is not null)
            source.Claim(citation.Uri);
        return source;
    }

    /// <summary>Notes another address of the same source.</summary>
    public void Claim(string uri) => Uris.Add(SourceUri.Of(Id, uri));

    public void SawActivity(DateTimeOffset at) => LastActivity = at > LastActivity ? at : LastActivity;

    /// <summary>A title learnt later replaces a bare address, never a title.</summary>
    /// <returns>Whether it has another title now.</returns>
    public bool LearnTitle(string? title)
    {
        if (string.IsNullOrWhiteSpace(title) || string.Equals(title, Title, StringComparison.Ordinal)
            || !Uris.Exists(u => string.Equals(TitleOf(u.Uri), Title, StringComparison.Ordinal)))
            return false;
        Title = title;
        return true;
    }

    // An address is the title until somebody tells a better one; it can be longer than a title may be.
    private static string TitleOf(string uri) => Cut.Start(uri, Limits.Title);

    public void CorrectLanguage(string language) => Language = language;

    /// <summary>Makes the source findable by its title and author.</summary>
    internal void Index(DateTimeOffset now)
    {
        SearchEntry ??= new SourceEntry(Id);
        SearchEntry.Write(Analyzer.Index([new IndexedField(Title, Language, FieldKind.Title), new IndexedField(Author ?? "", LanguageTag.Undetermined.Value, FieldKind.Author)]), now);
    }
}

/// <summary>How a source is found.</summary>
public sealed class SourceEntry : IndexEntry
{
    public Guid SourceId { get; private set; }

    private SourceEntry() { }

    internal SourceEntry(Guid sourceId) => SourceId = sourceId;
}

/// <summary>What is known of a source before it is stored.</summary>
/// <param name="Uri">An address (http, https, doi, urn), or null for a source with only a title.</param>
/// <param name="Language">BCP 47 tag when somebody said so.</param>
public sealed record Citation(string? Uri, string? Title, string? Author, string? Language)
{
    // An address is shown as a link and handed to other programs; these would run in the reader's browser.
    private static readonly string[] RunningSchemes = ["javascript:", "data:", "vbscript:"];

    /// <summary>What can be stored of it.</summary>
    /// <exception cref="Invalid">Names the first field that cannot.</exception>
    public Citation Checked()
    {
        var uri = UserText.Field("uri", Uri ?? "", Limits.Uri).Trim();
        if (RunningSchemes.Any(s => uri.StartsWith(s, StringComparison.OrdinalIgnoreCase)))
            throw new Invalid("uri", "unsafe_scheme");
        var title = UserText.Line("title", Title, Limits.Title);
        if (uri.Length == 0 && title is null)
            throw new Invalid("title", "required");
        return new Citation(
            uri.Length == 0 ? null : uri,
            title,
            UserText.Line("author", Author, Limits.Author),
            LanguageTag.Canonical("source_language", Language)
        );
    }
}

/// <summary>One of the addresses of a source.</summary>
public sealed class SourceUri
{
    /// <summary>Hash of the normal form, by which addresses are compared. Unique; an address itself can be too long for an index.</summary>
    public Guid Key { get; private set; }
    public Guid SourceId { get; private set; }
    public string Uri { get; private set; } = "";

    private SourceUri() { }

    internal static SourceUri Of(Guid sourceId, string uri) =>
        new() { SourceId = sourceId, Uri = uri, Key = KeyOf(uri) };

    /// <summary>The key of the normal form (<see cref="UriNormalizer"/>).</summary>
    public static Guid KeyOf(string uri) =>
        TextKey.Of(UriNormalizer.Normalize(uri));
}
