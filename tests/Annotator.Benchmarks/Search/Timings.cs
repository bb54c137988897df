using System.Diagnostics;

namespace Annotator.Benchmarks.Search;

/// <summary>Times the calls of the program's search: in the database, and until the program has the answer.</summary>
internal sealed class Timings(ProgramSearch search, DatabaseLog log)
{
    public static IReadOnlyDictionary<Call, string> Names { get; } = new Dictionary<Call, string>
    {
        [Call.Newest] = "Newest 20",
        [Call.Count] = "Capped count",
        [Call.Page] = "Newest 20 with all filters counted",
        [Call.Best] = "Best 20",
    };

    /// <summary>Prints a table for each call and compares it with its targets.</summary>
    /// <returns>Milliseconds in the database.</returns>
    public async Task<IReadOnlyDictionary<Call, Figures>> RunAsync(QuerySet queries, Scorecard card, CancellationToken ct)
    {
        var figures = new Dictionary<Call, Figures>();
        foreach (var call in ProgramSearch.Calls)
        {
            var (database, wall) = await MeasureAsync(call, queries, ct);
            figures[call] = database;
            await PrintAsync(call, database, wall);
            Judge(call, database, card);
        }

        return figures;
    }

    /// <summary>Milliseconds that a query takes in the database.</summary>
    public Task<double> DatabaseAsync(Call call, SearchCase query, CancellationToken ct) =>
        Figures.WarmMedianAsync(async () => (await log.OfAsync(() => search.RunAsync(call, query.Query, ct))).Milliseconds);

    /// <summary>The commands that the program sends for the call which other engines are compared with.</summary>
    public async Task<IReadOnlyDictionary<SearchCase, IReadOnlyList<SentQuery>>> SentAsync(QuerySet queries, CancellationToken ct)
    {
        var sent = new Dictionary<SearchCase, IReadOnlyList<SentQuery>>();
        foreach (var query in queries.Asked)
            sent[query] = (await log.OfAsync(() => search.RunAsync(ProgramSearch.Compared, query.Query, ct))).Queries;
        return sent;
    }

    private async Task<(Figures Database, Figures Wall)> MeasureAsync(Call call, QuerySet queries, CancellationToken ct)
    {
        var (database, wall) = (new Dictionary<SearchCase, double>(), new Dictionary<SearchCase, double>());
        foreach (var query in queries.Asked)
        {
            database[query] = await DatabaseAsync(call, query, ct);
            wall[query] = await Figures.WarmMedianAsync(async () =>
            {
                var start = Stopwatch.GetTimestamp();
                await search.RunAsync(call, query.Query, ct);
                return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            });
        }

        return (new Figures(database), new Figures(wall));
    }

    private static async Task PrintAsync(Call call, Figures database, Figures wall)
    {
        await Out.LineAsync($"");
        await Out.LineAsync($"{Names[call]}: milliseconds in the database and in all, warm, over the queries of a class");
        await Out.LineAsync($"{"Class",-14}{"queries",8} |{"median",9}{"p95",9}{"most",9} |{"median",9}{"p95",9}{"most",9}");
        foreach (var name in database.Classes)
            await LineAsync(name, name);
        await LineAsync("all", null);

        Task LineAsync(string title, string? name)
        {
            var (inside, all) = (database.Of(name), wall.Of(name));
            var count = database.Milliseconds.Keys.Count(c => c.IsOf(name));
            return Out.LineAsync(
                $"{title,-14}{count,8} |{inside.Median,9:N1}{inside.P95,9:N1}{inside.Most,9:N1} |{all.Median,9:N1}{all.P95,9:N1}{all.Most,9:N1}");
        }
    }

    private static void Judge(Call call, Figures database, Scorecard card)
    {
        if (call is Call.Count or Call.Page)
            card.AtMost($"{Names[call]}, p95 in ms", database.Of().P95, call is Call.Count ? 20 : 60);
        if (call is Call.Newest)
        {
            foreach (var name in database.Classes)
                card.AtMost($"{Names[call]}, {name}, p95 in ms", database.Of(name).P95, name is "prefix" or "mixed" ? 15 : 10);
        }

        if (call == ProgramSearch.Compared)
            card.AtMost($"{Names[call]}, slowest query by the median", database.Of().Most / database.Of().Median, 10);
    }
}
