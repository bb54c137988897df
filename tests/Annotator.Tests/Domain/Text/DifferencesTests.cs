using Annotator.Domain.Text;
using Xunit;

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
        Differences.Between("Joy comes first.", "Joy comes last."));

    [Fact]
    public void Characters_are_compared_one_by_one_where_no_spaces_part_words() => Assert.Equal(
        [new(DifferenceKind.Same, "學而"), new(DifferenceKind.Removed, "時"), new(DifferenceKind.Added, "日"), new(DifferenceKind.Same, "習之")],
        Differences.Between("學而時習之", "學而日習之"));

    [Fact]
    public void Equal_texts_of_any_length_are_one_stretch()
    {
        var text = Flood("ab ", Differences.MaxChunks);
        Assert.Equal([new(DifferenceKind.Same, text)], Differences.Between(text, text));
        Assert.Empty(Differences.Between("", ""));
    }

    /// <summary>Comparing these would take gigabytes: the time of the test would be the least of it.</summary>
    [Fact]
    public void Texts_beyond_the_limit_are_shown_as_they_are()
    {
        var (before, after) = (Flood("ab ", 2_000_000), Flood("ba ", 2_000_000));
        Assert.Equal([new(DifferenceKind.Removed, before), new(DifferenceKind.Added, after)], Differences.Between(before, after));
        Assert.Equal([new(DifferenceKind.Added, after)], Differences.Between("", after));
    }

    [Fact]
    public void Texts_up_to_the_limit_are_compared()
    {
        var text = Flood("ab ", Differences.MaxChunks / 4 - 1);
        Assert.Equal([new(DifferenceKind.Same, text), new(DifferenceKind.Added, "x")], Differences.Between(text, text + "x"));
    }

    private static string Flood(string word, int count) => string.Concat(Enumerable.Repeat(word, count));
}
