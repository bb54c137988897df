using System.Text.Json;
using Annotator.Domain.Passages;

namespace Annotator.Domain.Exchange;

/// <summary>Reads what a Hypothesis annotation points at. Hypothesis stores one target.</summary>
internal static class HypothesisTarget
{
    /// <summary>All selectors as received, JSON; null when there are none.</summary>
    public static string? Selectors(JsonElement row) =>
        Target(row) is { } target && target.Items("selector").Any() ? target.GetProperty("selector").GetRawText() : null;

    /// <summary>The quoted words with their position; null where nothing is quoted (page notes, images, times in a film).</summary>
    public static Quote? Quote(JsonElement row)
    {
        if (Selector(row, "TextQuoteSelector") is not { } words || words.Text("exact") is not { } exact || string.IsNullOrWhiteSpace(exact))
            return null;
        var quote = new Quote(exact, words.Text("prefix") ?? "", words.Text("suffix") ?? "");
        return Selector(row, "TextPositionSelector") is { } position
            && position.Count("start") is >= 0 and var start
            && position.Count("end") is { } end
            && end >= start
            ? quote with { Start = start, End = end }
            : quote;
    }

    private static JsonElement? Selector(JsonElement row, string type) =>
        Target(row)?.Items("selector")
            .Where(s => s.ValueKind == JsonValueKind.Object && string.Equals(s.Text("type"), type, StringComparison.Ordinal))
            .Select(s => (JsonElement?)s)
            .FirstOrDefault();

    private static JsonElement? Target(JsonElement row) =>
        row.Items("target").Where(t => t.ValueKind == JsonValueKind.Object).Select(t => (JsonElement?)t).FirstOrDefault();
}
