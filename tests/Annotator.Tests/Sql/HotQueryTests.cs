using Annotator.Tests.Architecture;

namespace Annotator.Tests.Sql;

/// <summary>
/// The SQL of the queries that every page waits for stands in files beside this one, so that a change of it is seen and judged.
/// <c>ANNOTATOR_RENEW_SQL=1 dotnet run --project tests/Annotator.Tests -- -class "*HotQueryTests"</c> writes them anew.
/// </summary>
public sealed class HotQueryTests(HotStore store) : IClassFixture<HotStore>
{
    private static readonly string Folder = Path.Combine(SourceTree.Home, "tests", "Annotator.Tests", "Sql");

    public static readonly TheoryData<string> Queries =
    [
        "library", "library-by-title", "library-filtered", "source", "source-with-text", "permalink", "history", "search-newest",
        "search-best",
        "search-count", "search-page", "search-suggestion", "saved-searches", "page-version", "viewer",
    ];

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task A_hot_query_is_sent_as_it_is_written_down(string query)
    {
        var sent = await store.SentAsync(query);
        var file = Path.Combine(Folder, $"{query}.sql");
        if (Environment.GetEnvironmentVariable("ANNOTATOR_RENEW_SQL") is { Length: > 0 })
            await File.WriteAllTextAsync(file, sent, Ct);
        Assert.Contains("FROM", sent, StringComparison.OrdinalIgnoreCase);
        if (!File.Exists(file)
            || !string.Equals((await File.ReadAllTextAsync(file, Ct)).ReplaceLineEndings("\n"), sent, StringComparison.Ordinal))
        {
            Assert.Fail(
                $"The SQL of \"{query}\" has changed. Where that is meant, ANNOTATOR_RENEW_SQL=1 writes it anew. It is now:\n\n{sent}");
        }
    }

    [Fact]
    public void Each_file_is_of_a_query() =>
        Assert.Equal(
            Queries.Select(q => q.Data).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Folder, "*.sql").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal));
}
