using Annotator.Benchmarks.Search.Truth;
using Annotator.Domain.Kernel;

namespace Annotator.Benchmarks.Search;

/// <summary>How right the answer to one query is, from 0 to 1.</summary>
/// <param name="Recall">Part of the rows that must be found which is found.</param>
/// <param name="Precision">Part of the found rows which may be found.</param>
/// <param name="FirstRecall">Of the rows that must stand on the first page, being newer than its last row, the part that does.</param>
/// <param name="FirstPrecision">Of the rows on the first page, the part which may be found.</param>
internal sealed record Score(SearchCase Case, double Recall, double Precision, double FirstRecall, double FirstPrecision)
{
    public bool IsPerfect => this is { Recall: 1, Precision: 1, FirstRecall: 1, FirstPrecision: 1 };
}

/// <summary>Asks the program for all results of each query and compares them with the right answers.</summary>
internal sealed class Correctness(ProgramSearch search, CorpusTruth truth)
{
    // Languages in which any substring of a text is to be found.
    private static readonly string[] Substrings =
    [
        "cjk-1", "cjk-2", "cjk-4+", "cjk-trad", "cjk-variant", "katakana", "ja-mixed", "hangul", "thai",
    ];

    private const int Examples = 3;

    private readonly Dictionary<Guid, int> _numbers = truth.Ids.Index().ToDictionary(i => i.Item, i => i.Index);

    public async Task RunAsync(QuerySet queries, Scorecard card, CancellationToken ct)
    {
        await Out.LineAsync($"");
        await Out.LineAsync($"Answers that are not perfect; the first page as shown in parentheses:");
        var scores = new List<Score>();
        foreach (var query in queries.Asked)
            scores.Add(await ScoreAsync(query, ct));
        await Out.LineAsync($"");
        await Out.LineAsync($"{"Class",-14}{"queries",8}{"recall",10}{"precision",11}{"page recall",13}{"precision",11}");
        foreach (var group in scores.GroupBy(s => s.Case.Class))
            await LineAsync(group.Key, [.. group]);
        await LineAsync("all", scores);
        await Out.LineAsync($"{scores.Count(s => s.IsPerfect)} of {scores.Count} answers are perfect.");
        card.AtLeast("recall, mean", scores.Average(s => s.Recall), 0.995);
        card.AtLeast("precision, mean", scores.Average(s => s.Precision), 0.999);
        card.AtLeast("precision of the first page, mean", scores.Average(s => s.FirstPrecision), 0.999);
        foreach (var group in scores.GroupBy(s => s.Case.Class).Where(g => Substrings.Contains(g.Key)))
            card.AtLeast($"recall, {group.Key}", group.Average(s => s.Recall), 1);
    }

    private static Task LineAsync(string name, List<Score> scores) =>
        Out.LineAsync(
            $"{name,-14}{scores.Count,8}{scores.Average(s => s.Recall),10:N4}{scores.Average(s => s.Precision),11:N4}{scores.Average(s => s.FirstRecall),13:N4}{scores.Average(s => s.FirstPrecision),11:N4}");

    private async Task<Score> ScoreAsync(SearchCase query, CancellationToken ct)
    {
        var answer = truth.Answers[query.Id];
        var (must, right) = (answer.Must.ToHashSet(), answer.Must.Concat(answer.May).ToHashSet());
        var found = (await search.AllAsync(query.Query, ct)).ToHashSet();
        var page = await search.FirstPageAsync(query.Query, ct);
        var numbers = found.Where(_numbers.ContainsKey).Select(id => _numbers[id]).ToHashSet();
        var wrong = found.Where(id => !IsIn(right, id)).ToList();
        var missed = must.Where(n => !numbers.Contains(n)).ToList();
        var due = Due(must, page);
        var score = new Score(
            query,
            Part(must.Count - missed.Count, must.Count),
            Part(found.Count - wrong.Count, found.Count),
            Part(due.Count(page.Contains), due.Count),
            Part(page.Count(id => IsIn(right, id)), page.Count));
        if (!score.IsPerfect)
        {
            await Out.LineAsync(
                $"{query.Id} {query.Class}: {query.Query} recall {score.Recall:N4} ({score.FirstRecall:N4}), precision {score.Precision:N4} ({score.FirstPrecision:N4}); must {must.Count}, may {answer.May.Count}, found {found.Count}");
            await ExamplesAsync("missed", missed.ConvertAll(n => truth.Ids[n]));
            await ExamplesAsync("wrong", wrong);
        }

        return score;
    }

    private static Task ExamplesAsync(string what, List<Guid> ids) =>
        ids.Count == 0
            ? Task.CompletedTask
            : Out.LineAsync($"    {what} {ids.Count}: {string.Join(' ', ids.Take(Examples).Select(PublicId.Of))}");

    private bool IsIn(HashSet<int> rows, Guid id) => _numbers.TryGetValue(id, out var number) && rows.Contains(number);

    /// <summary>What must stand on the page: all that is newer than its last row, everything where the page is not full.</summary>
    private List<Guid> Due(HashSet<int> must, IReadOnlyList<Guid> page)
    {
        var isFull = page.Count == Domain.Search.AnnotationSearch.PageSize;
        var last = isFull && _numbers.TryGetValue(page[^1], out var number) ? truth.Created[number] : DateTimeOffset.MinValue;
        return [.. must.Where(n => truth.Created[n] > last).Select(n => truth.Ids[n])];
    }

    private static double Part(int part, int whole) => whole == 0 ? 1 : (double)part / whole;
}
