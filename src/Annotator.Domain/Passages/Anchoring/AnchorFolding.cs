using System.Globalization;
using System.Text;
using Annotator.Domain.Text;

namespace Annotator.Domain.Passages.Anchoring;

/// <summary>
/// The differences between two copies of a text: Unicode NFKC, white space, zero-width and bidirectional controls, the shapes of
/// quotation marks and dashes. Case and accents stay, unlike in search: a quote is a stretch of the author's words, and where those
/// differ the reader is to see it. To find the words at all, a looser folding leaves out case and the vowel points of Arabic and
/// Hebrew, too.
/// </summary>
internal sealed class AnchorFolding : FoldingPolicy
{
    public const char Dash = '-';

    private readonly bool _isLoose;

    private AnchorFolding(bool isLoose) => _isLoose = isLoose;

    /// <summary>What may differ in words that are unchanged.</summary>
    public static FoldingPolicy Policy { get; } = new AnchorFolding(isLoose: false);

    /// <summary>What may differ in words that are the same for who looks for them.</summary>
    public static FoldingPolicy Loose { get; } = new AnchorFolding(isLoose: true);

    protected override string FoldCluster(ReadOnlySpan<char> cluster)
    {
        var seen = new StringBuilder(cluster.Length);
        foreach (var rune in cluster.EnumerateRunes())
        {
            if (!IsUnseen(rune))
                seen.Append(Sign(rune));
        }

        var folded = new StringBuilder(seen.Length);
        foreach (var rune in Normalization.Of(seen.ToString(), NormalizationForm.FormKC).EnumerateRunes())
        {
            if (!IsUnseen(rune) && !(_isLoose && IsVowelPoint(rune)))
                folded.Append(_isLoose ? Rune.ToLowerInvariant(Sign(rune)) : Sign(rune));
        }

        return folded.ToString();
    }

    // Thai marks compose with nothing; taken one by one they cost nothing.
    protected override bool IsAlone(char c) => c is >= '\u0E00' and <= '\u0E7F';

    // White space, controls, variation selectors, the grapheme joiner, the Arabic kashida.
    private static bool IsUnseen(Rune rune) =>
        Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or 0x034F or 0x0640;

    // Of Hebrew, without its signs; of Arabic, with the small letters of the Koran.
    private static bool IsVowelPoint(Rune rune) => rune.Value is (>= 0x0591 and <= 0x05BD) or 0x05BF or 0x05C1 or 0x05C2 or 0x05C4
        or 0x05C5 or 0x05C7 or (>= 0x0610 and <= 0x061A) or (>= 0x064B and <= 0x0652) or 0x0656 or 0x0657 or 0x0670
        or (>= 0x06D6 and <= 0x06DC) or (>= 0x06DF and <= 0x06E8) or (>= 0x06EA and <= 0x06ED);

    private static Rune Sign(Rune rune) => rune.Value switch
    {
        '`' or 0x00B4 or 0x02BC or (>= 0x2018 and <= 0x201B) or 0x2032 or 0x2039 or 0x203A => new Rune('\''),
        0x00AB or 0x00BB or (>= 0x201C and <= 0x201F) or 0x2033 => new Rune('"'),
        0x301C => new Rune('~'), // the wave dash is written with either
        0x2212 => new Rune(Dash),
        _ => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DashPunctuation ? new Rune(Dash) : rune,
    };
}
