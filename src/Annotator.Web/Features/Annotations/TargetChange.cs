using System.Text.Json;
using Annotator.Domain.Annotations;
using Annotator.Domain.Sources;

namespace Annotator.Web.Features.Annotations;

/// <summary>What changed of what an annotation is about, as text to be compared: an address or a selector a line.</summary>
/// <param name="Name">
/// <c>Address</c>, <c>Quote</c>, <c>Selectors</c> or <c>Targets</c>: texts named <c>History.…</c> say what that is.
/// </param>
internal sealed record TargetChange(string Name, string Before, string After)
{
    /// <summary>What differs between two states, in the order in which it is shown.</summary>
    public static IReadOnlyList<TargetChange> Between(RevisionView before, RevisionView after)
    {
        TargetChange[] all =
        [
            new("Address", before.Uri ?? "", after.Uri ?? ""),
            new("Quote", before.Quote ?? "", after.Quote ?? ""),
            new("Selectors", Selectors(before.Received.Selectors), Selectors(after.Received.Selectors)),
            new("Targets", Targets(before.Received.Targets), Targets(after.Received.Targets)),
        ];
        return [.. all.Where(c => !string.Equals(c.Before, c.After, StringComparison.Ordinal))];
    }

    private static string Targets(IEnumerable<Target> targets) =>
        string.Join('\n', targets.SelectMany(t => new[] { t.Uri ?? "", Selectors(t.Selectors) }).Where(line => line.Length > 0));

    // {"type":"TextPositionSelector","start":3,"end":9} is TextPositionSelector · start: 3 · end: 9.
    private static string Selectors(string? json)
    {
        if (json is null)
            return "";
        using var selectors = JsonDocument.Parse(json);
        return selectors.RootElement.ValueKind is JsonValueKind.Array
            ? string.Join('\n', selectors.RootElement.EnumerateArray().Select(Line))
            : json;
    }

    private static string Line(JsonElement selector)
    {
        if (selector.ValueKind is not JsonValueKind.Object)
            return selector.GetRawText();
        try
        {
            var properties = selector.EnumerateObject().OrderBy(p => !p.NameEquals("type"));
            return string.Join(" · ", properties.Select(p => p.NameEquals("type") ? Value(p.Value) : $"{p.Name}: {Value(p.Value)}"));
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which JSON can escape and a text cannot hold.
            return selector.GetRawText();
        }
    }

    // Selectors are kept as they came, and shown to whoever reads the annotation: not the password in an address.
    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => UriNormalizer.WithoutCredentials(value.GetString()!),
        JsonValueKind.Object => $"{{{string.Join(", ", value.EnumerateObject().Select(p => $"{p.Name}: {Value(p.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Value))}]",
        _ => value.GetRawText(),
    };
}
