using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;

namespace Annotator.Tests.Domain.Passages.Anchoring;

/// <summary>How many quotes were found rightly and wrongly after one kind of change; the rest was not found.</summary>
internal sealed record Tally(string Kind, int Right, int Wrong)
{
    public const int Scenes = 200;

    /// <summary>Tries a kind of change on texts of some languages.</summary>
    /// <param name="scenes">Texts of each language.</param>
    /// <param name="known">What is known of a quote; by default what the kind says.</param>
    /// <param name="failed">Is told of every trial that was not right.</param>
    /// <returns>How many trials there were, and the tally.</returns>
    public static (int Trials, Tally Tally) Of(
        Kind kind, IEnumerable<Vocabulary> languages, int scenes, Func<Quote, Quote>? known = null, Action<Trial, Placement>? failed = null)
    {
        var (trials, right, wrong) = (0, 0, 0);
        foreach (var vocabulary in languages.Where(kind.IsIn))
        {
            var random = new Random(17);
            for (var i = 0; i < scenes; i++, trials++)
            {
                var trial = kind.Trial(Scene.Of(vocabulary, random), random);
                var found = trial.Found(known ?? kind.Known);
                var isRight = trial.IsRight(found);
                right += isRight is true ? 1 : 0;
                wrong += isRight is false ? 1 : 0;
                if (isRight is not true)
                    failed?.Invoke(trial, found);
            }
        }

        return (trials, new Tally(kind.Name, right, wrong));
    }

    /// <summary>Of what was found, how much is right.</summary>
    public double Precision => Right + Wrong == 0 ? 1 : (double)Right / (Right + Wrong);

    /// <summary>Of all there is to find, how much is found.</summary>
    public double Recall => (double)Right / Scenes;

    /// <summary>Changes texts in each of the ways and looks for what was quoted of them.</summary>
    /// <param name="known">What is known of a quote.</param>
    public static IEnumerable<Tally> Of(Vocabulary vocabulary, Func<Quote, Quote> known)
    {
        foreach (var (kind, mutate) in Mutation.All)
        {
            var random = new Random(17);
            var (right, wrong) = (0, 0);
            for (var i = 0; i < Scenes; i++)
            {
                var scene = Scene.Of(vocabulary, random);
                var changed = mutate(scene, random);
                var found = Anchor.Find(known(scene.Quote), SnapshotText.Of(changed.Text));
                (right, wrong) = found.Kind == PlacementKind.Unplaced
                    ? (right, wrong)
                    : changed.Holds(found) ? (right + 1, wrong) : (right, wrong + 1);
            }

            yield return new Tally(kind, right, wrong);
        }
    }
}
