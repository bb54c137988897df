using System.Collections.Frozen;
using System.Text.Json;
using Annotator.Domain.Annotations;

namespace Annotator.Domain.Exchange;

/// <summary>The keys of an annotation that the model has no property for, as JSON; they are handed on as they came.</summary>
internal static class HypothesisExtra
{
    // Read into the model, or worked out by the server for one reader.
    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
        [
            "id", "created", "updated", "user", "user_info", "uri", "text", "tags", "group", "permissions", "references", "target",
            "document", "language", "links", "flagged", "hidden", "moderation", "moderation_status", "mentions", "actions",
        ],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> KnownOfDocument = FrozenSet.ToFrozenSet(
        ["title", "author", "language"], StringComparer.Ordinal);
    private static readonly FrozenSet<string> KnownOfTarget = FrozenSet.ToFrozenSet(["source", "selector"], StringComparer.Ordinal);

    /// <summary>
    /// The unknown keys of an annotation; <c>document</c> and <c>target</c> are objects with their own unknown keys, <c>target</c> of
    /// the first target.
    /// </summary>
    /// <returns>A JSON object; null for none.</returns>
    public static string? Of(JsonElement row, string? target)
    {
        var keys = Unknown(row, Known);
        if (row.TryGetProperty("document", out var document) && document.ValueKind == JsonValueKind.Object
            && UnknownKeys.Joined(Unknown(document, KnownOfDocument)) is { } described)
        {
            keys = keys.Append(("document", described));
        }
        return UnknownKeys.Joined(target is null ? keys : keys.Append(("target", target)));
    }

    /// <summary>The unknown keys of a target, as <c>description</c>.</summary>
    /// <returns>A JSON object; null for none.</returns>
    public static string? OfTarget(JsonElement target) => UnknownKeys.Joined(Unknown(target, KnownOfTarget));

    private static IEnumerable<(string Name, string Json)> Unknown(JsonElement json, FrozenSet<string> known) =>
        json.EnumerateObject().Where(p => !known.Contains(p.Name)).Select(p => (p.Name, p.Value.GetRawText()));
}
