using System.Text.Json;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Exchange;

/// <summary>Whose an imported annotation becomes. Only administrators may put words into other people's mouths.</summary>
internal sealed class Authorship(ImportOptions options)
{
    /// <summary>The draft as the file has it, or as the importing person's own.</summary>
    public AnnotationDraft Of(AnnotationDraft draft) =>
        options.KeepAuthors || draft.Origin is not { } origin ? draft : Owned(draft, origin, options.AsUser ?? throw new Forbidden("sign_in"));

    private AnnotationDraft Owned(AnnotationDraft draft, Origin origin, Userid owner)
    {
        var isTheirs = origin.Author == owner;
        var isMember = options.Groups.Contains(draft.GroupId, StringComparer.Ordinal);
        if (isTheirs && isMember)
            return draft;
        return draft with
        {
            // What was written for a circle that the person does not belong to here stays between the person and the file.
            GroupId = isMember ? draft.GroupId : Viewer.PublicGroup,
            Shared = draft.Shared && isMember,
            Origin = origin with
            {
                Author = owner,
                DisplayName = isTheirs ? origin.DisplayName : null,
                Extra = With(origin.Extra, new Original(origin.Author.ToString(), origin.DisplayName, draft.GroupId)),
            },
        };
    }

    private static string With(string? extra, Original original)
    {
        var kept = $$"""{"original":{{JsonSerializer.Serialize(original, JsonSerializerOptions.Web)}}""";
        return extra is null ? kept + "}" : $"{kept},{extra[1..]}";
    }

    /// <summary>Who wrote it where, before it was imported.</summary>
    private sealed record Original(string User, string? DisplayName, string Group);
}
