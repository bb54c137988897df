using System.Globalization;
using System.Text;
using Annotator.Domain.Analysis;
using CsCheck;
using Xunit;

namespace Annotator.Tests.Domain.Analysis;

public sealed class AnalyzerPropertyTests
{
    private const int Iterations = 2_000;

    // Whole graphemes of scripts that run on without spaces.
    private static readonly string[] Unspaced =
    [
        "文", "件", "件", "系", "統", "统", "々", "〇", "の", "フ", "ァ", "ー", "ﾌ", "ﾊﾞ", "ガ", "か\u3099", "한", "글", "\u1112\u1161\u11ab", "ไ", "ฟ",
        "ล์", "กำ", "ນ້ຳ",
        "ខ្មែ", "ရွှေ", "𠮷", "葛\U000E0100", "㍿", "ﾞ",
    ];

    private static readonly string[] Spaced =
    [
        "word", "Größe", "re\u0301sume\u0301", "C++", "C#", "GPT-5.2", "ﬁ", "مُهِمّ", "שָׁלוֹם", "йод", "क्षि", "𝒜", "x\u0301\u0302", "ǅ",
        "İ", "ß", "ΐ", "ﷺ", "½", "5", "a\u200bb", "👩\u200d🚀", "…", "\r\n", "\0",
        "\ud83d", "\ude00", ":", "'", "\"", "\u0301", "\u0e31",
    ];

    private static readonly string[] Hyphenated =
    [
        "run-\nning", "read\u00ad\ning", "ka\u2010fé", "-", "\u00ad", "\u00ad ", "\u2010 ", "Ein-\r\n  stellungen", "x- 1",
    ];

    private static readonly string[] Languages = ["und", "en", "de-AT", "es", "tr", "cs", "ru", "el", "hi", "hy", "zh-Hant", "no-such"];

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String,
        Gen.OneOf(AnyOf(Unspaced), AnyOf(Spaced), AnyOf(Hyphenated), Gen.Const(" ")).List[0, 20].Select(pieces => string.Concat(pieces)));

    [Fact]
    public void Lexemes_are_safe_in_an_index() => Texts.Sample(text => Assert.All(LexemesOf(text), lexeme =>
    {
        Assert.InRange(lexeme.Length, 1, 64);
        Assert.DoesNotContain(
            lexeme, c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ':' or '\'' or '"' or '\\' or '*' or '&' or '|' or '!');
        Assert.True(lexeme.IsNormalized(NormalizationForm.FormC));
    }), iter: Iterations);

    [Fact]
    public void Folding_twice_is_folding_once() =>
        Texts.Sample(text => Assert.Equal(Analyzer.Fold(text), Analyzer.Fold(Analyzer.Fold(text))), iter: Iterations);

    [Fact]
    public void Any_substring_of_a_script_without_spaces_is_found() =>
        Gen.Select(Texts, AnyOf(Unspaced).List[1, 8], Texts).Sample((before, pieces, after) =>
        {
            // A break keeps the neighbours from composing with the piece.
            var term = string.Concat(pieces).TrimStart('ﾞ');
            var text = before + "、文" + term + "文、" + after;
            AssertFound(text, term);
        }, iter: Iterations);

    [Fact]
    public void Any_word_or_phrase_is_found() =>
        Gen.Select(Texts, AnyOf(Spaced).List[1, 4], Texts).Sample((before, words, after) =>
        {
            var term = string.Join(' ', words);
            AssertFound($"{before} {term} {after}", term);
        }, iter: Iterations);

    [Fact]
    public void Places_are_in_order_apart_and_in_whole_graphemes() =>
        Gen.Select(Texts, Texts, Gen.Bool, AnyOf(Languages)).Sample((text, term, prefix, language) =>
        {
            var query = Analyzer.Query(term, prefix, stems: true);
            var boundaries = StringInfo.ParseCombiningCharacters(text).Append(text.Length).ToHashSet();
            var last = -1;
            foreach (var (start, end) in Analyzer.Find(text, query, language)
                .Select(range => (range.Start.GetOffset(text.Length), range.End.GetOffset(text.Length))))
            {
                Assert.True(last < start && start < end && end <= text.Length);
                Assert.Contains(start, boundaries);
                Assert.Contains(end, boundaries);
                last = end;
            }
        }, iter: Iterations);

    [Fact]
    public void Lexemes_of_words_are_those_without_a_language() => Gen.Select(Texts, AnyOf(Languages)).Sample((text, language) =>
    {
        var lexemes = Analyzer.Index([new IndexedField(text, language)]).Lexemes;
        Assert.Equal(LexemesOf(text), lexemes.Where(lexeme => !lexeme.StartsWith('~')));
        Assert.All(lexemes, lexeme => Assert.InRange(lexeme.Length, 1, 64 + "~en:".Length));
    }, iter: Iterations);

    private static Gen<string> AnyOf(string[] pieces) => Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]);

    private static void AssertFound(string text, string term)
    {
        var query = Analyzer.Query(term);
        Assert.Superset(query.Lexemes.ToHashSet(StringComparer.Ordinal), LexemesOf(text).ToHashSet(StringComparer.Ordinal));
        Assert.Equal(query.IsEmpty, Analyzer.Find(text, term).Count == 0);
    }

    private static IReadOnlyCollection<string> LexemesOf(string text) => Analyzer.Index([new IndexedField(text, "und")]).Lexemes;
}
