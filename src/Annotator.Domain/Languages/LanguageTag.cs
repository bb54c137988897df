using Annotator.Domain.Kernel;
using System.Globalization;

namespace Annotator.Domain.Languages;

/// <summary>
/// A BCP 47 language tag in canonical casing (<c>zh-Hans</c>, <c>pt-BR</c>), at most 35 characters.
/// The default value is <c>und</c>, language not determined.
/// </summary>
public readonly record struct LanguageTag
{
    /// <summary>RFC 5646 §4.4.1 requires room for 35 characters; longer tags are refused.</summary>
    public const int MaxLength = 35;

    private const string UndeterminedCode = "und";

    // Null stands for "und", so that the default value equals Undetermined.
    private readonly string? _tag;

    private LanguageTag(string? tag) => _tag = tag;

    public static LanguageTag Undetermined => default;

    /// <summary>The languages offered in pickers, by speakers on the web, roughly.</summary>
    public static IReadOnlyList<LanguageTag> Common { get; } =
    [
        .. "en zh-Hans zh-Hant es ar fr de ja pt ru hi ko it tr vi fa id pl uk nl th he el cs sv ro hu da fi nb bg ca bn ur is ta mr sr"
            .Split(' ')
            .Select(code => new LanguageTag(code)),
    ];

    public string Value => _tag ?? UndeterminedCode;

    public bool IsUndetermined => _tag is null;

    /// <summary>The primary language subtag: <c>zh</c> of <c>zh-Hant-TW</c>.</summary>
    public string Language => Subtags.First(Value);

    /// <summary>The script subtag, or the script that Chinese has in the region of the tag; else null.</summary>
    public string? Script => Subtags.Script(Value);

    /// <summary>
    /// <c>rtl</c> or <c>ltr</c>, by script or else by language; <c>ltr</c> for <c>und</c>, where pages use <c>dir="auto"</c>.
    /// </summary>
    public string Direction => Scripts.IsRightToLeft(Language, Script) ? "rtl" : "ltr";

    /// <summary>The language's short name in itself: <c>Deutsch</c>, <c>日本語</c>, <c>繁體中文</c>.</summary>
    public string NativeName => LanguageNames.Native(this);

    /// <summary>The language's name for a reader of <paramref name="culture"/>; the tag where there is none.</summary>
    public string NameIn(CultureInfo culture) => LanguageNames.In(this, culture);

    /// <summary>The tag of a text; null when it is <c>und</c>, no tag, or null.</summary>
    public static LanguageTag? Known(string? text) => TryParse(text, out var tag) && !tag.IsUndetermined ? tag : null;

    /// <summary>
    /// Reads a tag of a registered language, in any casing, with hyphens or underscores.
    /// Two-letter codes win over three-letter ones (<c>deu</c> gives <c>de</c>) and today's over retired ones (<c>iw</c> gives <c>he</c>).
    /// </summary>
    public static bool TryParse(string? text, out LanguageTag tag)
    {
        tag = default;
        if (text is null || Subtags.Canonical(text.Trim()) is not { Length: <= MaxLength } canonical)
            return false;

        tag = canonical is UndeterminedCode ? Undetermined : new LanguageTag(canonical);
        return true;
    }

    /// <summary>A tag that somebody gave, in its canonical form; null for none.</summary>
    /// <exception cref="Invalid">It is no BCP 47 tag.</exception>
    public static string? Canonical(string field, string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
            return null;
        return TryParse(given, out var tag) ? tag.Value : throw new Invalid(field, "unknown_language");
    }

    /// <exception cref="FormatException">The text is no language tag.</exception>
    public static LanguageTag Parse(string text) =>
        TryParse(text, out var tag) ? tag : throw new FormatException($"'{text}' is no BCP 47 language tag.");

    public override string ToString() => Value;
}
