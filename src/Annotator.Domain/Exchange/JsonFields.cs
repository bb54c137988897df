using System.Globalization;
using System.Text.Json;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Exchange;

/// <summary>Reads the keys of a JSON object. Absent and null are the same; a value of another kind is <see cref="Invalid"/>.</summary>
internal static class JsonFields
{
    /// <summary>A text; null when the key is absent.</summary>
    /// <exception cref="Invalid"><c>not_a_text</c>.</exception>
    public static string? Text(this JsonElement record, string key) =>
        Field(record, key) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new Invalid(key, "not_a_text");

    /// <summary>A list of texts; empty when the key is absent.</summary>
    /// <exception cref="Invalid"><c>not_a_list</c> or <c>not_a_text</c>.</exception>
    public static IReadOnlyList<string> Texts(this JsonElement record, string key) =>
        [
            .. record.Items(key)
                .Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new Invalid(key, "not_a_text")),
        ];

    /// <summary>The first text of a list, or the text itself: writers differ about the metadata of documents.</summary>
    public static string? FirstText(this JsonElement record, string key) =>
        Field(record, key) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : record.Texts(key).FirstOrDefault(t => !string.IsNullOrWhiteSpace(t));

    /// <summary>An object; null when the key is absent.</summary>
    /// <exception cref="Invalid"><c>not_an_object</c>.</exception>
    public static JsonElement? Object(this JsonElement record, string key) =>
        Field(record, key) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? value
        : throw new Invalid(key, "not_an_object");

    /// <summary>The items of a list; none when the key is absent.</summary>
    /// <exception cref="Invalid"><c>not_a_list</c>.</exception>
    public static IEnumerable<JsonElement> Items(this JsonElement record, string key) =>
        Field(record, key) is not { } value ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray()
        : throw new Invalid(key, "not_a_list");

    /// <summary>Whether the value is <c>true</c>; anything else is false.</summary>
    public static bool IsTrue(this JsonElement record, string key) => Field(record, key) is { ValueKind: JsonValueKind.True };

    /// <summary>A whole number of 32 bits; null for anything else.</summary>
    public static int? Count(this JsonElement record, string key) =>
        Field(record, key) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    /// <summary>ISO 8601; without an offset it is UTC.</summary>
    public static DateTimeOffset? Time(this JsonElement record, string key)
    {
        if (record.Text(key) is not { Length: > 0 } text)
            return null;
        if (!DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            throw new Invalid(key, "not_a_time");
        }
        // Ids are made from times, and theirs begin in 1970.
        return time >= DateTimeOffset.UnixEpoch ? time : throw new Invalid(key, "before_1970");
    }

    private static JsonElement? Field(JsonElement record, string key) =>
        record.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
