using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Annotator.Domain.Text;

namespace Annotator.Domain.Annotations;

/// <summary>What an annotation must be like to be stored, whoever writes it.</summary>
internal static class DraftRules
{
    // An address is shown as a link and handed to other programs; these would run in the reader's browser.
    private static readonly string[] RunningSchemes = ["javascript:", "data:", "vbscript:"];

    /// <summary>The draft with its texts cleaned.</summary>
    /// <exception cref="Invalid">Names the first field that cannot be stored.</exception>
    public static AnnotationDraft Checked(AnnotationDraft draft)
    {
        var body = Body(draft.Body);
        var tags = Tags(draft.Tags);
        if (draft.References.Count > Limits.References)
            throw new Invalid("references", "too_many", Limits.References);
        if (draft.Source is null && draft.SourceId is null)
            throw new Invalid("uri", "required");
        if (draft.GroupId.Length > Limits.GroupId)
            throw new Invalid("group", "too_long", Limits.GroupId);
        if (draft.References.Count == 0 && draft.Quote is null && draft.PassageId is null)
            RequireNote(body, tags);
        return draft with
        {
            Body = body,
            Tags = tags,
            Language = Language("language", draft.Language),
            Source = draft.Source is null ? null : Checked(draft.Source),
            Quote = draft.Quote is null ? null : Checked(draft.Quote),
            Origin = draft.Origin is null ? null : Checked(draft.Origin),
        };
    }

    /// <summary>A highlight may be silent, a page note not: nothing would be left of it.</summary>
    public static void RequireNote(string body, IReadOnlyList<string> tags)
    {
        if (body.Length == 0 && tags.Count == 0)
            throw new Invalid("body", "required");
    }

    public static string Body(string body) => Clean("body", body, Limits.Body).Trim();

    /// <summary>Tags without empty ones and repetitions, in the order given.</summary>
    public static IReadOnlyList<string> Tags(IReadOnlyList<string> tags)
    {
        if (tags.Count > Limits.Tags)
            throw new Invalid("tags", "too_many", Limits.Tags);
        return
        [
            .. tags.Select(t => Clean("tags", t, Limits.Tag).ReplaceLineEndings(" ").Trim())
                .Where(t => t.Length > 0)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>The tag in its canonical form; null for none.</summary>
    public static string? Language(string field, string? language)
    {
        if (string.IsNullOrWhiteSpace(language))
            return null;
        return LanguageTag.TryParse(language, out var tag) ? tag.Value : throw new Invalid(field, "unknown_language");
    }

    private static Citation Checked(Citation citation)
    {
        var uri = Clean("uri", citation.Uri ?? "", Limits.Uri).Trim();
        if (RunningSchemes.Any(s => uri.StartsWith(s, StringComparison.OrdinalIgnoreCase)))
            throw new Invalid("uri", "unsafe_scheme");
        var title = Line("title", citation.Title, Limits.Title);
        if (uri.Length == 0 && title is null)
            throw new Invalid("title", "required");
        return new Citation(
            uri.Length == 0 ? null : uri,
            title,
            Line("author", citation.Author, Limits.Author),
            Language("source_language", citation.Language)
        );
    }

    private static Quote Checked(Quote quote)
    {
        var exact = Clean("quote", quote.Exact, Limits.Quote).Trim();
        if (exact.Length == 0)
            throw new Invalid("quote", "required");
        if (quote.Start is < 0 || quote.End < quote.Start)
            throw new Invalid("quote", "not_a_position");
        return quote with
        {
            Exact = exact,
            Prefix = Clean("prefix", quote.Prefix, Limits.Context),
            Suffix = Clean("suffix", quote.Suffix, Limits.Context),
        };
    }

    private static Origin Checked(Origin origin)
    {
        if (origin.Selectors?.Length > Limits.Extra || origin.Extra?.Length > Limits.Extra)
            throw new Invalid("extra", "too_long", Limits.Extra);
        if (origin.Author.Username.Length > Userid.MaxUsername || origin.Author.Authority.Length > Userid.MaxAuthority)
            throw new Invalid("user", "too_long", Userid.MaxUsername);
        return origin with
        {
            DisplayName = Line("display_name", origin.DisplayName, Limits.Author),
            Created = Moment("created", origin.Created),
            Updated = Moment("updated", origin.Updated),
        };
    }

    // Ids made from times begin in 1970; PostgreSQL is given UTC.
    private static DateTimeOffset Moment(string field, DateTimeOffset time) =>
        time >= DateTimeOffset.UnixEpoch ? time.ToUniversalTime() : throw new Invalid(field, "not_a_time");

    private static string? Line(string field, string? text, int limit)
    {
        var line = Clean(field, text ?? "", limit).ReplaceLineEndings(" ").Trim();
        return line.Length == 0 ? null : line;
    }

    private static string Clean(string field, string text, int limit) =>
        UserText.TryClean(text, limit, out var cleaned, out var reason)
            ? cleaned
            : throw new Invalid(field, reason, string.Equals(reason, "too_long", StringComparison.Ordinal) ? limit : null);
}
