using System.Buffers;
using System.Globalization;

namespace Annotator.Domain.Languages;

/// <summary>
/// Characters of scripts that put no space between words, as classes of a regular expression (what stands between its brackets) and
/// as questions about one character. <see cref="WritingSystems"/> has the script of a single letter.
/// </summary>
internal static class UnspacedScripts
{
    /// <summary>Kana, Han and its radicals, Bopomofo.</summary>
    public const string EastAsianLetters = @"\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff";

    /// <summary>Punctuation of East Asia, full-width and half-width forms.</summary>
    public const string EastAsianSigns = @"\u3000-\u303f\uff00-\uffef";

    /// <summary>Syllables of Hangul. Korean has spaces, but none before particles nor between a foreign word and its particle.</summary>
    public const string Hangul = @"\uac00-\ud7a3";

    /// <summary>Thai, Lao, Burmese and Khmer.</summary>
    public const string SoutheastAsian = @"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff";

    private const char FirstEastAsian = '\u2e80';

    private static readonly SearchValues<char> EastAsian = SearchValues.Create(
        [.. CharactersOf(EastAsianLetters), .. CharactersOf(EastAsianSigns)]);

    private static readonly SearchValues<char> Southeast = SearchValues.Create([.. CharactersOf(SoutheastAsian)]);

    /// <summary>Whether a UTF-16 unit is East Asian; a high surrogate of planes 2 and 3 (Han) counts too.</summary>
    public static bool IsEastAsian(char c) => EastAsian.Contains(c) || c is >= '\ud840' and <= '\ud88f';

    /// <summary>Whether a UTF-16 unit is of <see cref="SoutheastAsian"/>.</summary>
    public static bool IsSoutheastAsian(char c) => Southeast.Contains(c);

    /// <summary>
    /// Weight of a UTF-16 unit of folded text in letters of an alphabet: 3 for East Asian characters, of which a word has one or
    /// two, 1 for all else.
    /// </summary>
    public static int LettersPerCharacter(char c) => c >= FirstEastAsian && !char.IsSurrogate(c) ? 3 : 1;

    /// <summary>The characters of a class, which is made of ranges like <c>\u3040-\u9fff</c>.</summary>
    public static IEnumerable<char> CharactersOf(string ranges) =>
        ranges.Split("\\u", StringSplitOptions.RemoveEmptyEntries).Chunk(2).SelectMany(r =>
        {
            var (first, last) = (Code(r[0].TrimEnd('-')), Code(r[1]));
            return Enumerable.Range(first, last - first + 1).Select(c => (char)c);
        });

    private static int Code(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
