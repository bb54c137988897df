using System.Globalization;
using System.Text;
using Annotator.Domain.Text;

namespace Annotator.Domain.Passages.Anchoring;

/// <summary>
/// The differences between two copies of a text: Unicode NFKC, white space, zero-width and bidirectional controls, the shapes of
/// quotation marks and dashes. Case and accents stay, unlike in search: a quote is a stretch of the author's words, and where those
/// differ the reader is to see it.
/// </summary>
internal sealed class AnchorFolding : FoldingPolicy
{
    public const char Dash = '-';

    public static FoldingPolicy Policy { get; } = new AnchorFolding();

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
            if (!IsUnseen(rune))
                folded.Append(Sign(rune));
        }

        return folded.ToString();
    }

    // Thai marks compose with nothing; taken one by one they cost nothing.
    protected override bool IsAlone(char c) => c is >= '\u0E00' and <= '\u0E7F';

    // White space, controls, variation selectors, the grapheme joiner, the Arabic kashida.
    private static bool IsUnseen(Rune rune) =>
        Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or 0x034F or 0x0640;

    private static Rune Sign(Rune rune) => rune.Value switch
    {
        '`' or 0x00B4 or 0x02BC or (>= 0x2018 and <= 0x201B) or 0x2032 or 0x2039 or 0x203A => new Rune('\''),
        0x00AB or 0x00BB or (>= 0x201C and <= 0x201F) or 0x2033 => new Rune('"'),
        0x301C => new Rune('~'), // the wave dash is written with either
        0x2212 => new Rune(Dash),
        _ => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DashPunctuation ? new Rune(Dash) : rune,
    };
}
