using Annotator.Domain.Languages;

namespace Annotator.Tests.Domain.Languages;

public sealed class QuotationMarksTests
{
    [Theory]
    [InlineData("en", "“”")]
    [InlineData("de-AT", "„“")]
    [InlineData("de-CH", "„“")]
    [InlineData("fr", "«»")]
    [InlineData("sv", "””")]
    [InlineData("pl", "„”")]
    [InlineData("ja-JP", "「」")]
    [InlineData("zh", "“”")]
    [InlineData("zh-Hans-CN", "“”")]
    [InlineData("zh-Hant-HK", "「」")]
    [InlineData("zh-TW", "「」")]
    [InlineData("ar", "”“")]
    [InlineData("pt", "“”")]
    [InlineData("PT-pt", "«»")]
    [InlineData("und", "“”")]
    [InlineData("", "“”")]
    [InlineData(null, "“”")]
    public void A_quote_has_the_marks_of_its_language(string? language, string marks)
    {
        var (open, close) = QuotationMarks.Of(language);
        Assert.Equal(marks, $"{open}{close}");
    }
}
