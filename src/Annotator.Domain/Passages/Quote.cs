using Annotator.Domain.Kernel;

namespace Annotator.Domain.Passages;

/// <summary>A stretch of text as an annotation names it (W3C TextQuoteSelector and TextPositionSelector).</summary>
/// <param name="Exact">The words.</param>
/// <param name="Prefix">Text just before, <c>""</c> when not known.</param>
/// <param name="Suffix">Text just after, <c>""</c> when not known.</param>
/// <param name="Start">Offset of the first character in the source, as the client counted; null when not known.</param>
/// <param name="End">Offset after the last character.</param>
public sealed record Quote(string Exact, string Prefix = "", string Suffix = "", int? Start = null, int? End = null)
{
    public static Quote Empty { get; } = new("");

    /// <summary>Whether the words alone are known: neither what stands around them nor where.</summary>
    public bool IsBare => this is { Prefix: "", Suffix: "", Start: null };

    /// <summary>The first 16 bytes of SHA-256 over the folded words.</summary>
    public Guid WordsKey()
    {
        var folded = Words(Exact);
        return TextKey.Of(folded.Length > 0 ? folded : Exact);
    }

    /// <summary>
    /// Whether two quotes with the same words may be one passage, as the words may stand in a text more than once. Equal positions:
    /// yes. Otherwise the contexts must agree where both have one, since positions move between versions; where both have only
    /// positions, different ones mean different places; where one has neither, the words decide. Of quotes of one text that is at hand,
    /// ask where they stand in it (<see cref="Anchoring.Anchor"/>).
    /// </summary>
    public bool IsCompatibleWith(Quote other)
    {
        var (prefix, suffix, otherPrefix, otherSuffix) = (Words(Prefix), Words(Suffix), Words(other.Prefix), Words(other.Suffix));
        var isContextKnown = (prefix.Length > 0 && otherPrefix.Length > 0) || (suffix.Length > 0 && otherSuffix.Length > 0);
        if (Start is { } start && other.Start is { } otherStart && (start == otherStart || !isContextKnown))
            return start == otherStart;
        return EndsAlike(prefix, otherPrefix) && StartsAlike(suffix, otherSuffix);
    }

    private static bool EndsAlike(string a, string b) =>
        a.EndsWith(b, StringComparison.Ordinal) || b.EndsWith(a, StringComparison.Ordinal);

    private static bool StartsAlike(string a, string b) =>
        a.StartsWith(b, StringComparison.Ordinal) || b.StartsWith(a, StringComparison.Ordinal);

    /// <summary>The words by <see cref="KeyFolding"/>.</summary>
    internal static string Words(string text) => KeyFolding.Fold(text);
}
