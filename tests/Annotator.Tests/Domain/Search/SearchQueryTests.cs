using Annotator.Domain.Search;

namespace Annotator.Tests.Domain.Search;

public sealed class SearchQueryTests
{
    [Fact]
    public void Words_phrases_and_filters_are_told_apart()
    {
        var query = SearchQuery.Parse(
            """time  "quiet desperation" tag:ethics lang:ja user:mei@elsewhere.example source:"A letter" URL:texts.example time""");
        Assert.Equal([new("time"), new("quiet desperation", TermKind.Phrase)], query.Terms);
        Assert.Equal(
            [
                new(SearchField.Tag, "ethics"),
                new(SearchField.Lang, "ja"),
                new(SearchField.User, "mei@elsewhere.example"),
                new(SearchField.Source, "A letter"),
                new(SearchField.Source, "texts.example"),
            ],
            query.Filters);
        Assert.Empty(query.Unread);
    }

    [Theory]
    [InlineData("cat -dog", "cat -dog")]
    [InlineData("cat OR dog", "cat OR dog")]
    [InlineData("cat|dog", "cat OR dog")]
    [InlineData("cat || dog", "cat OR dog")]
    [InlineData("a b OR c d", "a b OR c d")]
    [InlineData("a (b OR c) d", "a b OR c d")]
    [InlineData("(a b) OR (c d)", "(a b) OR (c d)")]
    [InlineData("-a OR b", "-a OR b")]
    [InlineData("-(a b)", "-(a b)")]
    [InlineData("-(a OR b) c", "-(a OR b) c")]
    [InlineData("-\"two words\" -tag:x", "-\"two words\" -tag:x")]
    [InlineData("cat or dog and Or", "cat or dog and Or")]
    [InlineData("kuber*", "kuber*")]
    [InlineData("-kuber*", "-kuber*")]
    [InlineData("时*", "时*")]
    [InlineData("GPT-5*", "GPT-5*")]
    [InlineData("Tag:ai* LANG:zh", "tag:ai* lang:zh")]
    [InlineData("source-lang:ja url:example.org", "source-lang:ja source:example.org")]
    [InlineData("after:2026-03 before:2026-03-14 after:7D", "after:2026-03 before:2026-03-14 after:7d")]
    [InlineData("has:replies is:Mine group:readers", "has:replies is:mine group:readers")]
    [InlineData("field:Gene=IDUA", "field:Gene=IDUA")]
    [InlineData("field:\"Gene name\"=IDUA", "field:\"Gene name=IDUA\"")]
    [InlineData("field:\"Gene name=IDUA\"", "field:\"Gene name=IDUA\"")]
    [InlineData("field:Gene=\"two words\" x", "field:\"Gene=two words\" x")]
    [InlineData("field:\"Gene name\"＝「two words」 x", "field:\"Gene name=two words\" x")]
    [InlineData("field:Gene", "field:Gene")]
    [InlineData("field:Gene=", "field:Gene")]
    [InlineData("source:https://example.org/Mercury_(planet)", "source:https://example.org/Mercury_(planet)")]
    [InlineData("(source:https://example.org/Mercury_(planet))", "source:https://example.org/Mercury_(planet)")]
    [InlineData("(tag:a OR tag:b) time", "tag:a OR tag:b time")]
    [InlineData("\"say \"\"hello\"\"\"", "\"say \"\"hello\"\"\"")]
    public void A_query_reads_as_it_is_typed(string typed, string canonical)
    {
        var query = SearchQuery.Parse(typed);
        Assert.Equal(canonical, query.ToString());
        Assert.Empty(query.Unread);
    }

    [Fact]
    public void Or_binds_more_tightly_than_and() => Assert.Equal(
        new AllOf([new Term("a"), new AnyOf([new Term("b"), new Term("c")]), new Not(new Term("d"))]),
        SearchQuery.Parse("a b OR c -d").Condition);

    [Theory]
    [InlineData("a a", "a")]
    [InlineData("a OR a", "a")]
    [InlineData("((a))", "a")]
    [InlineData("a (b (c d))", "a b c d")]
    [InlineData("a OR (b OR (c))", "a OR b OR c")]
    [InlineData("-(-a)", "a")]
    [InlineData("-(-(a b))", "a b")]
    [InlineData("a () \"\"", "a")]
    [InlineData("a -()", "a")]
    public void A_query_is_kept_in_its_simplest_form(string typed, string simple) =>
        Assert.Equal(simple, SearchQuery.Parse(typed).ToString());

    [Theory]
    [InlineData("tag：倫理", "tag:倫理")]
    [InlineData("ｔａｇ：倫理", "tag:倫理")]
    [InlineData("ＬＡＮＧ：ｊａ", "lang:ja")]
    [InlineData("「時間 地平線」", "\"時間 地平線\"")]
    [InlineData("『時間 地平線』", "\"時間 地平線\"")]
    [InlineData("“quiet desperation”", "\"quiet desperation\"")]
    [InlineData("＂quiet desperation＂", "\"quiet desperation\"")]
    [InlineData("„leises Leben“", "\"leises Leben\"")]
    [InlineData("«vie tranquille»", "\"vie tranquille\"")]
    [InlineData("»leises Leben«", "\"leises Leben\"")]
    [InlineData("”stilla liv”", "\"stilla liv\"")]
    [InlineData("時間　地平線", "時間 地平線")]
    [InlineData("時間「地平線」", "時間 \"地平線\"")]
    [InlineData("tag:“zwei Worte”", "tag:\"zwei Worte\"")]
    [InlineData("－時間 −a –b", "-時間 -a -b")]
    [InlineData("（時間 ｜ 地平線）", "時間 OR 地平線")]
    [InlineData("時間 ＯＲ 地平線", "時間 OR 地平線")]
    [InlineData("ｋｕｂｅｒ＊", "ｋｕｂｅｒ*")]
    [InlineData("after：２０２６－０３", "after:2026-03")]
    [InlineData("\u200ftag:זמן \u200e-\u200ex", "tag:זמן -x")]
    public void What_an_input_method_types_means_the_same(string typed, string plain)
    {
        Assert.Equal(SearchQuery.Parse(plain), SearchQuery.Parse(typed));
        Assert.Empty(SearchQuery.Parse(typed).Unread);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \u3000\n")]
    [InlineData("\"\" tag:\"\" 「」")]
    [InlineData("\0")]
    [InlineData("() -() OR |")]
    public void Nothing_typed_is_nothing_asked(string? text)
    {
        Assert.True(SearchQuery.Parse(text).IsEmpty);
        Assert.Equal(SearchQuery.Empty, SearchQuery.Parse(text));
    }

    [Theory]
    [InlineData("https://texts.example/walden", "https://texts.example/walden")]
    [InlineData("note: this", "note:", "this")]
    [InlineData("don't l’été", "don't", "l’été")]
    [InlineData("C++ C# GPT-5", "C++", "C#", "GPT-5")]
    [InlineData("std::vector 12:30 比：較 foo:bar", "std::vector", "12:30", "比：較", "foo:bar")]
    [InlineData("a - b * -- -> --help", "a", "-", "b", "*", "--", "->", "--help")]
    [InlineData("wo*rd *.cs", "wo*rd", "*.cs")]
    public void What_is_no_filter_is_a_word(string typed, params string[] terms)
    {
        var query = SearchQuery.Parse(typed);
        Assert.Equal(terms.Select(t => new Term(t)), query.Terms);
        Assert.Empty(query.Filters);
        Assert.Empty(query.Unread);
    }

    [Theory]
    [InlineData("ethics")]
    [InlineData("two words")]
    [InlineData("say \"hello\"")]
    [InlineData("”a“ \"b\" 「c」 ＂d＂")]
    [InlineData("比：較")]
    [InlineData("全角　空白")]
    [InlineData("„leise“")]
    [InlineData("「声」")]
    [InlineData("tag:tag")]
    [InlineData("a|b")]
    [InlineData("(a b")]
    [InlineData("\u200fאב")]
    public void A_filter_taken_from_a_list_survives_the_address_bar(string tag)
    {
        var query = SearchQuery.Parse("word").With(SearchFilter.Tagged(tag));
        var read = SearchQuery.Parse(query.ToString());
        Assert.Equal([SearchFilter.Tagged(tag)], read.Filters);
        Assert.Equal([new Term("word")], read.Terms);
    }

    [Fact]
    public void Filters_are_put_on_once_and_taken_off()
    {
        var ethics = SearchFilter.Tagged("ethics");
        var query = SearchQuery.Parse("time lang:ja");
        Assert.Equal(query.With(ethics), query.With(ethics).With(ethics));
        Assert.Equal(query, query.With(ethics).Without(ethics));
        Assert.Equal("time lang:ja tag:ethics", query.With(ethics).ToString());
        Assert.Equal("time", query.With(ethics).WithoutFilters().ToString());
        Assert.Equal("tag:ethics", SearchQuery.Empty.With(ethics).ToString());
        Assert.True(SearchQuery.Empty.With(ethics).Without(ethics).IsEmpty);
    }

    [Fact]
    public void A_filter_narrows_alternatives_as_a_whole()
    {
        var query = SearchQuery.Parse("a OR (b c)").With(SearchFilter.Tagged("ethics"));
        Assert.Equal("a OR (b c) tag:ethics", query.ToString());
        Assert.Equal(query, SearchQuery.Parse(query.ToString()));
    }

    [Fact]
    public void Only_filters_that_every_result_fulfils_are_chips()
    {
        var query = SearchQuery.Parse("tag:a -tag:b (tag:c OR tag:d) (tag:e x)");
        Assert.Equal([SearchFilter.Tagged("a"), SearchFilter.Tagged("e")], query.Filters);
        Assert.Equal("-tag:b tag:c OR tag:d x", query.WithoutFilters().ToString());
    }

    [Fact]
    public void Terms_are_those_that_a_result_may_hold() =>
        Assert.Equal(["a", "b", "c d", "e"], SearchQuery.Parse("a (b OR (\"c d\" e* -f)) -g -(h i) tag:x").Terms.Select(t => t.Text));
}
