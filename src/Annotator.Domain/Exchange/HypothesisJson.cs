using System.Text.Json;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;

namespace Annotator.Domain.Exchange;

/// <summary>
/// Reads an annotation as the Hypothesis API and the export of its client write it. Beside their keys it understands
/// <c>language</c> (of the comment), <c>document.language</c> and <c>document.author</c>.
/// </summary>
internal static class HypothesisJson
{
    /// <param name="row">One annotation.</param>
    /// <param name="options">Names the author of annotations without one.</param>
    /// <param name="now">The time of annotations without one.</param>
    /// <exception cref="Invalid">A key is missing or is not what it should be.</exception>
    public static AnnotationDraft Read(JsonElement row, ImportOptions options, DateTimeOffset now)
    {
        var created = row.Time("created");
        var provenance = new Provenance(
            RecordFields.Author(row, options),
            row.Object("user_info")?.Text("display_name"),
            created ?? now,
            row.Time("updated") ?? created ?? now
        );
        var draft = new AnnotationDraft
        {
            Id = Guid.Empty,
            Source = Citation(row),
            Quote = HypothesisTarget.Quote(row),
            References = RecordFields.References(row),
            Body = row.Text("text") ?? "",
            Language = row.Text("language"),
            Tags = row.Texts("tags"),
            GroupId = RecordFields.Group(row),
            Shared = IsShared(row),
            Received = HypothesisTarget.Received(row),
            Provenance = provenance,
        };
        return draft with { Id = RecordFields.Id(row) ?? RecordFields.IdOf(draft, created) };
    }

    private static Citation Citation(JsonElement row)
    {
        var document = row.Object("document");
        return new Citation(
            row.Text("uri"),
            RecordFields.Title(document?.FirstText("title")),
            document?.FirstText("author"),
            document?.Text("language")
        )
        {
            Claims = document is { } described && row.Text("uri") is { } uri ? HypothesisClaims.Of(described, uri) : [],
        };
    }

    // A file without permissions was published as it is. What a moderator took away does not come back by an import.
    private static bool IsShared(JsonElement row)
    {
        if (row.IsTrue("hidden") || row.Text("moderation_status") is "PENDING" or "DENIED" or "SPAM")
            return false;
        return row.Object("permissions") is not { } permissions
            || permissions.Texts("read").Any(reader => reader.StartsWith("group:", StringComparison.Ordinal));
    }
}
