using System.Text;
using Annotator.Domain.Search;
using Annotator.Domain.Text;
using CsCheck;

namespace Annotator.Tests.Domain.Search;

public sealed class SearchQueryPropertyTests
{
    private static readonly string[] Signs =
    [
        "tag:", "lang:", "user：", "field:", "after:", "has:", "x:", "OR", "ＯＲ", "|", "｜", "(", ")", "（", "）", "-", "－", "−", "*", "＊", "=",
        "＝",
        "\"", "＂", "“", "”", "„", "「", "」", "『", "』", "«", "»", " ", "\u3000", "\n", "\u0085", "\u200b", "\u200f", "\u0338", "\u0301",
        "a", "B c", "2026", "7d", "replies", "中文", ":", "：", "\\", "'", "\0", "😀", "\ud83d",
    ];

    private static readonly Gen<string> Typed = Gen.OneOf(Gen.OneOf(Signs).Array[0, 20].Select(string.Concat), Gen.String);

    private static readonly Gen<string> Said = Typed.Select(t => UserText.Clean(t).Trim()).Where(t => t.Length > 0);

    private static readonly Gen<Condition> Leaf = Gen.OneOf(
        Gen.OneOf("word", "C++", "don't", "时间", "foo:bar", "->", "--help", "-", "*", "after:soon", "tag:", "f#", "😀", "ＯＲＤ", "f/x")
            .Select(Condition (w) => new Term(w)),
        Gen.OneOf("wo", "时", "std::", "--so", "ORB", "has:wi").Select(Condition (p) => new Term(p, TermKind.Prefix)),
        Said.Select(Condition (p) => new Term(p, TermKind.Phrase)),
        Gen.Select(Gen.OneOf(SearchField.Tag, SearchField.User, SearchField.Group, SearchField.Source), Said)
            .Select(Condition (f) => new SearchFilter(f.Item1, f.Item2)),
        Gen.OneOf(new SearchFilter(
            SearchField.After, "7d"), new(
                SearchField.Before, "2026-03"), new(SearchField.Lang, "zh-Hans"), new(SearchField.SourceLang, "ja"),
            new(SearchField.Has, "replies"),
            new(SearchField.Is, "mine"),
            new SearchFilter(SearchField.Field, "Gene name=\"IDUA\"")).Select(Condition (f) => f));

    [Fact]
    public void What_is_shown_is_read_back() => Typed.Sample(typed =>
    {
        var query = SearchQuery.Parse(typed);
        var again = SearchQuery.Parse(query.ToString());
        Assert.Equal(query, again);
        Assert.Equal(query.GetHashCode(), again.GetHashCode());
        Assert.Equal(query.ToString(), again.ToString());
    }, iter: 5_000);

    [Fact]
    public void Every_tree_can_be_typed() => Tree(3).Sample(tree =>
        Assert.Equal(tree, SearchQuery.Parse(tree.ToString()).Condition), iter: 2_000);

    [Fact]
    public void No_word_is_lost_in_silence()
    {
        var words = Enumerable.Range(0, 40).Select(i => $"w{i:00}").ToArray();
        Gen.OneOf(Signs).Array[words.Length].Sample(signs =>
        {
            var typed = string.Concat(words.Zip(signs, (word, sign) => $"{sign}{word}{(sign.Length % 2 == 0 ? " " : "")}"));
            var query = SearchQuery.Parse(typed);
            var kept = string.Join(' ', Leaves(query.Condition).Concat(query.Unread.Select(u => u.Text)));
            Assert.All(words, word => Assert.Contains(word, kept, StringComparison.Ordinal));
        }, iter: 2_000);
    }

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("-(")]
    [InlineData("\"")]
    [InlineData("”a")]
    [InlineData("tag:(")]
    [InlineData("tag:a(")]
    [InlineData("a|")]
    [InlineData("-")]
    [InlineData("a*")]
    [InlineData("field:\"")]
    public void Texts_that_open_and_never_close_come_to_an_end(string part)
    {
        var text = new StringBuilder().Insert(0, part, 200_000).ToString();
        var query = SearchQuery.Parse(text);
        Assert.Equal(query, SearchQuery.Parse(query.ToString()));
    }

    private static Gen<Condition> Tree(int depth) => depth == 0 ? Leaf : Gen.OneOf(
        Leaf,
        Tree(depth - 1).Array[1, 3].Select(parts => AllOf.Joined(parts)!),
        Tree(depth - 1).Array[1, 3].Select(parts => AnyOf.Joined(parts)!),
        Tree(depth - 1).Select(Not.Of));

    private static IEnumerable<string> Leaves(Condition? condition) => condition switch
    {
        Term term => [term.Text],
        SearchFilter filter => [filter.Value],
        Not not => Leaves(not.Part),
        AllOf all => all.Parts.SelectMany(Leaves),
        AnyOf any => any.Parts.SelectMany(Leaves),
        _ => [],
    };
}
