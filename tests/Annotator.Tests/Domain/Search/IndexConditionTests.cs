using Annotator.Domain.Search;

namespace Annotator.Tests.Domain.Search;

/// <summary>How much of the index a condition is expected to give, before it is asked.</summary>
public sealed class IndexConditionTests
{
    private static readonly Dictionary<string, double> Shares = new(StringComparer.Ordinal) { ["often"] = 0.5, ["o'clock"] = 0.25 };

    [Theory]
    [InlineData("'often'", 0.5)]
    [InlineData("'o''clock'", 0.25)]
    [InlineData("('seldom' | 'often')", 0.5)]
    [InlineData("'seldom'", 0.01)]
    [InlineData("'seldom':*", 1)]
    [InlineData("!'seldom'", 1)]
    [InlineData("('often' | !'seldom')", 1)]
    public void One_lexical_leaves(string lexical, double share) => Assert.Equal(share, ShareOf(IndexCondition.Of(lexical)));

    [Fact]
    public void The_rarest_of_several_counts()
    {
        Assert.Equal(0.25, ShareOf(IndexCondition.And([IndexCondition.WithLexeme("often"), IndexCondition.WithLexeme("o'clock")])));
        Assert.Equal(1, ShareOf(IndexCondition.Anything));
    }

    [Theory]
    [InlineData("'a!b'", true)]
    [InlineData("!'a'", false)]
    [InlineData("('b' | !'a')", false)]
    public void Only_lexemes_that_rows_must_have_are_looked_up(string lexical, bool isPositive) =>
        Assert.Equal(isPositive, IndexCondition.Of(lexical).IsPositive);

    [Fact]
    public void A_quoted_lexeme_is_read_as_it_was()
    {
        var read = new List<string>();
        IndexCondition.WithLexeme(@"it's a \ sign").ShareBy(l =>
        {
            read.Add(l);
            return 1;
        });
        Assert.Equal([@"it's a \ sign"], read);
    }

    private static double ShareOf(IndexCondition condition) => condition.ShareBy(l => Shares.GetValueOrDefault(l, 0.01));
}
