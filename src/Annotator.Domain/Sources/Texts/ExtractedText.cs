using System.Globalization;
using System.Text;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Text;

namespace Annotator.Domain.Sources.Texts;

/// <summary>The text of a file, a web page or a clipboard, as it is read before it becomes a <see cref="Snapshot"/>.</summary>
/// <param name="Html">
/// Well-formed markup of few elements (<see cref="SnapshotTags"/>) and the attributes href, lang, dir and data-page. A tag is
/// <c>&lt;name attr="value"></c>, <c>&lt;/name></c> or one of the void <c>&lt;br></c> and <c>&lt;hr></c>; text is escaped by
/// <c>&amp;amp;</c>, <c>&amp;lt;</c> and <c>&amp;gt;</c> only. A line feed stands after each block and each br.
/// </param>
/// <param name="Text">The text nodes of <paramref name="Html"/> one after another, without those in rt and rp.</param>
public sealed record ExtractedText(string Html, string Text)
{
    // Longest title that is made of the first line of a text, in UTF-16 units.
    private const int MadeUpTitle = 80;

    /// <summary>Media type of what was read, one of <see cref="TextFormats"/>.</summary>
    public string Format { get; init; } = TextFormats.Plain;

    /// <summary>
    /// As the document says, else its first heading, else the first line of a plain text, else the name of its file; null when it has none.
    /// At most <see cref="Limits.Title"/>.
    /// </summary>
    public string? Title { get; init; }

    /// <summary>As the document says. At most <see cref="Limits.Author"/>.</summary>
    public string? Author { get; init; }

    /// <summary>BCP 47 tag when the document names one.</summary>
    public string? Language { get; init; }

    /// <summary>The headings of the text in document order.</summary>
    public IReadOnlyList<OutlineEntry> Outline { get; init; } = [];

    /// <summary>What the document has and the text has not.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; init; } = [];

    /// <summary>The first line that can be read, shortened to make a title; null when there is none.</summary>
    internal string? FirstLine()
    {
        foreach (var line in Text.AsSpan().EnumerateLines())
        {
            if (Line(line.ToString(), MadeUpTitle) is { } title && title.EnumerateRunes().Any(IsReadable))
                return title;
        }

        return null;
    }

    // A line of dashes or stars is none.
    private static bool IsReadable(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol;

    /// <summary>The text with title, author and language from its document, cleaned.</summary>
    internal ExtractedText Described(string? title, string? author = null, string? language = null) => this with
    {
        Title = Line(title, Limits.Title),
        Author = Line(author, Limits.Author),
        Language = LanguageTag.TryParse(language, out var tag) && !tag.IsUndetermined ? tag.Value : null,
    };

    private static string? Line(string? text, int limit)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var start = text.Length > 4 * limit ? text[..(4 * limit)] : text;
        var line = UserText.Label(UserText.Clean(string.Join(' ', start.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        return line is null ? null : Cut.Shown(line, limit);
    }
}

/// <summary>A heading of a text.</summary>
/// <param name="Level">1 to 6.</param>
/// <param name="Start">Where the title begins in <see cref="ExtractedText.Text"/>, in Unicode code points.</param>
public sealed record OutlineEntry(int Level, string Title, int Start);

/// <summary>Something that a document has and its text has not.</summary>
/// <param name="What">
/// A code: <c>image</c>, <c>media</c>, <c>form</c>, <c>hidden</c>, <c>surroundings</c>, <c>page</c>, <c>chapter</c> or
/// <c>markup</c>.
/// </param>
/// <param name="Reason">
/// A code: <c>no_words</c>, <c>not_shown</c>, <c>not_the_article</c>, <c>not_in_reading_order</c>, <c>missing</c>,
/// <c>nested_too_deep</c> or <c>not_prose</c>.
/// </param>
public sealed record LeftOut(string What, string Reason, int Count);
