using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Analysis;
using Annotator.Domain.Text;

namespace Annotator.Domain.Sources;

/// <summary>Something that people annotate: a page, a paper, a book, or a text known only by its citation.</summary>
public sealed class Source
{
    public Guid Id { get; private set; }

    /// <summary>As given in public; the address until then, empty for a source without one.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Whether <see cref="Title"/> is a title that somebody gave in public.</summary>
    public bool TitleGiven { get; private set; }

    /// <summary>As given in public.</summary>
    public string? Author { get; private set; }

    /// <summary>BCP 47 tag; <c>und</c> when it is not known.</summary>
    public string Language { get; private set; } = "";
    public SourceKind Kind { get; private set; }
    public DateTimeOffset Added { get; private set; }

    /// <summary>When somebody last wrote about it in public. What the library is sorted by.</summary>
    public DateTimeOffset LastActivity { get; private set; }

    public List<SourceUri> Uris { get; private set; } = [];
    public SourceEntry? SearchEntry { get; private set; }

    private Source() { }

    /// <param name="given">What somebody said of it.</param>
    /// <param name="inPublic">False: what was given stays with what it was given with, and the source is called by its address.</param>
    public static Source Cited(Citation given, bool inPublic, string language, DateTimeOffset now)
    {
        var source = new Source
        {
            Id = Guid.CreateVersion7(now),
            Title = given.Uri is { } uri ? Limited(inPublic ? uri : UriNormalizer.Shown(uri)) : "",
            Language = language,
            Added = now,
            LastActivity = now,
        };
        if (given.Uri is not null)
            source.Uris.Add(SourceUri.Of(source.Id, given.Uri, inPublic, now));
        if (inPublic)
            source.Adopt(given);
        return source;
    }

    /// <summary>Moves <see cref="LastActivity"/> forward to a time; an earlier time changes nothing.</summary>
    public void Touch(DateTimeOffset at) => LastActivity = at > LastActivity ? at : LastActivity;

    /// <summary>
    /// Adopts what was given in public: title and author if none are known yet, and the address. Another spelling of a known
    /// address replaces one that only its annotator may see.
    /// </summary>
    /// <returns>Whether title, author or addresses have changed.</returns>
    public bool Adopt(Citation given)
    {
        var uri = given.Uri is null ? null : Uris.Find(u => u.Key == SourceUri.KeyOf(given.Uri));
        var isNewUri = uri is { IsPublic: false };
        if (isNewUri)
            uri!.Publish(given.Uri!);
        var isNewTitle = !TitleGiven && !string.IsNullOrWhiteSpace(given.Title);
        if (isNewTitle)
            (Title, TitleGiven) = (given.Title!, true);
        else if (isNewUri && !TitleGiven)
            Title = Limited(given.Uri!);
        var isNewAuthor = Author is null && given.Author is not null;
        Author ??= given.Author;
        return isNewUri || isNewTitle || isNewAuthor;
    }

    /// <summary>Calls the source by its address, as long as nobody gave a title in public.</summary>
    internal void CallByAddress() => Title = TitleGiven || KnownUri is not { } uri ? Title : Limited(uri);

    /// <summary>Takes name and password out of an address that is the title.</summary>
    internal void ForgetCredentials() => Title = UriNormalizer.WithoutCredentials(Title);

    /// <summary>Takes the addresses and what is known of another source, which goes.</summary>
    internal void TakeOver(Source other)
    {
        if (!TitleGiven && other.TitleGiven)
            (Title, TitleGiven) = (other.Title, true);
        Author ??= other.Author;
        if (string.Equals(Language, LanguageTag.Undetermined.Value, StringComparison.Ordinal))
            Language = other.Language;
        Kind = Kind is SourceKind.Unknown ? other.Kind : Kind;
        Added = other.Added < Added ? other.Added : Added;
        Touch(other.LastActivity);
    }

    // An address is the title until somebody gives one; it can be longer than a title may be.
    private static string Limited(string uri) => Cut.Start(uri, Limits.Title);

    /// <summary>Title and author of a citation, each null where the source has the same in public.</summary>
    internal (string? Title, string? Author) Unknown(Citation? given) => (
        given?.Title is { } title && !(TitleGiven && string.Equals(title, Title, StringComparison.Ordinal)) ? title : null,
        given?.Author is { } author && !string.Equals(author, Author, StringComparison.Ordinal) ? author : null);

    /// <summary>The address for somebody who names the source without one: public, or of the page without what the address hides.</summary>
    internal string? KnownUri =>
        Uris.Where(u => u.IsPublic).OrderBy(u => u.Added).FirstOrDefault()?.Uri
            ?? (Uris.Count == 0 ? null : UriNormalizer.Shown(Uris[0].Uri));

    /// <summary>The addresses that everybody knows, the main one first.</summary>
    internal IReadOnlyList<string> PublicUris => [.. Uris.Where(u => u.IsPublic).OrderBy(u => u.Added).Select(u => u.Uri)];

    /// <summary>Replaces what everybody is told of it. One that is called by its address stays so while the title is that.</summary>
    /// <param name="language">BCP 47 tag; <c>und</c> when it is not known.</param>
    internal void Correct(string title, string? author, string language, SourceKind kind) =>
        (Title, TitleGiven, Author, Language, Kind) =
            (title, TitleGiven || !string.Equals(title, Title, StringComparison.Ordinal), author, language, kind);

    internal void CorrectKind(SourceKind kind) => Kind = kind;

    /// <param name="language">BCP 47 tag; <c>und</c> when it is not known.</param>
    public void CorrectLanguage(string language) => Language = language;

    /// <summary>Makes the source findable by its title and author.</summary>
    internal void Index(DateTimeOffset now)
    {
        SearchEntry ??= new SourceEntry(Id);
        SearchEntry.Write(
            Analyzer.Index(
                [
                    new IndexedField(Title, Language, FieldKind.Title),
                    new IndexedField(Author ?? "", LanguageTag.Undetermined.Value, FieldKind.Author),
                ]),
            now);
    }
}

/// <summary>How a source is found.</summary>
public sealed class SourceEntry : IndexEntry
{
    public Guid SourceId { get; private set; }

    private SourceEntry() { }

    internal SourceEntry(Guid sourceId) => SourceId = sourceId;
}
