using Annotator.Domain.Analysis;
using Annotator.Domain.Search;
using Xunit;

namespace Annotator.Tests.Domain.Search;

/// <summary>Where a word stands is said by the kind of the field, wherever the field stands among the others.</summary>
public sealed class RankingTests
{
    private static readonly IndexedField[] Elsewhere =
    [
        new("nothing", "en", FieldKind.Passage), new("of it", "en", FieldKind.Tag), new("niente", "it", FieldKind.Translation),
        new("at all", "en", FieldKind.Body),
    ];

    [Fact]
    public void A_tag_says_more_than_a_comment_in_any_language_and_a_comment_more_than_a_passage()
    {
        foreach (var order in new[] { Elsewhere, [.. Elsewhere.Reverse()] })
        {
            var (tag, body, translation, passage) = (
                Score(FieldKind.Tag), Score(FieldKind.Body), Score(FieldKind.Translation), Score(FieldKind.Passage));
            Assert.True(tag > body);
            Assert.Equal(body, translation);
            Assert.True(body > passage);

            int Score(FieldKind kind) => ScoreOf(order.Select(f => f.Kind == kind ? f with { Text = $"a zeppelin {f.Text}" } : f));
        }
    }

    [Fact]
    public void Words_near_each_other_in_one_field_say_more_than_words_in_two() => Assert.True(
        ScoreOf([new("zeppelin rose", "en", FieldKind.Translation), new("", "en", FieldKind.Passage)], "zeppelin rose")
        > ScoreOf([new("zeppelin", "en", FieldKind.Body), new("rose", "en", FieldKind.Translation)], "zeppelin rose"));

    [Theory]
    [InlineData("b")]
    [InlineData("t p")]
    public void The_letter_of_a_kind_is_no_word(string query)
    {
        var words = Analyzer.Index(
            [new("x", "en", FieldKind.Tag), new("y", "en", FieldKind.Body), new("z", "en", FieldKind.Passage)]).Words;
        Assert.DoesNotContain(Analyzer.Query(query).Needle, words, StringComparison.Ordinal);
    }

    private static int ScoreOf(IEnumerable<IndexedField> fields, string query = "zeppelin")
    {
        var hit = new IndexHit(Guid.Empty, default, Analyzer.Index(fields).Words)
        {
            Facts = new HitFacts(new HitSource(Guid.Empty, "", "en"), IsHighlight: false, "en", "en", [], "") { Group = ("", "") },
        };
        return new Ranking(SearchQuery.Parse(query)).Order([hit], default).Single().Score;
    }
}
