using Annotator.Domain.Kernel;
using Annotator.Domain.Text;
using CsCheck;

namespace Annotator.Tests.Domain.Text;

/// <summary>What a text can make of the memory and time of everybody who looks at it.</summary>
public sealed class MarkdownBoundsTests
{
    // What the parser allocates counts its work on every machine alike. The worst text that is known takes a third of it.
    private const long MostAllocated = 300L * 1024 * 1024;

    private static readonly string RaggedTable = Repeated("|a", 300) + "\n" + Repeated("|-", 300) + "\n" + Repeated("|b\n", 5_000);

    public static TheoryData<string> Hostile =>
    [
        RaggedTable,
        RaggedTable.Replace("\n", "\r\n", StringComparison.Ordinal),
        RaggedTable.Replace("\n", "\r", StringComparison.Ordinal),
        RaggedTable.Replace("\n", "\n> ", StringComparison.Ordinal),
        "- " + RaggedTable.Replace("\n", "\n  ", StringComparison.Ordinal),
        RaggedTable.Replace("-\n", "-\u00a0\n", StringComparison.Ordinal),
        RaggedTable.Replace("-\n", "-\u2003\n", StringComparison.Ordinal),
        Repeated(Repeated("a|", 100) + "\n" + Repeated("-|", 100) + "\n" + Repeated("|b\n", 100) + "\n", 30),
        $"[x]: http://a.example/{new string('y', 2_000)}\n\n" + Repeated("[x]", 12_000),
        $"[x]: http://a.example/ \"{new string('&', 2_000)}\"\n\n" + Repeated("[x] ", 9_000),
        Repeated("http://a.b ", 3_600),
        Repeated("*a*", 13_000),
        Repeated("-\n", 20_000),
        Repeated("1. ", 4_052) + Repeated("\n", 6_957) + "~~",
        Repeated("- ", 3_000) + Repeated("\r", 30_000),
        Repeated("> - ", 1_500) + Repeated("\n", 30_000),
        Repeated("1. ", 128) + Repeated("\n", 39_000),
        Repeated("1. ", 25) + Repeated("\n", 19_000),
        Repeated("1. ", 25) + "a" + Repeated("\n\n a", 9_000),
        string.Concat(Enumerable.Range(0, 100).Select(i => new string(' ', 2 * i) + "- a\n")) + Repeated("\n", 4_900),
        string.Concat(Enumerable.Range(0, 190).Select(i => new string(' ', 2 * i) + "- a\n")) + Repeated("\n", 2_000),
        Repeated("\t", 1_000) + "- " + Repeated("\n", 30_000),
        Repeated("# \n", 13_000),
        Repeated("- ", 20_000),
        Repeated("\u00a0", 40_000),
        Repeated("&", 40_000),
        Repeated("<a@b.c>", 5_700),
        Repeated("![a](http://a.b)", 2_500),
        Repeated("&", Limits.Body),
        Repeated("`a`", 13_000),
        Repeated("a\n", 20_000),
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_a_text_makes_is_bounded(string markdown) => AssertBounded(markdown);

    [Fact]
    public void What_any_text_makes_is_bounded()
    {
        var pieces = Pieces.OneOf(
            "|", "|a", "|-", "-", "\n", "\n\n", "> ", "- ", "1. ", "*", "_", "~~", "`", "[", "]", "](", ")", "![", "[x]",
            "[x]: http://a.b\n", "http://a.b ", "<a@b.c>",
            "&", "<", "\\", "# ", "    ", "\t", "\r", "中", "a", "https://例え。", "- [ ] ", "```\n", "\u00a0", "|-\u2003", "\0");
        Gen.Select(
            pieces.List[1, 6].Select(string.Concat),
            Gen.Int[1, 20_000],
            pieces.List[0, 4].Select(string.Concat),
            Gen.Int[0, 10_000],
            pieces.List[0, 6].Select(string.Concat))
            .Select((head, heads, middle, middles, tail) => Repeated(head, Math.Min(heads, Limits.Body / head.Length))
                + "\n"
                + Repeated(middle, middles)
                + tail)
            .Select(text => text.Length <= Limits.Body ? text : text[..Limits.Body])
            .Sample(AssertBounded, iter: 300, threads: 1);
    }

    [Fact]
    public void A_table_beyond_reason_is_shown_as_it_was_typed()
    {
        var html = MarkdownRenderer.ToHtml(RaggedTable);
        Assert.StartsWith("<p>|a|a", html, StringComparison.Ordinal);
        Assert.Equal(5_001, html.Split("<br>").Length - 1);
        Assert.Equal(RaggedTable.Trim(), MarkdownRenderer.PlainText(RaggedTable));
    }

    /// <summary>The parser takes white space of every script beside the hyphens below a table's head.</summary>
    [Theory]
    [InlineData("|-\u00a0\n")]
    [InlineData("|\u2003-\n")]
    [InlineData("|-\u3000\n")]
    public void A_table_is_counted_whatever_its_white_space_is(string lastDelimiter) =>
        Assert.True(TableSize.IsTooLarge(RaggedTable.Replace("|-\n", lastDelimiter, StringComparison.Ordinal)));

    [Fact]
    public void Lists_in_lists_are_lists()
    {
        var lists = string.Concat(Enumerable.Range(0, 400).Select(i => new string(' ', 2 * (i % 20)) + "- a\n"));
        Assert.Equal(400, MarkdownRenderer.ToHtml(lists).Split("<li>").Length - 1);
    }

    /// <summary>The parser takes time by the square of these, and little memory: no other measure of it is the same everywhere.</summary>
    [Theory]
    [InlineData("*a*", 13_000)]
    [InlineData("_a *b ", 6_600)]
    [InlineData("*中*文", 10_000)]
    [InlineData("~~a~~", 8_000)]
    [InlineData("*[a][b]* ", 4_400)]
    [InlineData("*|a* ", 8_000)]
    [InlineData("**a** \n", 5_000)]
    [InlineData("[", 40_000)]
    [InlineData("![", 20_000)]
    [InlineData("[^", 20_000)]
    [InlineData("[a][", 10_000)]
    [InlineData("[a](", 10_000)]
    [InlineData("[a](b (", 5_700)]
    [InlineData("[a](\\(", 6_600)]
    [InlineData("[a](b)", 6_600)]
    [InlineData("[^1]", 10_000)]
    [InlineData("[\\]", 13_000)]
    [InlineData("[`", 20_000)]
    [InlineData("|[", 20_000)]
    [InlineData("- [ ] ", 6_600)]
    [InlineData("-\n", 20_000)]
    [InlineData("a\n", 20_000)]
    [InlineData("a\r", 20_000)]
    public void What_takes_time_by_its_square_is_shown_as_it_was_typed(string piece, int count)
    {
        var markdown = Repeated(piece, count);
        var shown = $"<p>{markdown.Trim().ReplaceLineEndings("<br>")}</p>";
        Assert.Equal(shown, MarkdownRenderer.ToHtml(markdown));
        Assert.Equal(markdown.Trim(), MarkdownRenderer.PlainText(markdown));
    }

    [Fact]
    public void Much_emphasis_is_emphasis()
    {
        Assert.Equal(1_000, MarkdownRenderer.ToHtml(Repeated("*a* ", 1_000)).Split("<em>").Length - 1);
        Assert.Equal(6_000, MarkdownRenderer.ToHtml(Repeated("*a* *b* *c*\n\n", 2_000)).Split("<em>").Length - 1);
    }

    [Fact]
    public void Brackets_in_each_other_are_not_parsed_to_the_end()
    {
        Assert.True(MarkSize.IsTooLarge(Repeated("[", 10_000) + "a" + Repeated("](b)", 7_000)));
        Assert.True(MarkSize.IsTooLarge(Repeated("![", 2_000)));
        Assert.True(MarkSize.IsTooLarge(Repeated("[*a* ", 1_200)));
        Assert.False(MarkSize.IsTooLarge(Repeated("]", 40_000)));
    }

    [Fact]
    public void Many_links_are_links()
    {
        var list = string.Concat(Enumerable.Range(0, 1_000).Select(i => $"- [the page {i}](https://a.example/{i})\n"));
        Assert.Equal(1_000, MarkdownRenderer.ToHtml(list).Split("<a ").Length - 1);
        Assert.Equal(2_000, MarkdownRenderer.ToHtml(Repeated("[a](http://b.c)\n\n", 2_000)).Split("<a ").Length - 1);
        Assert.Equal(1_000, MarkdownRenderer.ToHtml(Repeated("- [ ] a thing to do\n", 1_000)).Split("<input ").Length - 1);
    }

    /// <summary>
    /// Signs that begin something which nothing ends. The parser allocates for each what it makes of it: it makes no more of each where
    /// there are more.
    /// </summary>
    [Theory]
    [InlineData("<")]
    [InlineData("<a")]
    [InlineData("<http:")]
    [InlineData("(")]
    [InlineData("](")]
    [InlineData("==a")]
    [InlineData("&#1")]
    [InlineData("\\")]
    [InlineData("www.")]
    [InlineData("http://a.b(")]
    [InlineData("[a]: b\n")]
    [InlineData("[a]: b '\n")]
    [InlineData("[a]: <\n\n")]
    [InlineData("```\n")]
    public void Twice_as_many_signs_take_twice_as_much(string piece)
    {
        var count = 18_000 / piece.Length;
        Allocated(Repeated(piece, 10));
        var (once, twice) = (Allocated(Repeated(piece, count)), Allocated(Repeated(piece, 2 * count)));
        Assert.InRange(twice, 0, 3 * once + 1_000_000);
    }

    [Fact]
    public void Backticks_of_growing_number_take_no_more_than_their_length()
    {
        var (once, twice) = (Allocated(Growing(190)), Allocated(Growing(270)));
        Assert.InRange(twice, 0, 3 * once + 1_000_000);

        static string Growing(int runs) => string.Concat(Enumerable.Range(1, runs).Select(i => "e" + new string('`', i)));
    }

    [Fact]
    public void A_large_table_is_a_table()
    {
        var html = MarkdownRenderer.ToHtml("|a|b|c|\n|-|-|-|\n" + Repeated("|1|2|3|\n", 1_000));
        Assert.Equal(3_000, html.Split("<td>").Length - 1);
    }

    [Fact]
    public void A_text_is_rendered_once_and_so_is_its_next_version()
    {
        using var cache = new MarkdownCache();
        var (first, second) = (cache.ToHtml("a *word*"), cache.ToHtml("another *word*"));
        Assert.Same(first, cache.ToHtml("a " + "*word*"));
        Assert.Same(second, cache.ToHtml("another *word*"));
        Assert.NotEqual(first, second);
        Assert.Equal(2, cache.Count);
        var plain = cache.PlainText("a *word*");
        Assert.Equal("a word", plain);
        Assert.Same(plain, cache.PlainText("a " + "*word*"));
        Assert.Equal(3, cache.Count);
    }

    [Fact]
    public void Rendered_texts_take_no_more_memory_than_they_may()
    {
        using var cache = new MarkdownCache(100_000);
        for (var i = 0; i < 2_000; i++)
            Assert.Equal($"<p><em>{i}</em></p>", cache.ToHtml($"*{i}*").Trim());
        // Each takes more than 300 bytes.
        Assert.InRange(cache.Count, 0, 333);
        cache.ToHtml(Repeated("*a*", 10_000));
        Assert.InRange(cache.Count, 0, 333);
    }

    private static long Allocated(string markdown)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        MarkdownRenderer.ToHtml(markdown);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void AssertBounded(string markdown)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var html = MarkdownRenderer.ToHtml(markdown);
        var plain = MarkdownRenderer.PlainText(markdown);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(html.Length, 0, MarkdownRenderer.LongestHtml(markdown.Length));
        Assert.InRange(plain.Length, 0, markdown.Length + TableSize.MaxCells);
        Assert.InRange(allocated, 0, MostAllocated);
    }

    private static string Repeated(string piece, int count) => string.Concat(Enumerable.Repeat(piece, count));
}
