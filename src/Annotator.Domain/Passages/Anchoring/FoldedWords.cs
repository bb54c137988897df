using System.Globalization;
using System.Text;
using Annotator.Domain.Analysis;

namespace Annotator.Domain.Passages.Anchoring;

/// <summary>
/// A text without what differs between two copies of it: Unicode NFKC, white space, zero-width and bidirectional controls, the shapes of
/// quotation marks and dashes, dashes between two letters (hyphens of compounds and of line ends). Case and accents stay, unlike in search:
/// a quote is a stretch of the author's words, and where those differ the reader is to see it.
/// </summary>
internal sealed class FoldedWords
{
    private const char Dash = '-';
    private const char FirstEastAsian = '\u2E80';

    // Normalization takes time by length times length of a run of marks.
    private const int LongestCluster = 64;

    // What a single UTF-16 unit folds to; filled as texts come, so a race only does the work twice.
    private static readonly string?[] Known = new string?[0x10000];

    private char[] text;
    private int[] starts;
    private int[] ends;
    private int length;
    private (int Start, int End)? dash;

    private FoldedWords(string original)
    {
        text = new char[original.Length + 16];
        starts = new int[text.Length];
        ends = new int[text.Length];
        Fold(original);
    }

    public static FoldedWords Of(string original) => new(original);

    public ReadOnlySpan<char> Text => text.AsSpan(0, length);

    /// <summary>For each folded unit the UTF-16 offset in the original at which it begins.</summary>
    public ReadOnlySpan<int> Starts => starts.AsSpan(0, length);

    /// <summary>For each folded unit the UTF-16 offset in the original after it.</summary>
    public ReadOnlySpan<int> Ends => ends.AsSpan(0, length);

    /// <summary>How much folded words say, in letters of an alphabet: a Chinese or Japanese character counts as three.</summary>
    public static int Weight(ReadOnlySpan<char> folded)
    {
        var weight = 0;
        foreach (var c in folded)
            weight += c >= FirstEastAsian && !char.IsSurrogate(c) ? 3 : 1;
        return weight;
    }

    private void Fold(string original)
    {
        for (int start = 0, end; start < original.Length; start = end)
        {
            var c = original[start];
            var next = start + 1 < original.Length ? original[start + 1] : '\0';
            end = start + 1;
            if (IsPlain(c, next))
            {
                Append(c, start, end);
                continue;
            }

            end = Folding.ClusterEnd(original.AsSpan(0, Math.Min(original.Length, start + LongestCluster)), start);
            foreach (var folded in end == start + 1 ? Known[c] ??= Cluster([c]) : Cluster(original.AsSpan()[start..end]))
                Append(folded, start, end);
        }

        if (dash is not null)
            Write(Dash, dash.Value.Start, dash.Value.End);
    }

    // Letters that fold to themselves, before something that cannot be a mark on them.
    private static bool IsPlain(char c, char next) =>
        (char.IsAsciiLetterOrDigit(c) || c is >= '\u4e00' and <= '\u9fff') && next is < '\u0300' or (>= '\u4e00' and <= '\u9fff') or (>= '\u3041' and <= '\u3096');

    private void Append(char c, int start, int end)
    {
        if (c == Dash)
        {
            dash = (dash?.Start ?? start, end);
            return;
        }

        if (dash is { } between)
        {
            dash = null;
            if (length == 0 || !IsLetter(text[length - 1]) || !IsLetter(c))
                Write(Dash, between.Start, between.End);
        }

        Write(c, start, end);
    }

    private void Write(char c, int start, int end)
    {
        if (length == text.Length)
        {
            Array.Resize(ref text, 2 * length);
            Array.Resize(ref starts, 2 * length);
            Array.Resize(ref ends, 2 * length);
        }

        (text[length], starts[length], ends[length]) = (c, start, end);
        length++;
    }

    private static bool IsLetter(char c) =>
        char.IsLetter(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string Cluster(ReadOnlySpan<char> cluster)
    {
        var seen = new StringBuilder(cluster.Length);
        foreach (var rune in cluster.EnumerateRunes())
        {
            if (!IsUnseen(rune))
                seen.Append(Sign(rune));
        }

        var folded = new StringBuilder(seen.Length);
        foreach (var rune in seen.ToString().Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (!IsUnseen(rune))
                folded.Append(Sign(rune));
        }

        return folded.ToString();
    }

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
