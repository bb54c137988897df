using System.CommandLine;
using Annotator.Benchmarks;

var records = new Option<FileInfo?>("--records") { Description = "JSON Lines of Hypothesis or of a test corpus; without it 100,000 records are made up", HelpName = "FILE" };
var database = new Option<string?>("--database") { Description = "Connection string of a store that is loaded, instead of a private one; a source and a reader are added to it", HelpName = "CONNECTION" };
var requests = new Option<int>("--requests") { Description = "Measured requests for each page", DefaultValueFactory = _ => 100 };
var only = new Option<string?>("--only") { Description = "Measure the pages whose name holds this", HelpName = "TEXT" };
var explain = new Option<bool>("--explain") { Description = "Print each statement of a page with its time and plan" };
var seconds = new Option<int>("--seconds") { Description = "How long each page is asked for under load; 0 leaves that out", DefaultValueFactory = _ => 6 };
var pages = new Command("pages", "Time the pages on the server, the SQL they send when it is run by hand, and count requests per second") { records, database, requests, only, explain, seconds };
pages.SetAction(async (parsed, ct) =>
{
    var plan = new PagesPlan(parsed.GetValue(requests), parsed.GetValue(only), parsed.GetValue(explain), parsed.GetValue(seconds));
    if (parsed.GetValue(database) is { } loaded)
    {
        await PagesBenchmark.RunAsync(loaded, plan, ct);
        return;
    }

    await using var store = await PrivateStore.StartAsync(ct);
    await ImportBenchmark.RunAsync(store.ConnectionString, parsed.GetValue(records), ct);
    await PagesBenchmark.RunAsync(store.ConnectionString, plan, ct);
});
return await new RootCommand("Annotator at the size of 100,000 annotations and more. Build with -c Release.")
{
    ImportBenchmark.Command(records), pages, FanOutBenchmark.Command(), AnchoringBenchmark.Command(), Annotator.Benchmarks.Search.SearchCommand.Make(), LoadGenerator.Command(),
}.Parse(args).InvokeAsync();
