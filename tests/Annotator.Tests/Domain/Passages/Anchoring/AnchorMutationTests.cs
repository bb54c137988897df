using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;

namespace Annotator.Tests.Domain.Passages.Anchoring;

public sealed class AnchorMutationTests
{
    public static TheoryData<string> Languages { get; } = new(Vocabulary.All.Select(v => v.Language));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Quotes_are_found_after_changes_that_leave_most_of_them(string language) => AssertFound(language, quote => quote);

    [Theory]
    [MemberData(nameof(Languages))]
    public void Quotes_without_surroundings_and_position_are_found_too(string language) =>
        AssertFound(language, quote => new Quote(quote.Exact));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Removed_quotes_are_not_placed(string language)
    {
        var random = new Random(29);
        for (var i = 0; i < Tally.Scenes; i++)
        {
            var scene = Scene.Of(Vocabulary.Of(language), random);
            Assert.Equal(Placement.Unplaced, Anchor.Find(scene.Quote, SnapshotText.Of(Mutation.Removed(scene).Text)));
            var without = SnapshotText.Of(Mutation.RemovedWithParagraph(scene).Text);
            Assert.Equal(Placement.Unplaced, Anchor.Find(scene.Quote, without));
            Assert.Equal(Placement.Unplaced, Anchor.Find(new Quote(scene.Quoted), without));
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Single_words_that_are_removed_are_not_placed_elsewhere(string language)
    {
        var random = new Random(31);
        for (var i = 0; i < Tally.Scenes; i++)
        {
            var scene = Scene.Of(Vocabulary.Of(language), random);
            var word = scene with
            {
                Before = scene.Before + string.Concat(scene.Words.Take(3)),
                Words = [scene.Words[3]],
                After = string.Concat(scene.Words.Skip(4)) + scene.After,
            };
            // A word said twice is still there when one is removed.
            if (word.Before.TrimEnd().EndsWith(word.Quoted.Trim(), StringComparison.Ordinal)
                || word.After.StartsWith(word.Quoted.Trim(), StringComparison.Ordinal))
            {
                continue;
            }
            var found = Anchor.Find(word.Quote, SnapshotText.Of(Mutation.Removed(word).Text));
            Assert.True(
                found.Kind == PlacementKind.Unplaced, $"“{word.Quoted}” is found as “{found.Text}” of {found.Confidence}, seed run {i}.");
        }
    }

    private static void AssertFound(string language, Func<Quote, Quote> known)
    {
        foreach (var tally in Tally.Of(Vocabulary.Of(language), known))
        {
            Assert.True(tally.Precision >= 0.99, $"{tally.Kind}: {tally.Wrong} marks of {tally.Right + tally.Wrong} are wrong.");
            // Of two like paragraphs nothing says which one was quoted: there none is the right answer.
            Assert.True(
                tally.Recall >= 0.95 || tally.Kind is "duplicate",
                $"{tally.Kind}: {Tally.Scenes - tally.Right} quotes of {Tally.Scenes} are not found.");
        }
    }
}
