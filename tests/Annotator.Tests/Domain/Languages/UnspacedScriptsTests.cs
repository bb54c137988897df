using Annotator.Domain.Languages;

namespace Annotator.Tests.Domain.Languages;

public sealed class UnspacedScriptsTests
{
    private static readonly HashSet<char> Table =
    [
        .. UnspacedScripts.CharactersOf(
            UnspacedScripts.EastAsianLetters + UnspacedScripts.EastAsianSigns + UnspacedScripts.Hangul + UnspacedScripts.SoutheastAsian),
    ];

    [Fact]
    public void The_letters_of_every_script_without_spaces_are_in_the_table()
    {
        // Single letters and conjoining parts of Hangul, and letters of Burmese for other languages, are left to the scripts with spaces.
        var missing = Enumerable.Range(0, 0x10000).Select(c => (char)c)
            .Where(c => WritingSystems.Of(c).IsUnspaced() && !Table.Contains(c))
            .Where(c => WritingSystems.Of(c) is not (WritingSystem.Hangul or WritingSystem.Burmese));
        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("a-é ’'—1ж", false)]
    [InlineData("中あア。、「」Ａ１！", true)]
    public void Signs_of_the_east_are_told_from_others(string signs, bool isEastAsian) =>
        Assert.All(signs, c => Assert.Equal(isEastAsian, UnspacedScripts.IsEastAsian(c)));
}
