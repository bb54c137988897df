using System.CommandLine;
using Annotator.Benchmarks;

return await new RootCommand("Annotator at the size of 100,000 annotations and more. Build with -c Release.")
{
    StoreBenchmarks.Import(),
    StoreBenchmarks.Pages(),
    FanOutBenchmark.Command(),
    AnchoringBenchmark.Command(),
    Annotator.Benchmarks.Search.SearchCommand.Make(),
    Annotator.Benchmarks.Load.LoadCommand.Make(),
    LoadGenerator.Command(),
}.Parse(args).InvokeAsync();
