using System.Text;
using Annotator.Domain.Exchange;
using Xunit;

namespace Annotator.Tests.Domain.Exchange;

public sealed class PlainFeedTests
{
    private const string English1 = "The sea does not keep its promises.";
    private const string English2 = "A lighthouse is a letter to strangers.";
    private const string English3 = "Nobody rows home alone.";
    private const string English4 = "Fog is the harbour thinking.";
    private const string Chinese1 = "大海从不守信。";
    private const string Chinese2 = "灯塔是写给陌生人的信。";
    private const string Chinese3 = "没有人独自划船回家。";
    private const string Chinese4 = "雾是港口 (harbour) 的思绪。";

    private static string Feed(params string[] lines) => string.Join('\n', lines);

    private static async Task<string[]> PairsAsync(string feed) =>
        [.. (await Reading.RecordsAsync(feed)).Select(r => $"{r.Draft!.Quote!.Exact} / {r.Draft.Body}")];

    private static async Task<FeedPreview> PreviewAsync(string feed)
    {
        await using var utf8 = await Utf8Input.OpenAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(feed)), TestContext.Current.CancellationToken);
        return await FeedPreview.OfAsync(
            FeedLines.ReadAsync(utf8, TestContext.Current.CancellationToken), 10, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Lines_are_passages_and_comments_in_turn_and_blank_lines_do_not_count()
    {
        var records = await Reading.RecordsAsync(Feed("", English1, "", " True. ", "\t", English2, "Lovely."));
        Assert.Equal("2 6", records.Outline());
        Assert.Equal((English1, "True."), (records[0].Draft!.Quote!.Exact, records[0].Draft!.Body));
    }

    [Fact]
    public async Task The_source_is_named_by_the_options_or_by_the_file()
    {
        var source = (await Reading.OneAsync(Feed(English1, "True."))).Source!;
        Assert.Equal(("urn:x-feed:reading%20notes.txt", "reading notes"), (source.Uri, source.Title));
        var named = Reading.Believing with { SourceUri = "https://texts.example/sea", SourceTitle = "The sea" };
        source = (await Reading.OneAsync(Feed(English1, "True."), named)).Source!;
        Assert.Equal(("https://texts.example/sea", "The sea"), (source.Uri, source.Title));
    }

    [Fact]
    public async Task Equal_pairs_are_two_annotations_and_reading_again_gives_the_same_ids()
    {
        var feed = Feed(English1, "True.", English1, "True.", English2, "Lovely.");
        var first = (await Reading.RecordsAsync(feed)).Select(r => r.Draft!.Id).ToList();
        Assert.Equal(3, first.Distinct().Count());
        Assert.Equal(first, (await Reading.RecordsAsync(feed)).Select(r => r.Draft!.Id));
    }

    [Fact]
    public async Task More_lines_at_the_end_do_not_change_the_ids_before_them()
    {
        var before = (await Reading.RecordsAsync(Feed(English1, "True."))).Select(r => r.Draft!.Id);
        var after = await Reading.RecordsAsync(Feed(English1, "True.", English2, "Lovely."));
        Assert.Equal(before, after.Take(1).Select(r => r.Draft!.Id));
    }

    [Fact]
    public async Task Comments_stay_in_the_order_of_the_feed()
    {
        var records = await Reading.RecordsAsync(Feed(English1, "True.", English2, "Lovely.", English3, "Sad."));
        var times = records.Select(r => r.Draft!.Provenance!.Created).ToList();
        Assert.Equal(times.Order(), times);
        Assert.Equal(3, times.Distinct().Count());
        Assert.Equal(Reading.Now, times[0]);
    }

    [Fact]
    public async Task An_odd_last_line_is_a_passage_without_a_comment()
    {
        Assert.Equal([$"{English1} / True.", $"{English2} / "], await PairsAsync(Feed(English1, "True.", English2)));
        var preview = await PreviewAsync(Feed(English1, "True.", English2));
        Assert.Equal((1, 1), (preview.Pairs, preview.AloneCount));
        Assert.Equal([3], preview.Alone);
    }

    [Fact]
    public async Task Markdown_quotes_have_comments_of_any_length()
    {
        var feed = Feed(
            "> " + English1, "> " + English2, "", "True.", "And:", "", "lovely.", ">" + English3, "> ", "Sad.", "> " + English4);
        Assert.Equal(
            [$"{English1}\n{English2} / True.\nAnd:\n\nlovely.", $"{English3}\n / Sad.", $"{English4} / "],
            await PairsAsync(feed));
        Assert.True((await PreviewAsync(feed)).IsQuoted);
    }

    [Fact]
    public async Task A_quote_sign_later_in_a_feed_is_text()
    {
        var feed = Feed(English1, "True.", "> 3 boats", "Which?");
        Assert.Equal([$"{English1} / True.", "> 3 boats / Which?"], await PairsAsync(feed));
    }

    [Fact]
    public async Task A_passage_without_comment_puts_the_rest_out_of_step_only_until_the_writing_tells()
    {
        var feed = Feed(
            English1, Chinese1, English2, Chinese2, English3, Chinese3,
            English4,
            English1, Chinese1, English2, Chinese2, English3, Chinese3);
        Assert.Equal(
            [
                $"{English1} / {Chinese1}", $"{English2} / {Chinese2}", $"{English3} / {Chinese3}",
                $"{English4} / ",
                $"{English1} / {Chinese1}", $"{English2} / {Chinese2}", $"{English3} / {Chinese3}",
            ],
            await PairsAsync(feed));
        var preview = await PreviewAsync(feed);
        Assert.Equal([new FeedDoubt(7, 7)], preview.Doubts);
        Assert.Equal([7], preview.Alone);
        Assert.Equal(6, preview.Pairs);
    }

    [Fact]
    public async Task A_comment_of_two_lines_is_joined_when_the_writing_tells()
    {
        var feed = Feed(
            English1, Chinese1, English2, Chinese2, English3, Chinese3, Chinese4,
            English4, Chinese4, English1, Chinese1);
        Assert.Equal(
            [
                $"{English1} / {Chinese1}", $"{English2} / {Chinese2}", $"{English3} / {Chinese3}\n{Chinese4}",
                $"{English4} / {Chinese4}", $"{English1} / {Chinese1}",
            ],
            await PairsAsync(feed));
    }

    [Fact]
    public async Task A_single_pair_the_other_way_round_is_left_alone()
    {
        var feed = Feed(
            English1, Chinese1, English2, Chinese2, English3, Chinese3,
            Chinese4, English4,
            English1, Chinese1);
        var pairs = await PairsAsync(feed);
        Assert.Equal(5, pairs.Length);
        Assert.Equal($"{Chinese4} / {English4}", pairs[3]);
        Assert.Empty((await PreviewAsync(feed)).Doubts);
    }

    [Fact]
    public async Task A_line_that_is_no_text_spoils_its_pair_only()
    {
        byte[] feed =
        [
            .. Encoding.UTF8.GetBytes(Feed(English1, "True.", English2, "~", English3, "Sad."))
                .Select(b => b == (byte)'~' ? (byte)0xFF : b),
        ];
        var records = await Reading.RecordsAsync(feed);
        Assert.Equal("1 3! 5", records.Outline());
        Assert.Equal("line 4 is not UTF-8 text or is too long", records[1].Refusal);
    }

    [Fact]
    public async Task The_preview_shows_the_first_pairs_with_their_lines()
    {
        var preview = await PreviewAsync(Feed(English1, "", "True.", English2, "Lovely."));
        Assert.Equal([new PreviewedPair(1, English1, 3, "True."), new PreviewedPair(4, English2, 5, "Lovely.")], preview.First);
    }
}
