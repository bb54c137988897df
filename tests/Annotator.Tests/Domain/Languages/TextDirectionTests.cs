using Annotator.Domain.Languages;
using Xunit;

namespace Annotator.Tests.Domain.Languages;

public sealed class TextDirectionTests
{
    [Theory]
    [InlineData("hello שלום", "ltr")]
    [InlineData("שלום hello", "rtl")]
    [InlineData("123 (٣) مرحبا", "rtl")]
    [InlineData("«中文» مرحبا", "ltr")]
    [InlineData("ދިވެހި", "rtl")]
    [InlineData("\u200fC#", "rtl")]
    [InlineData("2026 – 5 %", "ltr")]
    [InlineData("", "ltr")]
    public void The_first_letter_with_a_direction_decides(string text, string direction) =>
        Assert.Equal(direction, TextDirection.Of(text));

    [Fact]
    public void Half_a_surrogate_pair_has_no_direction() => Assert.Equal("rtl", TextDirection.Of("\ud800 שלום"));

    [Fact]
    public void A_determined_language_wins_over_the_first_letter()
    {
        Assert.Equal("rtl", TextDirection.Of("METR מודד", LanguageTag.Parse("he")));
        Assert.Equal("ltr", TextDirection.Of("METR מודד", LanguageTag.Undetermined));
    }
}
