using System.Text;
using Annotator.Domain.Text;
using CsCheck;
using Xunit;

namespace Annotator.Tests.Domain.Text;

public sealed class UserTextTests
{
    [Theory]
    [InlineData("a\r\nb\rc\n\td", "a\nb\nc\n\td")]
    [InlineData("a\u0001\u0008\u001b[1mb\u0085\u007f", "a[1mb")]
    [InlineData("e\u0301 \u1112\u1161\u11ab か\u3099", "é 한 が")]
    [InlineData("می\u200cخواهم \u202bא\u202c 👩\u200d🚀", "می\u200cخواهم \u202bא\u202c 👩\u200d🚀")]
    [InlineData("ﬁ ① ﾌ", "ﬁ ① ﾌ")]
    public void Text_is_composed_with_plain_line_ends_and_no_controls(string text, string cleaned)
    {
        Assert.Equal(cleaned, UserText.Clean(text));
        Assert.True(UserText.TryClean(text, 100, out var result, out var reason));
        Assert.Equal(cleaned, result);
        Assert.Empty(reason);
    }

    [Fact]
    public void What_is_no_text_is_refused_or_mended()
    {
        AssertRefused("a\0b", "nul");
        AssertRefused("a\ud83d", "lone_surrogate");
        AssertRefused("\ude00a", "lone_surrogate");
        AssertRefused("\ude00\ud83d", "lone_surrogate");
        Assert.Equal("a\ufffd b\ufffd", UserText.Clean("a\ud83d \0b\ude00"));
    }

    [Fact]
    public void Length_is_that_of_the_clean_text()
    {
        Assert.True(UserText.TryClean("e\u0301\r\n", 2, out var cleaned, out _));
        Assert.Equal("é\n", cleaned);
        Assert.False(UserText.TryClean("abc", 2, out _, out var reason));
        Assert.Equal("too_long", reason);
    }

    [Fact]
    public void Clean_text_stays_as_it_is() => Gen.String.Sample(text =>
    {
        var clean = UserText.Clean(text);
        Assert.Equal(clean, UserText.Clean(clean));
        Assert.True(UserText.TryClean(clean, clean.Length, out var again, out _));
        Assert.Equal(clean, again);
        Assert.True(clean.IsNormalized(NormalizationForm.FormC));
    });

    private static void AssertRefused(string text, string expected)
    {
        Assert.False(UserText.TryClean(text, 100, out var cleaned, out var reason));
        Assert.Equal(expected, reason);
        Assert.Empty(cleaned);
    }
}
