using Annotator.Domain.Passages;
using CsCheck;

namespace Annotator.Tests.Domain.Passages;

public sealed class QuoteTests
{
    [Theory]
    [InlineData("lives of quiet desperation", "Lives of  quiet\ndesperation.")]
    [InlineData("“It’s here”, he said", "\"It's here\", he said")]
    [InlineData("ＧＰＴ－５", "gpt-5")]
    [InlineData("學而時習之，不亦說乎？", "學而時習之 不亦說乎")]
    [InlineData("caf\u00e9", "cafe\u0301")]
    [InlineData("ﾃﾞｰﾀ", "データ")]
    public void Copies_of_a_text_that_differ_in_form_only_have_one_key(string one, string other) =>
        Assert.Equal(new Quote(one).WordsKey(), new Quote(other).WordsKey());

    [Theory]
    [InlineData("quiet desperation", "quiet inspiration")]
    [InlineData("कि", "की")]
    [InlineData("かき", "がき")]
    [InlineData("résumé", "resume")]
    [InlineData("???", "!!!")]
    public void Other_words_have_another_key(string one, string other) =>
        Assert.NotEqual(new Quote(one).WordsKey(), new Quote(other).WordsKey());

    [Fact]
    public void The_same_words_in_another_place_are_another_stretch()
    {
        var first = new Quote("time", "Spend your ", " well");
        Assert.False(first.IsCompatibleWith(new Quote("time", "once upon a ", " there was")));
        Assert.False(first.IsCompatibleWith(new Quote("time", "Spend your ", " there was")));
        Assert.False(first.IsCompatibleWith(new Quote("time", "once upon a ", " well")));
    }

    [Theory]
    [InlineData("Spend your ", " well")]
    [InlineData("your ", " well, my friend")]
    [InlineData("I say: spend your", "")]
    [InlineData("", " Well")]
    [InlineData("", "")]
    public void Context_that_is_shorter_longer_or_unknown_is_the_same_stretch(string prefix, string suffix) =>
        Assert.True(new Quote("time", "Spend your ", " well").IsCompatibleWith(new Quote("time", prefix, suffix)));

    [Fact]
    public void Positions_decide_where_nothing_is_known_of_the_context()
    {
        var first = new Quote("time", Start: 10, End: 14);
        Assert.True(first.IsCompatibleWith(new Quote("time", Start: 10, End: 14)));
        Assert.True(first.IsCompatibleWith(new Quote("time")));
        Assert.False(first.IsCompatibleWith(new Quote("time", Start: 900, End: 904)));
        Assert.False(first.IsCompatibleWith(new Quote("time", "once upon a ", " there was", 900, 904)));
    }

    [Fact]
    public void A_position_may_move_while_the_context_stays() =>
        Assert.True(new Quote("time", "Spend your ", " well", 10, 14).IsCompatibleWith(new Quote("time", "Spend your ", " well", 52, 56)));

    [Fact]
    public void Compatible_is_mutual()
    {
        var context = Gen.OneOf("", "a", "b a", "b", " !");
        var start = Gen.OneOf<int?>(null, 1, 2);
        var quote = Gen.Select(context, context, start).Select((prefix, suffix, at) => new Quote("x", prefix, suffix, at));
        Gen.Select(quote, quote).Sample((one, other) =>
        {
            Assert.Equal(one.IsCompatibleWith(other), other.IsCompatibleWith(one));
            Assert.True(one.IsCompatibleWith(one));
        });
    }
}
