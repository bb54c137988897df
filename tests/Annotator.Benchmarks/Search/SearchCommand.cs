using System.CommandLine;

namespace Annotator.Benchmarks.Search;

/// <summary><c>search</c>: how right and how fast the search is on a corpus with known answers.</summary>
internal static class SearchCommand
{
    public static Command Make()
    {
        var corpus = new Option<FileInfo>(
            "--corpus") { Description = "JSON Lines of a test corpus", HelpName = "FILE", Required = true }.AcceptExistingOnly();
        var records = new Option<int>("--records") { Description = "Records of it, from the first on", DefaultValueFactory = _ => 200_000 };
        var million = new Option<bool>("--million") { Description = "1,000,000 records" };
        var queries = new Option<FileInfo>(
            "--queries")
            {
                Description =
                    "JSON of the queries with the rules of their right answers, beside a t2s.txt; without it queries.json beside the corpus",
                HelpName = "FILE",
            }.AcceptExistingOnly();
        var database = new Option<string?>(
            "--database")
            {
                Description = "Connection string of a store that has just these records, instead of a private one",
                HelpName = "CONNECTION",
            };
        var keep = new Option<bool>("--keep") { Description = "Leave the private store running for another run with --database" };
        var only = new Option<string?>("--only") { Description = "Ask the queries of this class alone", HelpName = "CLASS" };
        var growth = new Option<bool>("--growth") { Description = "Measure at a fifth of the records first, and compare" };
        var search = new Command("search", "Recall, precision and times of the search on a corpus with known answers, beside other engines")
        {
            corpus, records, million, queries, database, keep, only, growth,
        };
        search.Validators.Add(result =>
        {
            if (result.GetValue(growth) && result.GetValue(database) is not null)
                result.AddError("--growth fills a store of its own: leave --database out.");
        });
        search.SetAction((parsed, ct) =>
        {
            var file = parsed.GetValue(corpus)!;
            return SearchBenchmark.RunAsync(new SearchPlan(
                file,
                parsed.GetValue(million) ? 1_000_000 : parsed.GetValue(records),
                parsed.GetValue(queries) ?? new FileInfo(Path.Combine(file.DirectoryName!, "queries.json")),
                parsed.GetValue(database),
                parsed.GetValue(keep),
                parsed.GetValue(only),
                parsed.GetValue(growth)), ct);
        });
        return search;
    }
}
