using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Text;

namespace Annotator.Domain.Sources;

/// <summary>What is known of a source before it is stored.</summary>
/// <param name="Uri">An address (http, https, doi, urn), or null for a source with only a title.</param>
/// <param name="Language">BCP 47 tag when somebody said so.</param>
public sealed record Citation(string? Uri, string? Title, string? Author, string? Language)
{
    /// <summary>Other addresses of the same document, as the document itself or its reader names them.</summary>
    public IReadOnlyList<ClaimedUri> Claims { get; init; } = [];

    // An address is shown as a link and handed to other programs; these would run in the reader's browser.
    private static readonly string[] RunningSchemes = ["javascript:", "data:", "vbscript:"];

    /// <summary>What can be stored of it.</summary>
    /// <exception cref="Invalid">Names the first field that cannot.</exception>
    public Citation Checked()
    {
        var uri = Address(Uri ?? "");
        if (IsRunning(uri))
            throw new Invalid("uri", "unsafe_scheme");
        var title = UserText.Line("title", Title, Limits.Title);
        if (uri.Length == 0 && title is null)
            throw new Invalid("title", "required");
        return new Citation(
            uri.Length == 0 ? null : uri,
            title,
            UserText.Line("author", Author, Limits.Author),
            LanguageTag.Canonical("source_language", Language)
        )
        {
            // A document may name anything. What cannot be stored is left out; the annotation is not refused for it.
            Claims = uri.Length == 0 ? [] :
            [
                .. Claims.Where(c => c.CanBeStored && !IsRunning(c.Uri))
                    .Select(c => c with { Uri = UriNormalizer.WithoutCredentials(c.Uri) })
                    .Distinct()
                    .Take(Limits.Claims),
            ],
        };
    }

    // Composing letters would make one address of two.
    private static string Address(string given)
    {
        var clean = UserText.Field("uri", given, Limits.Uri).Trim();
        return UriNormalizer.WithoutCredentials(
            given.Trim() is var text && string.Equals(clean, text.Normalize(), StringComparison.Ordinal) ? text : clean);
    }

    private static bool IsRunning(string uri) => RunningSchemes.Any(s => uri.StartsWith(s, StringComparison.OrdinalIgnoreCase));
}
