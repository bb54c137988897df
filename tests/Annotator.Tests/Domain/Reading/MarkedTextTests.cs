using System.Net;
using System.Text.RegularExpressions;
using Annotator.Domain.Reading;
using CsCheck;

namespace Annotator.Tests.Domain.Reading;

public sealed partial class MarkedTextTests
{
    private const string Html =
        "<h1>One</h1>\n<p>Cats &amp; <em>dogs</em> 🐈 sleep.</p>\n<p>Rain <ruby>雨<rp>(</rp><rt>あめ</rt><rp>)</rp></ruby> falls.</p>\n";
    private const string Text = "One\nCats & dogs 🐈 sleep.\nRain 雨 falls.\n";

    [Fact]
    public void Behind_the_end_of_a_mark_stands_its_number_in_the_same_paragraph()
    {
        Mark[] marks = [new(0, 3, "a") { Number = 1 }, new(0, 7, "b") { Number = 2 }, new(8, 11, "c")];
        var html = MarkedText.Of("<p>one <b>two</b></p>\n<p>end</p>", marks).Html;
        Assert.Contains("""one</mark><span class="note" data-note="1"></span>""", html, StringComparison.Ordinal);
        Assert.Contains("""two</mark><span class="note" data-note="2"></span></b></p>""", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("class=\"note\"").Length - 1);
    }

    [Fact]
    public void A_mark_ends_before_a_tag_and_begins_again_behind_it() => Assert.Contains(
        """<p><mark class="mark" data-passages="p" aria-details="p-p" id="m-p" tabindex="0">Cats &amp; </mark><em><mark class="mark" data-passages="p" aria-details="p-p">dogs</mark></em><mark class="mark" data-passages="p" aria-details="p-p"> 🐈</mark> sleep.""",
        MarkedText.Of(Html, [Mark("Cats & dogs 🐈")]).Html, StringComparison.Ordinal);

    [Fact]
    public void Readings_are_neither_counted_nor_marked() => Assert.Contains(
        """<mark class="mark" data-passages="p" aria-details="p-p">雨</mark><rp>(</rp><rt>あめ</rt><rp>)</rp></ruby><mark class="mark" data-passages="p" aria-details="p-p"> falls</mark>.""",
        MarkedText.Of(Html, [Mark("Rain 雨 falls")]).Html, StringComparison.Ordinal);

    [Fact]
    public void Where_marks_overlap_a_piece_names_all_of_them_the_smallest_first()
    {
        var marked = MarkedText.Of(Html, [Mark("Rain 雨 falls", "long"), Mark("falls", "short")]).Html;
        Assert.Contains(
            """data-passages="short long" aria-details="p-short p-long" id="m-short" tabindex="0">falls</mark>""",
            marked,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Between_blocks_stands_no_mark() =>
        Assert.DoesNotContain("<mark", Spaces().Match(MarkedText.Of(Html, [Mark(Text.Trim())]).Html).Value, StringComparison.Ordinal);

    [Fact]
    public void Headings_become_the_outline() => Assert.Equal([new Heading("h-1", 1, "One")], MarkedText.Of(Html, [Mark("One")]).Outline);

    [Fact]
    public void Marks_change_nothing_but_themselves_and_hold_the_very_words() =>
        Gen.Select(Gen.Int[0, Length], Gen.Int[0, Length]).Array[0, 6].Sample(ends =>
        {
            var marks = ends.Select((e, i) => new Mark(Math.Min(e.Item1, e.Item2), Math.Max(e.Item1, e.Item2), $"p{i}")).ToList();
            var marked = MarkedText.Of(Html, marks).Html;
            Assert.Equal(Html, Marks().Replace(marked, "").Replace(" id=\"h-1\"", "", StringComparison.Ordinal));
            foreach (var mark in marks.Where(m => m.Start < m.End))
            {
                var words = string.Concat(
                    Pieces().Matches(Readings().Replace(marked, ""))
                        .Where(m => m.Groups["p"].Value.Split(' ').Contains(mark.Passage))
                        .Select(m => WebUtility.HtmlDecode(m.Groups["t"].Value)));
                Assert.Equal(Slice(mark).Replace("\n", "", StringComparison.Ordinal), words);
            }
        });

    private static int Length => Text.EnumerateRunes().Count();

    private static string Slice(Mark mark) =>
        string.Concat(Text.EnumerateRunes().Skip(mark.Start).Take(mark.End - mark.Start).Select(r => r.ToString()));

    private static Mark Mark(string words, string passage = "p")
    {
        var start = Text[..Text.IndexOf(words, StringComparison.Ordinal)].EnumerateRunes().Count();
        return new Mark(start, start + words.EnumerateRunes().Count(), passage);
    }

    [GeneratedRegex("</?mark[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Marks();

    [GeneratedRegex("<(?<n>rt|rp)>.*?</\\k<n>>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Readings();

    [GeneratedRegex("<mark[^>]*data-passages=\"(?<p>[^\"]*)\"[^>]*>(?<t>[^<]*)</mark>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pieces();

    [GeneratedRegex("</p>.*?<p>", RegexOptions.Singleline, 1000)]
    private static partial Regex Spaces();
}
