using Annotator.Domain.Text;
using CsCheck;

namespace Annotator.Tests.Domain.Text;

public sealed class DifferencesTests
{
    [Fact]
    public void Words_are_compared_one_by_one() => Assert.Equal(
        [
            new(DifferenceKind.Same, "Joy comes "),
            new(DifferenceKind.Removed, "first"),
            new(DifferenceKind.Added, "last"),
            new(DifferenceKind.Same, "."),
        ],
        new Differences().Between("Joy comes first.", "Joy comes last."));

    [Fact]
    public void Characters_are_compared_one_by_one_where_no_spaces_part_words() => Assert.Equal(
        [new(DifferenceKind.Same, "學而"), new(DifferenceKind.Removed, "時"), new(DifferenceKind.Added, "日"), new(DifferenceKind.Same, "習之")],
        new Differences().Between("學而時習之", "學而日習之"));

    [Fact]
    public void Equal_texts_of_any_length_are_one_stretch()
    {
        var text = Flood("ab ", Differences.MaxChunks);
        Assert.Equal([new(DifferenceKind.Same, text)], new Differences().Between(text, text));
        Assert.Empty(new Differences().Between("", ""));
    }

    /// <summary>Comparing these would take gigabytes: the time of the test would be the least of it.</summary>
    [Fact]
    public void Texts_beyond_the_limit_are_shown_as_they_are()
    {
        var (before, after) = (Flood("ab ", 2_000_000), Flood("ba ", 2_000_000));
        Assert.Equal([new(DifferenceKind.Removed, before), new(DifferenceKind.Added, after)], new Differences().Between(before, after));
        Assert.Equal([new(DifferenceKind.Added, after)], new Differences().Between("", after));
    }

    [Fact]
    public void Texts_up_to_the_limit_are_compared()
    {
        var text = Flood("ab ", Differences.MaxChunks / 4 - 1);
        Assert.Equal([new(DifferenceKind.Same, text), new(DifferenceKind.Added, "x")], new Differences().Between(text, text + "x"));
    }

    /// <summary>Each of these comparisons by words takes 100 million pairs, and a page of a history has fifty.</summary>
    [Fact]
    public void All_comparisons_of_a_page_together_are_bounded()
    {
        var (before, after) = (Flood("中文", Differences.MaxChunks / 4), Flood("文字", Differences.MaxChunks / 4));
        var page = new Differences();
        Assert.True(page.Between(before, after).Count > 2);
        Assert.True(Replaced(before, after).SequenceEqual(page.Between(before, after)));
        // What differs in a word costs nothing to speak of.
        var half = before[1..];
        Assert.Equal([DifferenceKind.Same, DifferenceKind.Added], new Differences(1).Between(half, half + "x").Select(d => d.Kind));
    }

    [Fact]
    public void What_is_too_long_to_be_compared_by_words_is_compared_by_lines()
    {
        var line = Flood("ab ", Differences.MaxChunks / 2) + "\n";
        Difference[] expected =
        [
            new(DifferenceKind.Same, line),
            new(DifferenceKind.Removed, "x"),
            new(DifferenceKind.Added, "y"),
            new(DifferenceKind.Same, "\n" + line),
            new(DifferenceKind.Added, "z"),
        ];
        Assert.True(expected.SequenceEqual(new Differences().Between($"{line}x\n{line}", $"{line}y\n{line}z")));
    }

    [Fact]
    public void Joined_the_stretches_are_both_texts()
    {
        var text = Gen.OneOf(Gen.Char["ab 中文\n"].Array[0, 12].Select(c => new string(c)), Gen.String[0, 12]);
        Gen.Select(text, text, Gen.Long[0, 40]).Sample(
            (before, after, pairs) =>
            {
                var pieces = new Differences(pairs).Between(before, after);
                Assert.Equal(before, Of(DifferenceKind.Removed));
                Assert.Equal(after, Of(DifferenceKind.Added));

                string Of(DifferenceKind kind) =>
                    string.Concat(pieces.Where(p => p.Kind == kind || p.Kind is DifferenceKind.Same).Select(p => p.Text));
            },
            iter: 5_000);
    }

    private static IReadOnlyList<Difference> Replaced(string before, string after) =>
        [new(DifferenceKind.Removed, before), new(DifferenceKind.Added, after)];

    private static string Flood(string word, int count) => string.Concat(Enumerable.Repeat(word, count));
}
