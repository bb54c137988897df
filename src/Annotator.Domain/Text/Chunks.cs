using System.Text.RegularExpressions;
using Annotator.Domain.Languages;

namespace Annotator.Domain.Text;

/// <summary>The pieces that texts are compared by; joined, they are the text.</summary>
internal static partial class Chunks
{
    /// <summary>A character of a script without spaces with its marks; else a word; else white space; else one sign.</summary>
    [GeneratedRegex(
        "[" + UnspacedScripts.EastAsianLetters + UnspacedScripts.SoutheastAsian + @"]\p{M}*|[\p{L}\p{N}\p{M}]+|\s+|[\s\S]",
        RegexOptions.CultureInvariant,
        1000)]
    public static partial Regex Word();

    /// <summary>A line with its end.</summary>
    [GeneratedRegex(@"[^\n]*\n|[^\n]+", RegexOptions.CultureInvariant, 1000)]
    public static partial Regex Line();

    /// <summary>The chunks of a text in their order; null where there are more than allowed: it stops counting there.</summary>
    public static List<string>? Of(string text, Regex chunk, int most)
    {
        var chunks = new List<string>();
        foreach (var match in chunk.EnumerateMatches(text))
        {
            if (chunks.Count == most)
                return null;
            chunks.Add(text.Substring(match.Index, match.Length));
        }

        return chunks;
    }

    /// <summary>How many chunks are the same at the beginning, and of the others at the end.</summary>
    public static (int Start, int End) Shared(List<string> before, List<string> after)
    {
        var most = Math.Min(before.Count, after.Count);
        var (start, end) = (0, 0);
        while (start < most && string.Equals(before[start], after[start], StringComparison.Ordinal))
            start++;
        while (end < most - start && string.Equals(before[^(end + 1)], after[^(end + 1)], StringComparison.Ordinal))
            end++;
        return (start, end);
    }
}
