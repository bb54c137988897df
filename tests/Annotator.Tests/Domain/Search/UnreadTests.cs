using System.Text.RegularExpressions;
using System.Xml.Linq;
using Annotator.Domain.Search;
using Annotator.Tests.Architecture;

namespace Annotator.Tests.Domain.Search;

/// <summary>What cannot be read as typed is searched for as words, and said.</summary>
public sealed partial class UnreadTests
{
    private static readonly string Thirty = string.Concat(Enumerable.Range(0, 30).Select(i => $"w{i} "));

    [Theory]
    [InlineData("\"an open end", "\"an open end\"", "unclosed_quote: an open end")]
    [InlineData("word \"", "word", "unclosed_quote: ")]
    [InlineData("tag:\"two words", "tag:\"two words\"", "unclosed_quote: two words")]
    [InlineData("a) b", "a b", "unmatched_parenthesis: )")]
    [InlineData("a (b OR c", "a b OR c", "unmatched_parenthesis: (")]
    [InlineData("（a", "a", "unmatched_parenthesis: （")]
    [InlineData("OR a", "a", "nothing_to_join: OR")]
    [InlineData("a OR", "a", "nothing_to_join: OR")]
    [InlineData("a OR OR b", "a OR b", "nothing_to_join: OR")]
    [InlineData("a OR \"\" b", "a b", "nothing_to_join: OR")]
    [InlineData("(| a) b", "a b", "nothing_to_join: |")]
    [InlineData("after:soon", "after:soon", "not_a_date: after:soon")]
    [InlineData("-before:2026-02-30 x", "-before:2026-02-30 x", "not_a_date: before:2026-02-30")]
    [InlineData("after:\"last week\"", "\"after:last week\"", "not_a_date: after:last week")]
    [InlineData("has:wings is：blue", "has:wings is：blue", "not_known: has:wings", "not_known: is：blue")]
    [InlineData("tag: x", "tag: x", "no_value: tag:")]
    [InlineData("x tag:\"\"", "x", "no_value: tag:")]
    [InlineData("field:=IDUA", "field:=IDUA", "no_value: field:=IDUA")]
    [InlineData("field:=\"two words\"", "\"field:=two words\"", "no_value: field:=two words")]
    [InlineData("a* b*", "a b", "short_prefix: a*", "short_prefix: b*")]
    [InlineData("((((((((((((((((((a b))))))))))))))))) c", "a b c", "too_deep: (", "unmatched_parenthesis: (")]
    public void What_cannot_be_read_is_said(string typed, string canonical, params string[] unread)
    {
        var query = SearchQuery.Parse(typed);
        Assert.Equal(canonical, query.ToString());
        Assert.Equal(unread, query.Unread.Select(u => $"{u.Code}: {u.Text}"));
    }

    [Fact]
    public void After_the_64th_term_the_rest_is_left_out()
    {
        var query = SearchQuery.Parse($"{Thirty} ({Thirty} a b c d OR e f) OR g");
        Assert.Equal("a b c d", string.Join(' ', query.Terms.TakeLast(4).Select(t => t.Text)));
        Assert.Equal([new("too_many_terms", "e f) OR g")], query.Unread);
    }

    [Fact]
    public void Everything_unread_has_its_text()
    {
        var codes = Directory.EnumerateFiles(Path.Combine(SourceTree.Home, "src", "Annotator.Domain", "Search"), "Query*.cs")
            .SelectMany(f => Code().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups["code"].Value)
            .ToHashSet(StringComparer.Ordinal);
        var texts = XDocument.Load(Path.Combine(SourceTree.Home, "src", "Annotator.Web", "Features", "Search", "Words.resx"))
            .Descendants("data")
            .Select(d => d.Attribute("name")!.Value)
            .Where(name => name.StartsWith("Search.Unread.", StringComparison.Ordinal));
        Assert.Contains("unclosed_quote", codes);
        Assert.Equal(codes.Order(StringComparer.Ordinal), texts.Select(t => t["Search.Unread.".Length..]).Order(StringComparer.Ordinal));
    }

    // Codes are the only texts of lower-case words with an underscore between.
    [GeneratedRegex("\"(?<code>[a-z]+(_[a-z]+)+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
