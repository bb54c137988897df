using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;

namespace Annotator.Tests.Domain.Passages.Anchoring;

public sealed class AnchorMutationTests(ITestOutputHelper output)
{
    private const int Scenes = 200;

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
        for (var i = 0; i < Scenes; i++)
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
        for (var i = 0; i < Scenes; i++)
        {
            var scene = Scene.Of(Vocabulary.Of(language), random);
            var word = scene with { Before = scene.Before + string.Concat(scene.Words.Take(3)), Words = [scene.Words[3]], After = string.Concat(scene.Words.Skip(4)) + scene.After };
            // A word said twice is still there when one is removed.
            if (word.Before.TrimEnd().EndsWith(word.Quoted.Trim(), StringComparison.Ordinal) || word.After.StartsWith(word.Quoted.Trim(), StringComparison.Ordinal))
                continue;
            var found = Anchor.Find(word.Quote, SnapshotText.Of(Mutation.Removed(word).Text));
            Assert.True(found.Kind == PlacementKind.Unplaced, $"“{word.Quoted}” is found as “{found.Text}” of {found.Confidence}, seed run {i}.");
        }
    }

    private void AssertFound(string language, Func<Quote, Quote> known)
    {
        var failures = new List<string>();
        foreach (var (kind, mutate) in Mutation.All)
        {
            var random = new Random(17);
            var (right, wrong) = (0, 0);
            for (var i = 0; i < Scenes; i++)
            {
                var scene = Scene.Of(Vocabulary.Of(language), random);
                var changed = mutate(scene, random);
                var found = Anchor.Find(known(scene.Quote), SnapshotText.Of(changed.Text));
                (right, wrong) = found.Kind == PlacementKind.Unplaced ? (right, wrong) : changed.Holds(found) ? (right + 1, wrong) : (right, wrong + 1);
            }

            output.WriteLine($"{language}, {kind}: precision {(double)right / Math.Max(1, right + wrong):P1}, recall {(double)right / Scenes:P1}");
            if (right < 0.99 * (right + wrong))
                failures.Add($"{kind}: {wrong} marks of {right + wrong} are wrong.");
            // Of two like paragraphs nothing says which one was quoted: there none is the right answer.
            if (right < 0.95 * Scenes && kind is not "duplicate")
                failures.Add($"{kind}: {Scenes - right} quotes of {Scenes} are not found.");
        }

        Assert.Empty(failures);
    }
}
