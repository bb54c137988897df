using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources;

/// <summary>
/// Somebody's word that two addresses are one document, given with an annotation: its page names the other as canonical, or the
/// reader read a DOI or the fingerprint of a PDF there. Which claims count is decided in docs/decisions/009.
/// </summary>
public sealed class UriClaim
{
    public Guid AnnotationId { get; private set; }

    /// <summary>Key of the address that is claimed.</summary>
    public Guid Key { get; private set; }

    /// <summary>As in <see cref="ClaimedUri"/>.</summary>
    public string Kind { get; private set; } = "";
    public string Uri { get; private set; } = "";

    /// <summary>Key of the address that the annotation came with.</summary>
    public Guid ClaimantKey { get; private set; }

    /// <summary>Author of the annotation.</summary>
    public Guid PersonId { get; private set; }
    public DateTimeOffset Made { get; private set; }

    private UriClaim() { }

    /// <summary>The same claim under the present keys.</summary>
    /// <param name="claimant">The address that the annotation came with.</param>
    internal UriClaim Renewed(string claimant) => new()
    {
        AnnotationId = AnnotationId,
        Key = SourceUri.KeyOf(Uri),
        Kind = Kind,
        Uri = Uri,
        ClaimantKey = SourceUri.KeyOf(claimant),
        PersonId = PersonId,
        Made = Made,
    };

    /// <summary>The claims that came with an annotation; none for what is the same address anyway.</summary>
    internal static IEnumerable<UriClaim> Of(Citation? cited, Guid annotationId, Guid personId, DateTimeOffset now)
    {
        if (cited?.Uri is null || cited.Claims.Count == 0)
            return [];
        var claimant = SourceUri.KeyOf(cited.Uri);
        return cited.Claims.Select(claim => new UriClaim
        {
            AnnotationId = annotationId,
            Key = SourceUri.KeyOf(claim.Uri),
            Kind = claim.Kind,
            Uri = claim.Uri,
            ClaimantKey = claimant,
            PersonId = personId,
            Made = now,
        }).Where(c => c.Key != claimant).DistinctBy(c => (c.Key, c.Kind));
    }
}

/// <summary>An address that a document claims as another of its own.</summary>
/// <param name="Uri">As written in the document.</param>
/// <param name="Kind">
/// How it is named there, in Hypothesis' words: <c>rel-canonical</c>, <c>rel-alternate</c> …, <c>highwire-doi</c>, <c>dc-doi</c>,
/// <c>highwire-pdf</c>; empty for a link without a relation.
/// </param>
public sealed record ClaimedUri(string Uri, string Kind)
{
    /// <summary>The longest kind, in UTF-16 units.</summary>
    internal const int MaxKind = 40;

    internal bool CanBeStored =>
        Uri.Length is > 0 and <= Limits.Uri
            && Kind.Length <= MaxKind
            && !Uri.Any(char.IsControl)
            && !Kind.Any(char.IsControl)
            && IsText(Uri)
            && IsText(Kind);

    /// <summary>
    /// Whether the address names a document rather than a place in the web: a DOI, an ISBN, or the fingerprint of a PDF. Two pages
    /// with one of these are the same text.
    /// </summary>
    internal bool IsIdentifier => UriNormalizer.Normalize(Uri) is var name
        && (name.StartsWith("doi:", StringComparison.Ordinal)
            || name.StartsWith("urn:isbn:", StringComparison.Ordinal)
            || name.StartsWith("urn:x-pdf:", StringComparison.Ordinal));

    private static bool IsText(string text) => !text.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar);
}
