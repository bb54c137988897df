using System.Text.Json;
using Annotator.Domain.Annotations;
using Annotator.Domain.Passages;

namespace Annotator.Domain.Exchange;

/// <summary>Reads what a Hypothesis annotation is about. Their server keeps one target; clients and files may send several.</summary>
internal static class HypothesisTarget
{
    /// <summary>Selectors, further targets and unknown keys, without anything that is read into the model.</summary>
    public static Received Received(JsonElement row)
    {
        var targets = Targets(row).ToList();
        return new Received
        {
            Selectors = targets is [var first, ..] ? Selectors(first) : null,
            Extra = PerFormat(HypothesisExtra.Of(row, targets is [var described, ..] ? HypothesisExtra.OfTarget(described) : null)),
            Targets = [.. targets.Skip(1).Select(t => new Target(t.Text("source"), Selectors(t), PerFormat(HypothesisExtra.OfTarget(t))))],
        };
    }

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
        Targets(row).Take(1).SelectMany(t => t.Items("selector"))
            .Where(s => s.ValueKind == JsonValueKind.Object && string.Equals(s.Text("type"), type, StringComparison.Ordinal))
            .Select(s => (JsonElement?)s)
            .FirstOrDefault();

    private static IEnumerable<JsonElement> Targets(JsonElement row) => row.Items("target").Where(t => t.ValueKind == JsonValueKind.Object);

    private static string? Selectors(JsonElement target) =>
        target.Items("selector").Any() ? target.GetProperty("selector").GetRawText() : null;

    private static string? PerFormat(string? keys) => keys is null ? null : UnknownKeys.With(null, UnknownKeys.Hypothesis, keys);
}
