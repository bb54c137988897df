using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;
using Annotator.Tests.Domain.Passages.Anchoring;

namespace Annotator.Benchmarks;

/// <summary>
/// Times how long it takes to find a quote in a text of a million characters, and counts how often the place is right after
/// changes.
/// </summary>
internal static class AnchoringBenchmark
{
    private const int Characters = 1_000_000;
    private const int Quotes = 40;
    private const int KindScenes = 40;
    private const double TargetMilliseconds = 50;

    private static readonly MadeUpWords[] Languages =
    [
        new("English", "a e i o u ea ou", "b c d f g h l m n p r s t th w"),
        new("Chinese", '\u4e00', 3_000),
    ];

    public static Command Command()
    {
        var command = new Command(
            "anchoring",
            "Time how long it takes to find a quote in a million characters, and count right and wrong places in changed texts");
        var texts = new Option<DirectoryInfo?>("--texts")
        {
            Description = "Change the texts of this folder (*.txt, a paragraph a line) in place of made-up ones, and count only",
        };
        var failures = new Option<bool>("--failures") { Description = "Print the quotes that were not placed rightly" };
        command.Options.Add(texts);
        command.Options.Add(failures);
        command.SetAction((parsed, _) => parsed.GetValue(texts) is { } folder
            ? CountKindsAsync([.. folder.GetFiles("*.txt").OrderBy(f => f.Name).Select(OfFile)], parsed.GetValue(failures))
            : RunAsync());
        return command;
    }

    private static Vocabulary OfFile(FileInfo file) =>
        Vocabulary.OfText(Path.GetFileNameWithoutExtension(file.Name), [.. File.ReadLines(file.FullName).Where(l => l.Length > 0)]);

    private static async Task RunAsync()
    {
        await Out.LineAsync($"{"",-34}{"median",10}{"95 %",10}{"most",10}   milliseconds; target {TargetMilliseconds}");
        foreach (var words in Languages)
        {
            var text = TextOf(words, new Random(1));
            var times = Enumerable.Range(0, 7).Select(_ => Milliseconds(() => SnapshotText.Of(text))).ToList();
            await PrintAsync($"{words.Language}, folding once", Spread.Of(times.Skip(2)), "");
            foreach (var length in (int[])[20, 200, 2_000])
            {
                foreach (var kind in (string[])["exact", "changed", "absent"])
                    await MeasureAsync(words, SnapshotText.Of(text), kind, length);
            }
        }

        await CountAsync();
        await CountKindsAsync(Vocabulary.All, false);
    }

    private static async Task CountKindsAsync(IReadOnlyList<Vocabulary> languages, bool isPrintingFailures)
    {
        foreach (var kinds in (IReadOnlyList<Kind>[])[Kind.All, Kind.Gone])
        {
            var (all, right, wrong) = (0, 0, 0);
            await Out.LineAsync($"");
            var title = kinds == Kind.All ? "What happens in documents" : "The quote is gone";
            await Out.LineAsync($"{title,-44}{"n",6}{"right %",10}{"wrong",8}{"words only %",14}{"wrong",8}");
            foreach (var kind in kinds)
            {
                var failures = new List<(Trial Trial, Placement Found)>();
                var (trials, known) = Tally.Of(kind, languages, KindScenes, null, (trial, found) => failures.Add((trial, found)));
                var (_, words) = Tally.Of(kind, languages, KindScenes, quote => new Quote(quote.Exact), (trial, found) =>
                {
                    if (found.Kind is not PlacementKind.Unplaced)
                        failures.Add((trial, found));
                });
                (all, right, wrong) = (all + trials, right + known.Right, wrong + known.Wrong);
                var (ofAll, ofWords) = (100.0 * known.Right / trials, 100.0 * words.Right / trials);
                await Out.LineAsync($"{kind.Name,-44}{trials,6}{ofAll,10:F1}{known.Wrong,8}{ofWords,14:F1}{words.Wrong,8}");
                foreach (var (trial, found) in isPrintingFailures ? failures.Take(6) : [])
                    await PrintAsync(trial, found);
            }

            await Out.LineAsync($"{"all",-44}{all,6}{100.0 * right / all,10:F1}{wrong,8} ({100.0 * wrong / all:F2} %)");
        }
    }

    private static async Task PrintAsync(Trial trial, Placement found)
    {
        var runes = trial.Text.EnumerateRunes().ToList();
        var quote = trial.Quote;
        await Out.LineAsync($"    “{quote.Prefix}[{quote.Exact}]{quote.Suffix}”");
        await Out.LineAsync($"      stands “{(trial.Place is var (start, end) ? Around(start, end) : "–")}”");
        await Out.LineAsync($"      placed {found.Confidence:F2} “{Around(found.Start, found.End)}”");

        string Around(int from, int to) => string.Concat(runes.Skip(from - 20).Take(to - Math.Max(0, from - 20) + 20));
    }

    private static async Task CountAsync()
    {
        await Out.LineAsync($"");
        await Out.LineAsync($"{"Precision and recall, in %",-34}{string.Concat(Mutation.All.Select(m => $"{m.Key,18}"))}");
        foreach (var vocabulary in Vocabulary.All)
        {
            await Out.LineAsync($"{vocabulary.Language,-34}{Line(Tally.Of(vocabulary, quote => quote))}");
            await Out.LineAsync($"{"  of the words alone",-34}{Line(Tally.Of(vocabulary, quote => new Quote(quote.Exact)))}");
        }

        await Out.LineAsync(
            $"A duplicate is a paragraph that stands in the text twice: where nothing tells the two apart, none is the right answer.");

        static string Line(IEnumerable<Tally> tallies) =>
            string.Concat(tallies.Select(t => $"{FormattableString.Invariant($"{100 * t.Precision:F1} {100 * t.Recall:F1}"),18}"));
    }

    private static async Task MeasureAsync(MadeUpWords words, SnapshotText text, string kind, int length)
    {
        var random = new Random(length);
        var (times, placed) = (new List<double>(), 0);
        for (var i = 0; i < Quotes; i++)
        {
            var start = random.Next(Characters - length - 64) + 32;
            var around = text.Text.Substring(start - 32, length + 64);
            var absent = TextOf(words, random, length + 64);
            var exact = kind switch
            {
                "exact" => around[32..^32],
                "changed" => Changed(around[32..^32], random),
                _ => absent[32..(32 + length)]
            };
            var context = kind is "absent" ? absent : around;
            // No position: else the untouched place is found without a search.
            var quote = new Quote(exact, context[..32], context[(32 + length)..(64 + length)]);
            times.Add(Milliseconds(() => placed += Anchor.Find(quote, text).Kind == PlacementKind.Unplaced ? 0 : 1));
        }

        await PrintAsync($"{words.Language}, {length} characters, {kind}", Spread.Of(times.Skip(5)), $"{placed} of {Quotes} placed");
    }

    private static Task PrintAsync(string what, Spread spread, string placed) =>
        Out.LineAsync($"{what,-34}{spread.Median,10:N2}{spread.P95,10:N2}{spread.Most,10:N2}   {placed}");

    private static string TextOf(MadeUpWords words, Random random, int length = Characters)
    {
        var text = new StringBuilder(length + 200);
        while (text.Length < length)
            text.Append(words.Sentence(random, 15)).Append(' ');
        return text.ToString(0, length);
    }

    // Every tenth character is gone.
    private static string Changed(string text, Random random) => string.Concat(text.Where(_ => random.Next(10) > 0));

    private static double Milliseconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
