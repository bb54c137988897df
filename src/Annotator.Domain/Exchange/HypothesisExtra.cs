using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace Annotator.Domain.Exchange;

/// <summary>What an annotation says beyond what the model has words for; kept as JSON and handed on.</summary>
internal static class HypothesisExtra
{
    // Read into the model, or worked out by the server for one reader.
    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
        [
            "id", "created", "updated", "user", "user_info", "uri", "text", "tags", "group", "permissions", "references", "target",
            "document", "language", "links", "flagged", "hidden", "moderation", "moderation_status", "mentions", "actions",
        ],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> KnownOfDocument = FrozenSet.ToFrozenSet(["title", "author", "language"], StringComparer.Ordinal);

    /// <summary>The unknown keys, and <c>document</c> and <c>target</c> where they say more than is read of them; null for none.</summary>
    public static string? Of(JsonElement row)
    {
        var extra = row.EnumerateObject().Where(IsKept).ToList();
        if (extra.Count == 0)
            return null;
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            foreach (var property in extra)
            {
                writer.WritePropertyName(property.Name);
                writer.WriteRawValue(property.Value.GetRawText(), skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private static bool IsKept(JsonProperty property) => property.Name switch
    {
        "document" => property.Value.ValueKind == JsonValueKind.Object
            && property.Value.EnumerateObject().Any(p => !KnownOfDocument.Contains(p.Name)),
        "target" => property.Value.ValueKind == JsonValueKind.Array
            && (property.Value.GetArrayLength() > 1 || property.Value.EnumerateArray().Any(HasDescription)),
        _ => !Known.Contains(property.Name),
    };

    private static bool HasDescription(JsonElement target) =>
        target.ValueKind == JsonValueKind.Object && target.TryGetProperty("description", out _);
}
