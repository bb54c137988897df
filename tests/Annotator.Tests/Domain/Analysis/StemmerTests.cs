using Annotator.Domain.Languages;
using Annotator.Domain.Analysis;
using CsCheck;
using Xunit;

namespace Annotator.Tests.Domain.Analysis;

public sealed class StemmerTests
{
    private static readonly Stemmer[] All = [.. Enum.GetValues<WritingSystem>().SelectMany(Stemmers.Of)];

    [Theory]
    [InlineData("en", "running", "run")]
    [InlineData("de-AT", "Größe", "gross")]
    [InlineData("de", "Groesse", "gross")]
    [InlineData("es", "configuración", "configur")]
    [InlineData("pt-BR", "CONFIGURACOES", "configur")]
    [InlineData("el", "βιβλία", "βιβλι")]
    [InlineData("nn", "husene", "hus")]
    [InlineData("ja", "servers", "server")]
    public void A_language_has_its_stems(string language, string word, string stem) =>
        Assert.Contains(stem, Stemmers.For(language)!.Of(word).Stems);

    [Theory]
    [InlineData("und")]
    [InlineData("ar")]
    [InlineData("is")]
    [InlineData("")]
    public void Other_languages_have_none(string language) => Assert.Null(Stemmers.For(language));

    [Fact]
    public void Any_string_has_stems_that_fold_to_themselves() =>
        Gen.OneOf(
            Gen.String, Gen.String["abcdeilnostuäéñçßığ"], Gen.String["аеийлостчёь"], Gen.String["αβεηιλοςστυάή"], Gen.String["कखपठाीोंँ"])
            .Sample(
                word => Assert.All(All, stemmer => Assert.All(stemmer.Of(word).Stems, stem => Assert.Equal(Analyzer.Fold(stem), stem))),
                iter: 1_000);

    [Fact]
    public async Task Threads_share_a_stemmer_without_mixing_their_words()
    {
        // More words than are kept, so that each thread takes the places of the others.
        string[] words =
        [
            .. Enumerable.Range(0, 40_000).Select(i => $"aword{(char)('a' + i % 26)}{(char)('a' + i / 26 % 26)}{(char)('a' + i / 676)}kbs"),
        ];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(
            () =>
                Assert.All(words.Skip(5_000 * thread).Take(25_000), word => Assert.Equal([word[..^1]], Stemmers.For("en")!.Of(word).Stems)),
            TestContext.Current.CancellationToken)));
    }
}
