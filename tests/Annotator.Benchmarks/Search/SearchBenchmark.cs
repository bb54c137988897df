using Annotator.Benchmarks.Search.Rivals;
using Annotator.Benchmarks.Search.Truth;
using Annotator.Domain.Search;
using Annotator.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Annotator.Benchmarks.Search;

/// <summary>Fills a store from a corpus, asks the queries of a set, and compares answers and times with what they should be.</summary>
internal static class SearchBenchmark
{
    private const double GrowthTarget = 1.5;

    public static async Task RunAsync(SearchPlan plan, CancellationToken ct)
    {
        var queries = await QuerySet.ReadAsync(plan.Queries, plan.Only, ct);
        if (plan.Database is { } loaded)
        {
            await MeasureAsync(loaded, plan, queries, ct);
            return;
        }

        await using var store = await PrivateStore.StartAsync(ct);
        await MeasureAsync(store.ConnectionString, plan, queries, ct);
        store.Stays = plan.Keep;
        if (plan.Keep)
            await Out.LineAsync($"The store stays, in {store.Folder}: --database \"{store.ConnectionString}\"");
    }

    private static async Task MeasureAsync(string connectionString, SearchPlan plan, QuerySet queries, CancellationToken ct)
    {
        using var log = new DatabaseLog();
        await using var services = log.Watched(connectionString).BuildServiceProvider();
        await Database.MigrateAsync(services, ct);
        var (present, before) = (0, (Figures?)null);
        foreach (var records in plan.Growth ? [plan.Records / 5, plan.Records] : new[] { plan.Records })
        {
            var (corpus, card) = (new CorpusFile(plan.Corpus, records), new Scorecard());
            await Out.LineAsync($"{records:N0} records, {queries.Asked.Count} queries");
            if (plan.Database is null)
                await StoreLoad.RunAsync(services, connectionString, corpus, present, card, ct);
            present = records;
            var search = new ProgramSearch(services.GetRequiredService<AnnotationSearch>());
            await new Correctness(search, await CorpusTruth.OfAsync(corpus, queries, ct)).RunAsync(queries, card, ct);
            var timings = new Timings(search, log);
            var figures = await timings.RunAsync(queries, card, ct);
            var compared = figures[ProgramSearch.Compared];
            if (before is not null)
                card.AtMost("growth of p95 for five times the records", compared.Of().P95 / before.Of().P95, GrowthTarget);
            before = compared;
            if (records == plan.Records)
                await new Comparison(connectionString, corpus, queries, timings).RunAsync(card, ct);
            await card.PrintAsync();
        }
    }
}
