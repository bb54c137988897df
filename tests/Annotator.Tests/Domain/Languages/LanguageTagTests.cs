using System.Globalization;
using Annotator.Domain.Languages;
using CsCheck;
using Xunit;

namespace Annotator.Tests.Domain.Languages;

public sealed class LanguageTagTests
{
    [Theory]
    [InlineData("EN", "en")]
    [InlineData("zh-hans", "zh-Hans")]
    [InlineData("ZH_HANT_tw", "zh-Hant-TW")]
    [InlineData("pt-br", "pt-BR")]
    [InlineData("es-419", "es-419")]
    [InlineData(" ja ", "ja")]
    [InlineData("sl-rozaj-biske-1994", "sl-rozaj-biske-1994")]
    [InlineData("de-DE-u-co-phonebk", "de-DE-u-co-phonebk")]
    [InlineData("en-x-Team", "en-x-team")]
    [InlineData("grc", "grc")]
    [InlineData("iw", "he")]
    [InlineData("deu", "de")]
    [InlineData("ger", "de")]
    [InlineData("cmn-Hans", "zh-Hans")]
    [InlineData("und", "und")]
    public void Tags_are_read_in_any_casing(string text, string canonical)
    {
        Assert.True(LanguageTag.TryParse(text, out var tag));
        Assert.Equal(canonical, tag.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("xx")]
    [InlineData("english")]
    [InlineData("x-private")]
    [InlineData("en-")]
    [InlineData("en--US")]
    [InlineData("en-a")]
    [InlineData("en-a-b-cc")]
    [InlineData("en-US-GB")]
    [InlineData("en-Latn-Cyrl")]
    [InlineData("日本語")]
    [InlineData("en:US")]
    [InlineData("qaa")]
    [InlineData("en-variant1-variant2-variant3-variant4")]
    public void What_is_no_tag_of_a_language_is_refused(string? text) => Assert.False(LanguageTag.TryParse(text, out _));

    [Theory]
    [InlineData("ar", "rtl")]
    [InlineData("he", "rtl")]
    [InlineData("ckb", "rtl")]
    [InlineData("dv", "rtl")]
    [InlineData("az-Arab", "rtl")]
    [InlineData("ar-Latn", "ltr")]
    [InlineData("ja", "ltr")]
    [InlineData("und", "ltr")]
    public void Direction_follows_the_script_before_the_language(string text, string direction) =>
        Assert.Equal(direction, LanguageTag.Parse(text).Direction);

    [Theory]
    [InlineData("ja", "日本語")]
    [InlineData("ar", "العربية")]
    [InlineData("de", "Deutsch")]
    [InlineData("fr", "Français")]
    [InlineData("zh-Hans", "简体中文")]
    [InlineData("zh-TW", "繁體中文")]
    [InlineData("qu-419", "Runasimi")]
    [InlineData("und", "und")]
    [InlineData("zzb", "zzb")]
    public void A_language_names_itself(string text, string name) =>
        Assert.StartsWith(name, LanguageTag.Parse(text).NativeName, StringComparison.Ordinal);

    [Fact]
    public void A_reader_sees_the_name_in_the_readers_language()
    {
        var before = CultureInfo.CurrentUICulture;
        Assert.Equal("German", LanguageTag.Parse("de").NameIn(CultureInfo.GetCultureInfo("en")));
        Assert.Equal("德语", LanguageTag.Parse("de").NameIn(CultureInfo.GetCultureInfo("zh-Hans")));
        Assert.Equal("الألمانية", LanguageTag.Parse("de").NameIn(CultureInfo.GetCultureInfo("ar")));
        Assert.Equal("Deutsch", LanguageTag.Parse("de").NameIn(CultureInfo.GetCultureInfo("de")));
        Assert.Same(before, CultureInfo.CurrentUICulture);
    }

    [Fact]
    public void The_default_is_undetermined()
    {
        Assert.Equal(LanguageTag.Undetermined, LanguageTag.Parse("und"));
        Assert.Equal("und", default(LanguageTag).Value);
        Assert.Equal("und", default(LanguageTag).Language);
    }

    [Fact]
    public void Languages_of_the_pickers_are_canonical_and_have_names()
    {
        Assert.Equal(LanguageTag.Common.Count, LanguageTag.Common.ToHashSet().Count);
        Assert.All(LanguageTag.Common, tag => Assert.Equal(tag, LanguageTag.Parse(tag.Value)));
        Assert.DoesNotContain(LanguageTag.Common, tag => tag.NativeName.Equals(tag.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Any_text_is_either_refused_or_read_the_same_twice() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["azAZxu09-_"], 0, 40]).Sample(text =>
        {
            if (LanguageTag.TryParse(text, out var tag))
            {
                Assert.True(tag.Value.Length <= LanguageTag.MaxLength);
                Assert.Equal(tag, LanguageTag.Parse(tag.Value));
                Assert.NotEmpty(tag.NativeName);
                Assert.NotEmpty(tag.NameIn(CultureInfo.InvariantCulture));
                Assert.True(tag.Direction is "ltr" or "rtl");
            }
        });
}
