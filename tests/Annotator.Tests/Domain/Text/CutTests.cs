using System.Globalization;
using Annotator.Domain.Text;
using CsCheck;

namespace Annotator.Tests.Domain.Text;

public sealed class CutTests
{
    private static readonly Gen<string> Texts =
        Pieces.OneOf("a", "e\u0301", "中", "𠮷", "👩‍👩‍👧", "🇫🇷", "\r\n", "กำ", "क्षि", " ", "ﬁ").List[0, 20].Select(string.Concat);

    [Theory]
    [InlineData("abcdef", 3, "abc", "def")]
    [InlineData("ab", 3, "ab", "ab")]
    [InlineData("abe\u0301cd", 3, "ab", "cd")]
    [InlineData("a𠮷b", 2, "a", "b")]
    [InlineData("👩‍👩‍👧x👩‍👩‍👧", 9, "👩‍👩‍👧x", "x👩‍👩‍👧")]
    public void A_text_is_cut_between_graphemes(string text, int length, string start, string end)
    {
        Assert.Equal(start, Cut.Start(text, length));
        Assert.Equal(end, Cut.End(text, length));
    }

    [Fact]
    public void What_is_cut_consists_of_whole_graphemes_of_the_text() => Gen.Select(Texts, Gen.Int[8, 40]).Sample((text, length) =>
    {
        var graphemes = StringInfo.GetTextElementEnumerator(text).AsEnumerable().ToList();
        var (start, end) = (Cut.Start(text, length), Cut.End(text, length));
        Assert.InRange(start.Length, 0, length);
        Assert.InRange(end.Length, 0, length);
        Assert.Contains(start, Enumerable.Range(0, graphemes.Count + 1).Select(n => string.Concat(graphemes.Take(n))));
        Assert.Contains(end, Enumerable.Range(0, graphemes.Count + 1).Select(n => string.Concat(graphemes.Skip(n))));
        Assert.InRange(Cut.Shown(text, length).Length, 0, length);
    });

    [Fact]
    public void A_letter_under_a_thousand_marks_is_cut_all_the_same()
    {
        var text = "e" + new string('\u0301', 1_000);
        Assert.InRange(Cut.Start(text, 80).Length, 1, 80);
        Assert.InRange(Cut.End(text, 80).Length, 1, 80);
    }

    [Fact]
    public void An_ellipsis_counts() => Assert.Equal("abcd…", Cut.Shown("abcdefgh", 5));
}

internal static class TextElements
{
    public static IEnumerable<string> AsEnumerable(this TextElementEnumerator elements)
    {
        while (elements.MoveNext())
            yield return elements.GetTextElement();
    }
}
