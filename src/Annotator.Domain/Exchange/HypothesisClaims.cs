using System.Text.Json;
using System.Text.RegularExpressions;
using Annotator.Domain.Sources;

namespace Annotator.Domain.Exchange;

/// <summary>
/// Reads which other addresses a document claims: its links, and the identifiers of its Highwire and Dublin Core metadata, by the
/// rules of Hypothesis (<c>h/util/document_claims.py</c>). Writers differ about these keys; what is not understood is no claim.
/// </summary>
internal static partial class HypothesisClaims
{
    private const string PdfType = "application/pdf";

    /// <param name="document">The key <c>document</c> of an annotation.</param>
    /// <param name="uri">The address of the annotation.</param>
    public static IReadOnlyList<ClaimedUri> Of(JsonElement document, string uri) =>
    [
        .. Items(document, "link").Select(link => Link(link, uri)).OfType<ClaimedUri>(),
        .. Texts(document, "highwire", "pdf_url").Select(address => new ClaimedUri(address, "highwire-pdf")),
        .. Dois(Texts(document, "highwire", "doi"), "highwire-doi"),
        .. Dois(Texts(document, "dc", "identifier"), "dc-doi"),
    ];

    // Left out as uninformative: a link to the address itself, a bare DOI (metadata names those better), and a bare link to a PDF.
    private static ClaimedUri? Link(JsonElement link, string uri)
    {
        if (Text(link, "href") is not { Length: > 0 } href)
            return null;
        var (relation, type, keys) = (Text(link, "rel"), Text(link, "type"), link.EnumerateObject().Count());
        var isBare = keys == 1
            && (string.Equals(href, uri, StringComparison.Ordinal) || href.StartsWith("doi:", StringComparison.OrdinalIgnoreCase));
        return isBare || (keys == 2 && string.Equals(type, PdfType, StringComparison.Ordinal))
            ? null
            : new ClaimedUri(href, relation is null ? "" : "rel-" + relation);
    }

    private static IEnumerable<ClaimedUri> Dois(IEnumerable<string> texts, string kind) =>
        texts.Select(t => Doi().Match(t)).Where(m => m.Success).Select(m => new ClaimedUri("doi:" + m.Groups["doi"].Value, kind));

    private static IEnumerable<string> Texts(JsonElement document, string group, string key) =>
        document.TryGetProperty(group, out var metadata) && metadata.ValueKind == JsonValueKind.Object
            ? Items(metadata, key).Select(Text).OfType<string>()
            : [];

    private static JsonElement[] Items(JsonElement of, string key) =>
        !of.TryGetProperty(key, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()]
        : [value];

    private static string? Text(JsonElement of, string key) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(key, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()?.Trim() : null;

    [GeneratedRegex(
        @"\A\s*(?:doi:)?\s*(?:https?://(?:dx\.)?doi\.org/)?(?<doi>10\.\d{4,}[.\d]*/\S+)\s*\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        500)]
    private static partial Regex Doi();
}
