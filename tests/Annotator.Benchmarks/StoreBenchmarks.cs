using System.CommandLine;

namespace Annotator.Benchmarks;

/// <summary>The commands that fill a private store with records and measure it.</summary>
internal static class StoreBenchmarks
{
    private static readonly Option<FileInfo?> Records = new("--records")
    {
        Description = "JSON Lines of Hypothesis or of a test corpus; without it 100,000 records are made up",
        HelpName = "FILE",
    };

    public static Command Import()
    {
        var import = new Command("import", "Import the records into an empty store: records per second, memory, size") { Records };
        import.SetAction(async (parsed, ct) =>
        {
            await using var store = await PrivateStore.StartAsync(ct);
            await ImportBenchmark.RunAsync(store.ConnectionString, parsed.GetValue(Records), ct);
        });
        return import;
    }

    public static Command Pages()
    {
        var database = new Option<string?>("--database")
        {
            Description = "Connection string of a store that is loaded, instead of a private one; a source and a reader are added to it",
            HelpName = "CONNECTION",
        };
        var requests = new Option<int>("--requests") { Description = "Measured requests for each page", DefaultValueFactory = _ => 100 };
        var only = new Option<string?>("--only") { Description = "Measure the pages whose name holds this", HelpName = "TEXT" };
        var explain = new Option<bool>("--explain") { Description = "Print each statement of a page with its time and plan" };
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long each page is asked for under load; 0 leaves that out",
            DefaultValueFactory = _ => 6,
        };
        const string description = "Time the pages on the server, the SQL they send when it is run by hand, and count requests per second";
        var pages = new Command("pages", description) { Records, database, requests, only, explain, seconds };
        pages.SetAction(async (parsed, ct) =>
        {
            var plan = new PagesPlan(parsed.GetValue(requests), parsed.GetValue(only), parsed.GetValue(explain), parsed.GetValue(seconds));
            if (parsed.GetValue(database) is { } loaded)
            {
                await PagesBenchmark.RunAsync(loaded, plan, ct);
                return;
            }

            await using var store = await PrivateStore.StartAsync(ct);
            await ImportBenchmark.RunAsync(store.ConnectionString, parsed.GetValue(Records), ct);
            await PagesBenchmark.RunAsync(store.ConnectionString, plan, ct);
        });
        return pages;
    }
}
