using System.Globalization;
using Annotator.Domain.Languages;

namespace Annotator.Domain.Passages.Anchoring;

/// <summary>
/// Where a changed place begins and ends. An edge at which the surroundings of the quote begin is right. Any other is where
/// the words of the quote end, so that what somebody wrote under a quote marks nothing, and lies between two words.
/// </summary>
internal static class Edges
{
    /// <summary>Folded units that are compared; comparing costs their square.</summary>
    private const int Most = 192;

    /// <summary>The folded place from the first to the last words that are the quote's.</summary>
    /// <param name="isRight">Whether the start, and the end, is right already.</param>
    /// <param name="reach">Folded units that an edge may move outwards.</param>
    public static (int Start, int End) Drawn(
        string exact, ReadOnlySpan<char> folded, int start, int end, (bool Start, bool End) isRight, int reach)
    {
        var (from, until) = (isRight.Start ? start : Math.Max(0, start - reach), isRight.End ? end : Math.Min(folded.Length, end + reach));
        if (exact.Length <= Most)
        {
            var (first, last) = Alike(exact, folded[from..until]);
            return (isRight.Start ? start : from + first, isRight.End ? end : from + last);
        }

        // Only the edges of a longer one.
        var (head, tail) = (Math.Min(until, start + Most), Math.Max(from, end - Most));
        return (
            isRight.Start ? start : from + Alike(exact.AsSpan(0, Most), folded[from..head]).From,
            isRight.End ? end : tail + Alike(exact.AsSpan()[^Most..], folded[tail..until]).Until);
    }

    /// <summary>The place in the original, widened to the words that are in it for the greater part, and without the others.</summary>
    public static Range BetweenWords(string text, Quote quote, int start, int end, (bool Start, bool End) isRight)
    {
        if (!isRight.Start && !IsWithin(quote.Prefix + quote.Exact, quote.Prefix.Length) && IsWithin(text, start))
        {
            var (from, to) = WordAt(text, start);
            start = start - from <= to - start || to >= end ? from : Next(text, to, end);
        }

        if (!isRight.End && !IsWithin(quote.Exact + quote.Suffix, quote.Exact.Length) && IsWithin(text, end))
        {
            var (from, to) = WordAt(text, end);
            end = to - end <= end - from || from <= start ? to : Previous(text, from, start);
        }

        return start..end;
    }

    // The two stretches that are most alike (Smith and Waterman 1981, with gaps as Gotoh 1982): equal characters count for it, others
    // against it, and a gap hardly more the longer it is, as what was inserted in the middle of a quote is part of its place.
    private static (int From, int Until) Alike(ReadOnlySpan<char> quoted, ReadOnlySpan<char> found)
    {
        const int equal = 10, other = -10, opening = -30, wider = -1, never = int.MinValue / 2;
        // By the characters of the place: the best score of what ends there, and where it begins; the same for what ends in a gap of
        // the quote.
        var ends = new (int Score, int From)[found.Length + 1];
        var gaps = new (int Score, int From)[found.Length + 1];
        for (var i = 0; i <= found.Length; i++)
            (ends[i], gaps[i]) = ((0, i), (never, i));
        var best = (Score: 0, From: 0, Until: found.Length);
        foreach (var c in quoted)
        {
            var diagonal = ends[0];
            var gap = (Score: never, From: 0);
            for (var i = 1; i <= found.Length; i++)
            {
                gaps[i] = Better((ends[i].Score + opening, ends[i].From), (gaps[i].Score + wider, gaps[i].From));
                gap = Better((ends[i - 1].Score + opening, ends[i - 1].From), (gap.Score + wider, gap.From));
                var end = Better((diagonal.Score + (found[i - 1] == c ? equal : other), diagonal.From), Better(gaps[i], gap));
                diagonal = ends[i];
                ends[i] = end.Score > 0 ? end : (0, i);
                if (end.Score > best.Score)
                    best = (end.Score, end.From, i);
            }
        }

        return (best.From, best.Until);

        static (int Score, int From) Better((int Score, int From) one, (int Score, int From) other) =>
            other.Score > one.Score ? other : one;
    }

    // Whether a word of a script with spaces goes on there.
    private static bool IsWithin(string text, int at) => at > 0 && at < text.Length && IsLetter(text[at - 1]) && IsLetter(text[at]);

    private static (int From, int To) WordAt(string text, int at)
    {
        var (from, to) = (at, at);
        while (from > 0 && IsLetter(text[from - 1]))
            from--;
        while (to < text.Length && IsLetter(text[to]))
            to++;
        return (from, to);
    }

    private static int Next(string text, int at, int end)
    {
        while (at < end - 1 && !char.IsLetterOrDigit(text[at]))
            at++;
        return at;
    }

    private static int Previous(string text, int at, int start)
    {
        while (at > start + 1 && char.IsWhiteSpace(text[at - 1]))
            at--;
        return at;
    }

    private static bool IsLetter(char c) =>
        (char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
        && UnspacedScripts.LettersPerCharacter(c) == 1
        && !UnspacedScripts.IsSoutheastAsian(c);
}
