using System.Text.Json;
using System.Text.RegularExpressions;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Text;

namespace Annotator.Domain.Exchange;

/// <summary>What annotations in all JSON formats have in common.</summary>
internal static partial class RecordFields
{
    /// <summary>The id as 20 or 22 characters or as a UUID; null when there is none.</summary>
    public static Guid? Id(JsonElement row) => row.Text("id") is { } text ? Id("id", text) : null;

    /// <summary>An id that depends only on what the annotation says, about what, by whom and when.</summary>
    public static Guid IdOf(AnnotationDraft draft, DateTimeOffset? created) =>
        ContentId.Of(created, [
            draft.Provenance?.Author.ToString(),
            draft.GroupId,
            draft.Source?.Uri ?? draft.Source?.Title,
            draft.Quote?.Exact,
            draft.Quote?.Prefix,
            draft.Body,
            .. draft.Tags,
            .. draft.References.Select(PublicId.Of),
        ]);

    /// <summary>The ids of the annotations that it answers, root first.</summary>
    /// <exception cref="Invalid"><c>not_an_annotation_id</c>.</exception>
    public static IReadOnlyList<Guid> References(JsonElement row) => [.. row.Texts("references").Select(text => Id("references", text))];

    /// <summary>The author, or the importing person where the record names none.</summary>
    /// <exception cref="Invalid">The field is <c>user</c>.</exception>
    public static Userid Author(JsonElement row, ImportOptions options) =>
        row.Text("user") is { Length: > 0 } user
            ? Userid.Parse(user, options.DefaultAuthority)
            : options.AsUser ?? throw new Invalid("user", "required");

    /// <summary>Public id of the group; the public group where the record names none.</summary>
    /// <exception cref="Invalid"><c>not_a_group_id</c>.</exception>
    public static string Group(JsonElement row)
    {
        var group = row.Text("group") ?? Viewer.PublicGroup;
        return GroupId().IsMatch(group) ? group : throw new Invalid("group", "not_a_group_id");
    }

    /// <summary>Titles of web pages can be whole paragraphs; an annotation is not refused for that.</summary>
    public static string? Title(string? title) => title is null ? null : Cut.Shown(title, Limits.Title);

    private static Guid Id(string field, string text) =>
        PublicId.TryParse(text, out var id) || Guid.TryParseExact(text, "D", out id)
            ? id
            : throw new Invalid(field, "not_an_annotation_id");

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex GroupId();
}
