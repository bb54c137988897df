using System.Text;
using Annotator.Domain.Analysis;
using Annotator.Domain.Passages;
using Annotator.Domain.Text;
using CsCheck;

namespace Annotator.Tests.Domain.Text;

public sealed class NormalizationTests
{
    // Two marks of different classes in turn: to order n of them takes n times n steps.
    private static readonly string Marks = string.Concat(Enumerable.Repeat("\u0301\u0316", 500_000));

    [Theory]
    [InlineData("\ufffe", "\ufffe")]
    [InlineData("e\u0301\ufffee\u0301\ufffe\ufffe", "é\ufffeé\ufffe\ufffe")]
    public void A_character_that_is_none_is_no_error(string text, string normal)
    {
        Assert.Equal(normal, UserText.Clean(text));
        Assert.Equal(normal.Length, Analyzer.Fold(text).Length);
        Assert.NotEqual(Guid.Empty, new Quote(text).WordsKey());
    }

    [Fact]
    public void Ordinary_texts_are_normalized_as_a_whole() => Texts().Sample(text =>
    {
        Assert.Equal(text.Normalize(NormalizationForm.FormC), Normalization.Of(text, NormalizationForm.FormC));
        Assert.Equal(text.Normalize(NormalizationForm.FormKC), Normalization.Of(text, NormalizationForm.FormKC));
    });

    [Fact]
    public void Runs_of_marks_are_put_into_order_piece_by_piece()
    {
        var text = "a" + new string('\u0301', 40) + new string('\u0316', 60) + "b";
        var pieces = text[..65].Normalize(NormalizationForm.FormC) + text[65..].Normalize(NormalizationForm.FormC);
        Assert.Equal(pieces, Normalization.Of(text, NormalizationForm.FormC));
    }

    [Fact]
    public void A_million_marks_on_one_letter_are_read_by_everything_that_folds()
    {
        // Without pieces each of these takes a quarter of an hour.
        Assert.True(UserText.TryClean("a" + Marks, 2_000_000, out _, out _));
        Assert.Equal(Analyzer.Fold("a"), Analyzer.Fold("a" + Marks));
        Assert.NotEqual(Guid.Empty, new Quote("a" + Marks).WordsKey());
    }

    [Fact]
    public void The_key_of_a_passage_is_made_of_the_letters_of_the_whole_text_in_NFKC() =>
        Texts().Sample(text => Assert.Equal(LettersOf(text), Quote.Words(text)), iter: 20_000);

    [Fact]
    public void The_key_of_a_passage_is_the_same_before_and_after_every_character()
    {
        string[] others =
        [
            "a", "각", "ㅎ", "ㅏ", "ﾊ", "ﾞ", "ก", "\u0e33", "\u0e38", "\u0301", "\u0316", "\u3099", "\u200d", "\u00ad", "ᄀ", "ᅡ", "ᆨ", "ｱ",
            "ﾡ", "ￂ", "-",
        ];
        for (var c = 0; c < 0x30000; c++)
        {
            // The runtime's own refuses U+FFFE.
            if (!Rune.IsValid(c) || c == 0xFFFE)
                continue;
            var character = new Rune(c).ToString();
            foreach (var other in others)
            {
                foreach (var text in new[] { other + character, character + other, other + character + "\u0301" })
                {
                    if (!string.Equals(LettersOf(text), Quote.Words(text), StringComparison.Ordinal))
                        Assert.Fail($"U+{c:X4} beside U+{(int)other[0]:X4}: {LettersOf(text)} became {Quote.Words(text)}");
                }
            }
        }
    }

    // As keys were made when the first were stored.
    private static string LettersOf(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC).EnumerateRunes()
        .Where(r => Rune.IsLetterOrDigit(r)
            || Rune.GetUnicodeCategory(r) is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark)
        .Select(Rune.ToLowerInvariant));

    // Letters, each with some marks; nothing else composes.
    private static Gen<string> Texts()
    {
        var letters = Pieces.OneOf(
            "a", "E", "é", "각", "ᄀ", "ᅡ", "ᆨ", "ㅎ", "ㅏ", "ㄱ", "ﾊ", "ｶ", "か", "中", "𠮷", "ก", "ำ", "क", "ا", "ﬁ", "Ａ", "İ", "ß", "-", " ",
            "“", "\n", "ﾡ", "ￂ", "ⅷ", "´", "①");
        var mark = Pieces.OneOf(
            "\u0301", "\u0316", "\u0e38", "\u0e48", "\u0e4d", "\u3099", "ﾞ", "\u093c", "\u094d", "\u064b", "\u0651", "\u200d", "\u00ad",
            "\u0344", "\u1d165", "\ufe0f");
        return Gen.Select(letters, mark.List[0, 4]).Select(p => p.Item1 + string.Concat(p.Item2)).List[0, 12].Select(string.Concat);
    }
}
