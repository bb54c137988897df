using System.Globalization;

namespace Annotator.Benchmarks.Search.Rivals;

/// <summary>
/// Asks other engines the same queries over the same records and prints how many times longer the program takes. Each query is asked of
/// the program and of the engine at once after each other, so that what disturbs the one disturbs the other.
/// </summary>
internal sealed class Comparison(string connectionString, CorpusFile corpus, QuerySet queries, Timings timings)
{
    private readonly List<Pair> _pairs = [];

    public async Task RunAsync(Scorecard card, CancellationToken ct)
    {
        await Out.LineAsync($"");
        var sent = await timings.SentAsync(queries, ct);
        await MeasureAsync(new SameSql(await HandRun.OpenAsync(connectionString, ct), sent), ct);
        await MeasureAsync(await Psql.StartAsync(connectionString, sent, ct), ct);
        await MeasureAsync(await Groonga.LoadAsync(corpus, ct), ct);
        await MeasureAsync(await LuceneIndex.LoadAsync(corpus, ct), ct);
        await PrintAsync();
        foreach (var pair in _pairs)
            card.AtMost($"times longer than {pair.Name}, p95", pair.Program.Of().P95 / pair.Rival.Of().P95, pair.Allowed);
    }

    private async Task MeasureAsync(IRival? started, CancellationToken ct)
    {
        if (started is null)
            return;
        await using var rival = started;
        var (able, hits) = (new List<SearchCase>(), 0L);
        foreach (var query in queries.Asked)
        {
            if (await rival.AskAsync(query, ct) is not { } run)
                continue;
            able.Add(query);
            hits += run.Hits ?? 0;
        }

        if (hits > 0)
            await Out.LineAsync($"{rival.Name} finds {hits:N0} in all.");
        if (queries.Asked.Except(able).ToList() is { Count: > 0 } without)
            await Out.LineAsync($"{rival.Name} cannot be asked: {string.Join("; ", without.Select(q => $"{q.Id} {q.Query}"))}");
        var (program, other) = (new Dictionary<SearchCase, double>(), new Dictionary<SearchCase, double>());
        foreach (var query in able)
        {
            program[query] = await timings.DatabaseAsync(ProgramSearch.Compared, query, ct);
            other[query] = await Figures.WarmMedianAsync(async () => (await rival.AskAsync(query, ct))!.Milliseconds);
        }

        if (able.Count > 0)
            _pairs.Add(new Pair(rival.Name, rival.Allowed, new Figures(program), new Figures(other)));
    }

    private async Task PrintAsync()
    {
        await Out.LineAsync($"");
        await Out.LineAsync(
            $"Newest 20 in other engines: median and p95 in milliseconds, and how many times longer the program takes ({Timings.Names[ProgramSearch.Compared]})");
        await Out.LineAsync($"{"Class",-14} |{string.Join(" |", _pairs.Select(p => $"{p.Name,15}{"",17}"))}");
        foreach (var name in queries.Asked.Select(q => q.Class).Distinct(StringComparer.Ordinal).Append(null))
            await Out.LineAsync($"{name ?? "all",-14} |{string.Join(" |", _pairs.Select(p => p.CellOf(name)))}");
    }

    /// <summary>The program and an engine over the queries that the engine can be asked.</summary>
    private sealed record Pair(string Name, double Allowed, Figures Program, Figures Rival)
    {
        public string CellOf(string? name)
        {
            if (!Rival.Milliseconds.Keys.Any(c => c.IsOf(name)))
                return $"{"-",32}";
            var (program, rival) = (Program.Of(name), Rival.Of(name));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{rival.Median,8:N2}{rival.P95,8:N2}{program.Median / rival.Median,8:N1}{program.P95 / rival.P95,8:N1}");
        }
    }
}
