using Annotator.Domain.Search;
using CsCheck;

namespace Annotator.Tests.Domain.Search;

public sealed class SearchQueryTests
{
    [Fact]
    public void Words_phrases_and_filters_are_told_apart()
    {
        var query = SearchQuery.Parse("""time  "quiet desperation" tag:ethics lang:ja user:mei@elsewhere.example source:"A letter" URL:texts.example time""");
        Assert.Equal(["time", "quiet desperation"], query.Terms);
        Assert.Equal(
            [
                new(SearchField.Tag, "ethics"),
                new(SearchField.Lang, "ja"),
                new(SearchField.User, "mei@elsewhere.example"),
                new(SearchField.Source, "A letter"),
                new(SearchField.Source, "texts.example"),
            ],
            query.Filters);
    }

    [Theory]
    [InlineData("tag：倫理", "tag:倫理")]
    [InlineData("「時間 地平線」", "\"時間 地平線\"")]
    [InlineData("“quiet desperation”", "\"quiet desperation\"")]
    [InlineData("„leises Leben“", "\"leises Leben\"")]
    [InlineData("時間　地平線", "時間 地平線")]
    [InlineData("tag:“zwei Worte”", "tag:\"zwei Worte\"")]
    public void What_an_input_method_types_means_the_same(string typed, string plain) =>
        Assert.Equal(SearchQuery.Parse(plain), SearchQuery.Parse(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \u3000\n")]
    [InlineData("\"\" tag:\"\" 「」")]
    [InlineData("\0")]
    public void Nothing_typed_is_nothing_asked(string? text)
    {
        Assert.True(SearchQuery.Parse(text).IsEmpty);
        Assert.Equal(SearchQuery.Empty, SearchQuery.Parse(text));
    }

    [Theory]
    [InlineData("https://texts.example/walden", "https://texts.example/walden")]
    [InlineData("note: this", "note:", "this")]
    [InlineData("tag:", "tag:")]
    [InlineData("\"an open end", "an open end")]
    [InlineData("don't l’été", "don't", "l’été")]
    [InlineData("C++ C# GPT-5", "C++", "C#", "GPT-5")]
    public void What_is_no_filter_is_a_word(string typed, params string[] terms)
    {
        var query = SearchQuery.Parse(typed);
        Assert.Equal(terms, query.Terms);
        Assert.Empty(query.Filters);
    }

    [Fact]
    public void What_is_shown_is_read_back()
    {
        var part = Gen.OneOf("tag:", "lang:", "user：", "x:", "\"", "“", "”", "„", "「", "」", " ", "\u3000", "\n", "\u0085", "a", "B c", "中文", ":", "：", "\\", "'", "\0", "😀", "\ud83d");
        part.Array[0, 12].Sample(parts =>
        {
            var query = SearchQuery.Parse(string.Concat(parts));
            Assert.Equal(query, SearchQuery.Parse(query.ToString()));
            Assert.Equal(query.GetHashCode(), SearchQuery.Parse(query.ToString()).GetHashCode());
        });
    }

    [Fact]
    public void Nothing_makes_reading_fail() => Gen.String.Sample(text =>
    {
        var query = SearchQuery.Parse(text);
        Assert.Equal(query, SearchQuery.Parse(query.ToString()));
    });

    [Theory]
    [InlineData("ethics")]
    [InlineData("two words")]
    [InlineData("say \"hello\"")]
    [InlineData("比：較")]
    [InlineData("全角　空白")]
    [InlineData("„leise“")]
    [InlineData("「声」")]
    [InlineData("tag:tag")]
    public void A_filter_taken_from_a_list_survives_the_address_bar(string tag)
    {
        var query = SearchQuery.Parse("word").With(new SearchFilter(SearchField.Tag, tag));
        var read = SearchQuery.Parse(query.ToString());
        Assert.Equal([tag], read.Values(SearchField.Tag));
        Assert.Equal(["word"], read.Terms);
    }

    [Fact]
    public void Filters_are_put_on_once_and_taken_off()
    {
        var ethics = new SearchFilter(SearchField.Tag, "ethics");
        var query = SearchQuery.Parse("time lang:ja");
        Assert.Equal(query.With(ethics), query.With(ethics).With(ethics));
        Assert.Equal(query, query.With(ethics).Without(ethics));
        Assert.Equal(["ja"], query.With(ethics).Values(SearchField.Lang));
        Assert.Equal("time lang:ja tag:ethics", query.With(ethics).ToString());
    }
}
