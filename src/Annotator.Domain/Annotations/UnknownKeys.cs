using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Annotator.Domain.Annotations;

/// <summary>
/// Reads and writes <see cref="Received.Extra"/>: a JSON object with a key per format. What was sent in one format is handed back in
/// the same format only. Values stay as they were written, to the letter.
/// </summary>
public static class UnknownKeys
{
    public const string Hypothesis = "hypothesis";

    /// <summary>Not a format: who wrote an annotation where, under which id, before somebody else imported it.</summary>
    public const string Original = "original";

    /// <summary>The keys of a format: a JSON object; null for none.</summary>
    public static string? Of(string? extra, string format)
    {
        if (extra is null)
            return null;
        using var all = JsonDocument.Parse(extra);
        return all.RootElement.TryGetProperty(format, out var keys) ? keys.GetRawText() : null;
    }

    /// <summary>Puts the keys of one format in the place of those that are there.</summary>
    /// <param name="keys">A JSON object; null for none.</param>
    public static string? With(string? extra, string format, string? keys)
    {
        using var all = JsonDocument.Parse(extra ?? "{}");
        var kept = all.RootElement.EnumerateObject().Where(p => !p.NameEquals(format)).Select(p => (p.Name, p.Value.GetRawText()));
        return Joined(keys is null ? kept : kept.Append((format, keys)));
    }

    /// <summary>An object of values that are JSON already; null for none.</summary>
    internal static string? Joined(IEnumerable<(string Name, string Json)> properties)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in properties)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(value, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return json.WrittenCount == "{}".Length ? null : Encoding.UTF8.GetString(json.WrittenSpan);
    }
}
