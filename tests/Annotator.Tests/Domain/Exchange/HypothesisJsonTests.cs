using System.Text.Json;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Xunit;

namespace Annotator.Tests.Domain.Exchange;

public sealed class HypothesisJsonTests
{
    private const string Whole = """
        {"id":"AZxz0mMAfRa5u1sE2VqKXw","created":"2026-02-19T07:01:02.345678+00:00","updated":"2026-02-20T10:00:00+02:00",
        "user":"acct:noor@elsewhere.example","user_info":{"display_name":"نور"},"uri":"https://texts.example/tides",
        "text":"**Twice** a day","tags":["sea","月"],"group":"__world__","permissions":{"read":["group:__world__"]},
        "references":[],"target":[{"source":"https://texts.example/tides","selector":[
        {"type":"RangeSelector","startContainer":"/p[1]","startOffset":2},
        {"type":"TextPositionSelector","start":12,"end":21},
        {"type":"TextQuoteSelector","exact":"the tides","prefix":"What moves ","suffix":" is far off"}]}],
        "document":{"title":["On tides"],"author":["Ada Moon"],"language":"en"},"language":"ar","colour":{"ink":"blue"},"links":{}}
        """;

    private static string OneLine(string json) => json.ReplaceLineEndings("");

    [Fact]
    public async Task A_record_keeps_its_id_author_and_times()
    {
        var draft = await Reading.OneAsync(OneLine(Whole));
        Assert.Equal("AZxz0mMAfRa5u1sE2VqKXw", PublicId.Of(draft.Id));
        Assert.Equal(new Userid("noor", "elsewhere.example"), draft.Provenance!.Author);
        Assert.Equal("نور", draft.Provenance.DisplayName);
        Assert.Equal(new DateTimeOffset(2026, 2, 19, 7, 1, 2, TimeSpan.Zero).AddTicks(3_456_780), draft.Provenance.Created);
        Assert.Equal(new DateTimeOffset(2026, 2, 20, 8, 0, 0, TimeSpan.Zero), draft.Provenance.Updated);
        Assert.Equal(TimeSpan.Zero, draft.Provenance.Updated.Offset);
    }

    [Fact]
    public async Task A_record_keeps_what_it_says_about_what()
    {
        var draft = await Reading.OneAsync(OneLine(Whole));
        Assert.Equal("**Twice** a day", draft.Body);
        Assert.Equal("ar", draft.Language);
        Assert.Equal(["sea", "月"], draft.Tags);
        Assert.Equal(new Quote("the tides", "What moves ", " is far off", 12, 21), draft.Quote);
        Assert.Equal(
            ("https://texts.example/tides", "On tides", "Ada Moon", "en"),
            (draft.Source!.Uri, draft.Source.Title, draft.Source.Author, draft.Source.Language));
        Assert.True(draft.Shared);
    }

    [Fact]
    public async Task Selectors_and_unknown_keys_are_kept_as_received()
    {
        var received = (await Reading.OneAsync(OneLine(Whole))).Received;
        using var selectors = JsonDocument.Parse(received.Selectors!);
        Assert.Equal(3, selectors.RootElement.GetArrayLength());
        Assert.Equal("""{"hypothesis":{"colour":{"ink":"blue"}}}""", received.Extra);
    }

    [Fact]
    public async Task Metadata_that_the_model_does_not_have_is_kept_without_what_it_has()
    {
        var draft = await Reading.OneAsync(
            """{"uri":"https://a.example/","text":"x","document":{"title":["T"],"highwire":{"doi":["10.1/x"]}},"target":[{"source":"u:x","description":"d"}]}""");
        Assert.Equal("""{"hypothesis":{"document":{"highwire":{"doi":["10.1/x"]}},"target":{"description":"d"}}}""", draft.Received.Extra);
        Assert.Equal("T", draft.Source!.Title);
    }

    [Fact]
    public async Task Every_target_is_kept_in_its_place()
    {
        var draft = await Reading.OneAsync("""
            {"uri":"https://a.example/","text":"x","target":[{"selector":[{"type":"TextQuoteSelector","exact":"one"}]},
            {"source":"https://b.example/?b=%20","selector":[{"type":"TextQuoteSelector","exact":"\u0074wo"}],"description":"the second"},{"source":"https://c.example/"}]}
            """.ReplaceLineEndings(""));
        Assert.Equal("one", draft.Quote!.Exact);
        Assert.Equal(
            [
                new(
                    "https://b.example/?b=%20",
                    """[{"type":"TextQuoteSelector","exact":"\u0074wo"}]""",
                    """{"hypothesis":{"description":"the second"}}"""),
                new("https://c.example/"),
            ],
            draft.Received.Targets);
        Assert.Null(draft.Received.Extra);
    }

    [Theory]
    [InlineData("""{"read":["group:__world__"]}""", true)]
    [InlineData("""{"read":["group:k3XwQ1aZ"]}""", true)]
    [InlineData("""{"read":["acct:noor@elsewhere.example"]}""", false)]
    [InlineData("""{"read":[]}""", false)]
    [InlineData("null", true)]
    public async Task Only_what_a_group_may_read_is_shared(string permissions, bool shared) =>
        Assert.Equal(
            shared, (await Reading.OneAsync($$"""{"uri":"https://a.example/","text":"x","permissions":{{permissions}}}""")).Shared);

    [Theory]
    [InlineData("""
        "hidden":true
        """)]
    [InlineData("""
        "moderation_status":"SPAM"
        """)]
    public async Task What_a_moderator_took_away_is_not_shared(string key) =>
        Assert.False((await Reading.OneAsync($$"""{"uri":"https://a.example/","text":"x",{{key}}}""")).Shared);

    [Fact]
    public async Task Older_ids_of_twenty_characters_are_kept()
    {
        var draft = await Reading.OneAsync("""{"id":"YhzVwbz5RSq6vN3r4T8m","uri":"https://a.example/","text":"x"}""");
        Assert.Equal("YhzVwbz5RSq6vN3r4T8m", PublicId.Of(draft.Id));
    }

    [Fact]
    public async Task A_reply_knows_its_thread()
    {
        var draft = await Reading.OneAsync(
            """{"uri":"https://a.example/","text":"x","references":["AZxz0mMAfRa5u1sE2VqKXw","AZxz0mMAfRa5u1sE2VqKXg"]}""");
        Assert.Equal(["AZxz0mMAfRa5u1sE2VqKXw", "AZxz0mMAfRa5u1sE2VqKXg"], draft.References.Select(PublicId.Of));
    }

    [Fact]
    public async Task A_page_note_quotes_nothing()
    {
        var draft = await Reading.OneAsync("""{"uri":"https://a.example/","text":"x","target":[{"source":"https://a.example/"}]}""");
        Assert.Null(draft.Quote);
        Assert.Null(draft.Received.Selectors);
    }

    [Fact]
    public async Task A_quote_of_spaces_is_none_and_a_position_backwards_is_none()
    {
        Assert.Null(
            (await Reading.OneAsync(
                """{"uri":"u:x","text":"x","target":[{"selector":[{"type":"TextQuoteSelector","exact":" \n"}]}]}""")).Quote);
        var draft = await Reading.OneAsync(
            """{"uri":"u:x","target":[{"selector":[{"type":"TextQuoteSelector","exact":"q"},{"type":"TextPositionSelector","start":9,"end":3}]}]}""");
        Assert.Equal(new Quote("q"), draft.Quote);
    }

    [Fact]
    public async Task The_same_content_without_an_id_has_the_same_id_and_other_content_another()
    {
        const string first = """{"uri":"https://a.example/","text":"x","created":"2025-01-01T00:00:00Z","tags":["a"]}""";
        var id = (await Reading.OneAsync(first)).Id;
        Assert.Equal(
            id,
            (await Reading.OneAsync("""{"tags":["a"], "created":"2025-01-01T00:00:00Z", "text":"x", "uri":"https://a.example/"}""")).Id);
        Assert.NotEqual(id, (await Reading.OneAsync(first.Replace("\"x\"", "\"y\"", StringComparison.Ordinal))).Id);
        Assert.NotEqual(id, (await Reading.OneAsync(first.Replace("01T", "02T", StringComparison.Ordinal))).Id);
        Assert.Equal(7, id.Version);
    }

    [Fact]
    public async Task A_title_of_paragraphs_is_cut_between_characters()
    {
        var title =
            (await Reading.OneAsync(
                $$$"""{"uri":"u:x","text":"x","document":{"title":["{{{new string('t', Limits.Title - 2)}}}𝄞𝄞"]}}""")).Source!.Title!;
        Assert.Equal(new string('t', Limits.Title - 2) + "…", title);
    }

    [Theory]
    [InlineData("""{"id":"17","uri":"u:x","text":"x"}""", "id: not an annotation id")]
    [InlineData("""{"uri":"u:x","text":7}""", "text: not a text")]
    [InlineData("""{"uri":"u:x","tags":"sea"}""", "tags: not a list")]
    [InlineData("""{"uri":"u:x","text":"x","created":"yesterday"}""", "created: not a time")]
    [InlineData("""{"uri":"u:x","text":"x","created":"1931-01-01T00:00:00Z"}""", "created: before 1970")]
    [InlineData("""{"uri":"u:x","text":"x","group":"a b"}""", "group: not a group id")]
    [InlineData("""{"uri":"u:x","text":"x","references":["?"]}""", "references: not an annotation id")]
    [InlineData("""{"uri":"u:x","text":"x","document":[]}""", "document: not an object")]
    [InlineData("""{"uri":"u:x","text":"x","user":"acct:no or@x"}""", "user: not a user name")]
    public async Task A_record_that_is_not_what_it_should_be_is_refused_with_the_key(string json, string reason) =>
        Assert.Equal(reason, await Reading.RefusalAsync(json));

    [Fact]
    public async Task Without_an_author_it_is_the_importing_persons_or_refused()
    {
        const string json = """{"uri":"u:x","text":"x"}""";
        Assert.Equal(Reading.Believing.AsUser, (await Reading.OneAsync(json)).Provenance!.Author);
        var records = await Reading.RecordsAsync(json, Reading.Believing with { AsUser = null });
        Assert.Equal("user: required", Assert.Single(records).Refusal);
    }
}
