using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Sources;
using Annotator.Domain.Text;

namespace Annotator.Domain.Annotations;

/// <summary>What somebody says of a source.</summary>
/// <param name="Language">BCP 47 tag; null or <c>und</c> when it is not known.</param>
public sealed record SourceDetails(string? Title, string? Author, string? Language)
{
    /// <summary>Null leaves it as it is.</summary>
    public SourceKind? Kind { get; init; }

    /// <summary>
    /// All addresses it has, the main one first, as people type them: URLs, DOIs, ISBNs or other URNs. Empty ones are left out; null
    /// leaves the addresses as they are.
    /// </summary>
    public IReadOnlyList<string>? Addresses { get; init; }

    /// <summary>What can be stored of it.</summary>
    /// <param name="known">The addresses that the source has for the viewer: they stay as they are, of whatever scheme.</param>
    /// <exception cref="Invalid">Names the first field that cannot.</exception>
    internal SourceDetails Checked(IReadOnlyList<string> known) => new(
        UserText.Line("title", Title, Limits.Title) ?? throw new Invalid("title", "required"),
        UserText.Line("author", Author, Limits.Author),
        LanguageTag.Canonical("source_language", Language) ?? LanguageTag.Undetermined.Value)
    {
        Kind = Kind,
        Addresses = Addresses is null ? null : CheckedAddresses(Addresses, known),
    };

    private static List<string> CheckedAddresses(IReadOnlyList<string> given, IReadOnlyList<string> known)
    {
        var addresses = given.Where(a => !string.IsNullOrWhiteSpace(a)).Take(Limits.Addresses + 1)
            .Select(a => Address(a.Trim(), known)).DistinctBy(SourceUri.KeyOf).ToList();
        return addresses.Count <= Math.Max(Limits.Addresses, known.Count)
            ? addresses
            : throw new Invalid("uri", "too_many", Limits.Addresses);
    }

    private static string Address(string typed, IReadOnlyList<string> known) =>
        known.Contains(typed, StringComparer.Ordinal) ? typed
        : UriNormalizer.TryParseTarget(typed, out var uri, out var reason) ? new Citation(uri, null, null, null).Checked().Uri!
        : throw new Invalid("uri", reason, reason is "too_long" ? UriNormalizer.MaxLength : null);
}

/// <summary>How a source was called until it was corrected.</summary>
/// <param name="By">The name of who corrected it; null when it is not known any more.</param>
public sealed record SourceRevisionView(string Title, string? Author, string Language, DateTimeOffset Corrected, string? By)
{
    public SourceKind Kind { get; init; }

    /// <summary>Those that everybody knew, the main one first.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];
}
