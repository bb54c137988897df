using Annotator.Domain.Passages;

namespace Annotator.Tests.Domain.Passages;

public sealed class PassageOrderTests
{
    private const string Whole = "I went to the woods because I wished to live deliberately, to front only the essential facts of life";
    private const string Inside = "because I wished to live deliberately";
    private const string Across = "to front only the essential facts of life, and see if I could not learn what it had to teach";
    private const string Elsewhere = "Our life is frittered away by detail. Simplify, simplify";

    private readonly FakeTime _clock = new();

    [Fact]
    public void Positions_go_before_everything_else()
    {
        var unplaced = Passage(Elsewhere);
        var late = Passage("second", 200);
        var early = Passage("first", 100);
        Assert.Equal([early, late, unplaced], PassageOrder.Of([unplaced, late, early]).InDocument());
    }

    [Fact]
    public void Without_positions_passages_stand_as_they_were_annotated()
    {
        var first = Passage(Elsewhere);
        var second = Passage(Whole);
        Assert.Equal([first, second], PassageOrder.Of([second, first]).InDocument());
    }

    [Fact]
    public void A_quote_inside_another_stands_next_to_it()
    {
        var whole = Passage(Whole);
        var other = Passage(Elsewhere);
        var inside = Passage(Inside);
        var order = PassageOrder.Of([whole, other, inside]);
        Assert.Equal([whole, inside, other], order.InDocument());
        Assert.Equal([inside], order.OverlapsOf(whole.Id));
        Assert.Equal([whole], order.OverlapsOf(inside.Id));
        Assert.Empty(order.OverlapsOf(other.Id));
    }

    [Fact]
    public void The_end_of_one_quote_can_be_the_beginning_of_another()
    {
        var whole = Passage(Whole);
        var across = Passage(Across);
        Assert.Equal([across], PassageOrder.Of([across, whole]).OverlapsOf(whole.Id));
        Assert.Equal([whole], PassageOrder.Of([across, whole]).OverlapsOf(across.Id));
    }

    [Fact]
    public void Copies_that_differ_in_case_and_line_ends_share_words()
    {
        var whole = Passage(Whole);
        var copy = Passage(Inside.ToUpperInvariant().Replace(" ", "\n", StringComparison.Ordinal));
        Assert.Equal([copy], PassageOrder.Of([whole, copy]).OverlapsOf(whole.Id));
    }

    [Theory]
    [InlineData("學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？", "有朋自遠方來，不亦樂乎")]
    [InlineData("吾輩は猫である。名前はまだ無い。どこで生れたか", "名前はまだ無い。どこで生れたかとんと見当がつかぬ")]
    public void Eight_characters_of_Chinese_or_Japanese_are_no_chance(string one, string other)
    {
        var passages = new[] { Passage(one), Passage(other) };
        Assert.Equal([passages[1]], PassageOrder.Of(passages).OverlapsOf(passages[0].Id));
    }

    [Theory]
    [InlineData("he went into the house", "the house was white and old and large")]
    [InlineData("有朋自遠方來不亦樂乎", "不亦樂乎人不知而不慍")]
    public void A_few_shared_letters_are_chance(string one, string other)
    {
        var passages = new[] { Passage(one), Passage(other) };
        Assert.Empty(PassageOrder.Of(passages).OverlapsOf(passages[0].Id));
    }

    [Fact]
    public void Positions_tell_overlaps_without_looking_at_the_words()
    {
        var long1 = Passage("a b c d", 0);
        var inside = Passage("b c", 2);
        var touching = Passage("e f", 7);
        var order = PassageOrder.Of([long1, inside, touching]);
        Assert.Equal([inside], order.OverlapsOf(long1.Id));
        Assert.Empty(order.OverlapsOf(touching.Id));
    }

    [Fact]
    public void The_same_words_at_two_known_places_do_not_overlap()
    {
        var refrain = Passage(Whole, 0);
        var again = Passage(Whole, 4_000);
        Assert.Empty(PassageOrder.Of([refrain, again]).OverlapsOf(refrain.Id));
    }

    [Fact]
    public void A_thousand_passages_that_begin_differently_are_not_compared_at_all()
    {
        var passages = Enumerable.Range(0, 1_000).Select(i => Passage($"Chapter {i}. {Whole} {Elsewhere} {i}")).ToList();
        var order = PassageOrder.Of(passages);
        Assert.Equal(1_000, order.InDocument().Count());
        Assert.Equal(0, order.Comparisons);
    }

    [Fact]
    public void Long_quotes_that_repeat_themselves_do_not_hold_up_the_page()
    {
        var passages = Enumerable.Range(0, 60).Select(i => Passage(new string('a', 20_000 + i) + (char)('A' + i))).ToList();
        var order = PassageOrder.Of(passages);
        Assert.Equal(60, order.InDocument().Count());
        Assert.InRange(order.Comparisons, 1, 60 * 4_060);
    }

    private Passage Passage(string words, int? start = null)
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        var quote = new Quote(words, Start: start, End: start + words.Length);
        return Annotator.Domain.Passages.Passage.Of(Guid.Empty, quote, quote.WordsKey(), "und", _clock.GetUtcNow());
    }
}
