using System.Buffers;
using System.Text.RegularExpressions;

namespace Annotator.Domain.Languages;

/// <summary>The part of a Markdown text that is in a human language: code, addresses, handles and tags taken out.</summary>
internal static partial class Prose
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("`/@<#");

    /// <summary>The prose at the beginning of a text, with a space in place of each part that is none.</summary>
    /// <param name="maxLength">Of the result, in UTF-16 units; four times as many are read.</param>
    public static string Of(string markdown, int maxLength)
    {
        var start = markdown.Length <= 4 * maxLength ? markdown : markdown[..(4 * maxLength)];
        var prose = start.AsSpan().ContainsAny(Signs) ? NoProse().Replace(start, " ") : start;
        return prose.Length <= maxLength ? prose : prose[..maxLength];
    }

    /// <summary>Whether it is lines like <c>Gene: IDUA</c>: names of things, which stand in every language alike.</summary>
    public static bool IsCard(string markdown)
    {
        var lines = markdown.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length is > 1 and < 50 && Array.TrueForAll(lines, line => CardLine().IsMatch(line));
    }

    [GeneratedRegex(@"^[\p{L}\p{N} _-]{1,30}: ?\S.{0,39}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex CardLine();

    // Addresses end where a script without spaces begins: nobody puts a space between them and a sentence of Chinese.
    private const string Unspaced = UnspacedScripts.EastAsianLetters + UnspacedScripts.EastAsianSigns + UnspacedScripts.Hangul;
    private const string Solid = @"[^\s" + Unspaced + "]+";
    private const string Name = @"[\w.\--[" + Unspaced + "]]";

    // In this order: code blocks, inline code, link targets, addresses, mail addresses, HTML tags, handles and hashtags.
    [GeneratedRegex(
        @"(?:```|~~~)[^`]*(?:```|~~~|\z)|`[^`\n]+`|\]\([^)\s]+[^)]*\)|\b(?:https?|ftp|urn|doi|acct):" + Solid + @"|\bwww\." + Solid + "|"
            + Solid + "@" + Solid
            + @"\." + Solid + @"|</?[a-z][^<>]*>|[@#]" + Name + "+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NoProse();
}
