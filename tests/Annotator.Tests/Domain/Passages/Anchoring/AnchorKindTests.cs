namespace Annotator.Tests.Domain.Passages.Anchoring;

public sealed class AnchorKindTests
{
    private const int Scenes = 12;

    public static TheoryData<string> Kinds { get; } = new(Kind.All.Select(k => k.Name));

    public static TheoryData<string> Gone { get; } = new(Kind.Gone.Select(k => k.Name));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Quotes_are_found_after_what_happens_in_documents(string name)
    {
        var (trials, tally) = Tally.Of(Kind.All.First(k => k.Name.Equals(name, StringComparison.Ordinal)), Vocabulary.All, Scenes);
        Assert.True(tally.Wrong <= 0.02 * trials, $"{name}: {tally.Wrong} of {trials} marks are wrong.");
        Assert.True(tally.Right >= 0.9 * trials, $"{name}: {tally.Right} of {trials} quotes are found.");
    }

    [Theory]
    [MemberData(nameof(Gone))]
    public void Quotes_that_are_gone_are_not_placed_elsewhere(string name)
    {
        var (trials, tally) = Tally.Of(Kind.Gone.First(k => k.Name.Equals(name, StringComparison.Ordinal)), Vocabulary.All, Scenes);
        Assert.True(tally.Wrong <= 0.05 * trials, $"{name}: {tally.Wrong} of {trials} marks are wrong.");
    }
}
