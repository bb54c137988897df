using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Annotator.Domain.Text;

namespace Annotator.Domain.Annotations;

/// <summary>What an annotation must be like to be stored, whoever writes it.</summary>
internal static class DraftRules
{
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
            Language = LanguageTag.Canonical("language", draft.Language),
            Source = draft.Source?.Checked(),
            Quote = draft.Quote is null ? null : Checked(draft.Quote),
            Received = Received(draft.Received),
            Provenance = draft.Provenance is null ? null : Checked(draft.Provenance),
        };
    }

    /// <summary>The edit with its texts cleaned.</summary>
    /// <exception cref="Invalid">Names the first field that cannot be stored.</exception>
    public static AnnotationEdit Checked(AnnotationEdit edit) => edit with
    {
        Body = Body(edit.Body),
        Tags = Tags(edit.Tags),
        Language = LanguageTag.Canonical("language", edit.Language),
        Received = edit.Received is null ? null : Received(edit.Received),
        PassageLanguage = LanguageTag.Canonical("passage_language", edit.PassageLanguage),
        Target = edit.Target is not { } target
            ? null
            : new NewTarget(target.Source?.Checked(), target.Quote is null ? null : Checked(target.Quote)),
    };

    /// <summary>Refuses a page note without body and tags; a highlight may lack both.</summary>
    public static void RequireNote(string body, IReadOnlyList<string> tags)
    {
        if (body.Length == 0 && tags.Count == 0)
            throw new Invalid("body", "required");
    }

    private static string Body(string body) => UserText.Field("body", body, Limits.Body).Trim();

    /// <summary>Tags without empty ones and repetitions, in the order given.</summary>
    private static IReadOnlyList<string> Tags(IReadOnlyList<string> tags)
    {
        if (tags.Count > Limits.Tags)
            throw new Invalid("tags", "too_many", Limits.Tags);
        return
        [
            .. tags.Select(t => UserText.Line("tags", t, Limits.Tag)).OfType<string>().Distinct(StringComparer.Ordinal),
        ];
    }

    /// <exception cref="Invalid">It is not a stretch of text that can be stored.</exception>
    private static Quote Checked(Quote quote)
    {
        var exact = UserText.Field("quote", quote.Exact, Limits.Quote).Trim();
        if (exact.Length == 0)
            throw new Invalid("quote", "required");
        if (quote.Start is < 0 || quote.End < quote.Start)
            throw new Invalid("quote", "not_a_position");
        return quote with
        {
            Exact = exact,
            Prefix = UserText.Field("prefix", quote.Prefix, Limits.Context),
            Suffix = UserText.Field("suffix", quote.Suffix, Limits.Context),
        };
    }

    /// <summary>What came with an annotation; it is kept to the letter, apart from passwords in addresses.</summary>
    private static Received Received(Received received)
    {
        if (received.Targets.Count >= Limits.Targets)
            throw new Invalid("target", "too_many", Limits.Targets);
        if (received.Targets.Any(t => t.Uri?.Length > Limits.Uri))
            throw new Invalid("uri", "too_long", Limits.Uri);
        var length = received.Targets.SelectMany(t => new[] { t.Selectors, t.Extra })
            .Append(received.Selectors)
            .Append(received.Extra)
            .Sum(json => (long)(json?.Length ?? 0));
        if (length > Limits.Extra)
            throw new Invalid("extra", "too_long", Limits.Extra);
        return received with
        {
            Targets = [.. received.Targets.Select(t => t with { Uri = t.Uri is null ? null : UriNormalizer.WithoutCredentials(t.Uri) })],
        };
    }

    private static Provenance Checked(Provenance provenance)
    {
        if (provenance.Author.Username.Length > Userid.MaxUsername || provenance.Author.Authority.Length > Userid.MaxAuthority)
            throw new Invalid("user", "too_long", Userid.MaxUsername);
        return provenance with
        {
            DisplayName = UserText.Line("display_name", provenance.DisplayName, Limits.Author),
            Created = Moment("created", provenance.Created),
            Updated = Moment("updated", provenance.Updated),
        };
    }

    // Ids made from times begin in 1970; PostgreSQL is given UTC.
    private static DateTimeOffset Moment(string field, DateTimeOffset time) =>
        time >= DateTimeOffset.UnixEpoch ? time.ToUniversalTime() : throw new Invalid(field, "not_a_time");
}
