using System.Text.RegularExpressions;
using Annotator.Domain.Kernel;
using Annotator.Domain.Analysis;
using Annotator.Domain.Text;

namespace Annotator.Domain.Annotations;

/// <summary>
/// What is known about an annotation besides its words, as lexemes of the same index, so that every filter is one more AND in it.
/// They begin with a colon, which no word does.
/// </summary>
internal static partial class FilterLexemes
{
    /// <summary>Longer values are cut, in UTF-16 units; a lexeme of PostgreSQL holds 2,046 bytes.</summary>
    private const int MaxLength = 500;

    private const int MaxFields = 50;

    /// <summary>A tag, folded as in searches.</summary>
    public static string Tag(string tag) => ":tag:" + Value(tag);

    /// <param name="languageRange">A BCP 47 tag or the beginning of one, as <c>zh</c>.</param>
    public static string Language(string languageRange) => ":lang:" + languageRange.ToLowerInvariant();

    /// <param name="languageRange">A BCP 47 tag or the beginning of one, as <c>zh</c>.</param>
    public static string PassageLanguage(string languageRange) => ":source-lang:" + languageRange.ToLowerInvariant();

    /// <summary>The source that the annotation is about.</summary>
    public static string Source(Guid source) => ":of:" + PublicId.Of(source);

    /// <param name="value">Null for the beginning of all values of the key.</param>
    public static string Field(string key, string? value) => $":field:{Value(key)}={(value is null ? "" : Value(value))}";

    /// <summary>A language tag and all its beginnings: <c>zh-Hant-TW</c>, <c>zh-Hant</c>, <c>zh</c> (RFC 4647 basic filtering).</summary>
    public static IEnumerable<string> Ranges(string language)
    {
        for (var end = language.Length; end > 0; end = language.LastIndexOf('-', end - 1))
            yield return language[..end];
    }

    /// <summary>The lines <c>Key: value</c> of a comment, at most <see cref="MaxFields"/>.</summary>
    public static IEnumerable<string> Fields(string body) =>
        body.Contains(':', StringComparison.Ordinal) || body.Contains('：', StringComparison.Ordinal)
            ? FieldLine().Matches(body).Take(MaxFields).Select(m => Field(m.Groups["key"].Value, m.Groups["value"].Value))
            : [];

    private static string Value(string value) => Cut.CodePoints(Analyzer.Fold(value.Trim()), MaxLength).ToString();

    [GeneratedRegex(
        @"^[ \t]*(?<key>[\p{L}\p{N}][\p{L}\p{M}\p{N} _-]{0,39})[:：][ \t\u3000]*(?<value>[^\s/][^\n]{0,199})$",
        RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FieldLine();
}
