using Annotator.Domain.Reading;
using Annotator.Domain.Search;

namespace Annotator.Tests.Sql;

/// <summary>
/// A page of a list reads the rows that it shows, not all that there are: PostgreSQL counts them (<c>EXPLAIN ANALYZE</c>).
/// </summary>
public sealed class ReadRowsTests(ManyRows rows) : IClassFixture<ManyRows>
{
    public static readonly MatrixTheoryData<string, LibraryQuery> Pages = new(
        ["visitor", "member", "administrator"],
        [
            new LibraryQuery(),
            new LibraryQuery(Order: LibraryOrder.Added),
            new LibraryQuery(Order: LibraryOrder.Title),
            new LibraryQuery(Language: "en"),
            new LibraryQuery(Tag: "common"),
            new LibraryQuery(Tag: "common", Order: LibraryOrder.Title),
            new LibraryQuery(Tag: "rare"),
            new LibraryQuery(Language: "en", Tag: "common"),
        ]);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_of_the_library_reads_the_annotations_of_its_sources(string viewer, LibraryQuery query)
    {
        var library = new Library(rows.Databases);
        rows.Forget();
        for (var turn = 0; turn < 2; turn++)
        {
            var page = await library.BrowseAsync(rows.Viewers[viewer], query, Ct);
            Assert.NotEmpty(page.Items);
            // Ten on each of 21 sources, and those with the tag.
            Assert.InRange(await rows.ReadAsync("annotation"), 1, ManyRows.Annotations / 3);
            if (page.Next is null)
                break;
            query = query with { After = page.Next };
        }
    }

    [Theory]
    [InlineData("visitor", "seldom")]
    [InlineData("member", "seldom")]
    [InlineData("member", "tag:rare")]
    public async Task A_page_of_results_reads_the_sources_that_it_shows(string viewer, string query)
    {
        var search = new AnnotationSearch(rows.Databases, new TimeWindows(TimeProvider.System), TimeProvider.System)
        {
            StatementTimeout = TimeSpan.FromSeconds(30),
        };
        rows.Forget();
        var found = await search.FindAsync(rows.Viewers[viewer], SearchQuery.Parse(query), new SearchOptions(), Ct);
        // The third is in a private group.
        Assert.Equal(2, found.Hits.Count);
        Assert.InRange(await rows.ReadAsync("source"), 1, 60);
    }

    [Theory]
    [InlineData("visitor")]
    [InlineData("member")]
    public async Task A_page_of_results_reads_the_annotations_that_it_finds(string viewer)
    {
        var search = new AnnotationSearch(rows.Databases, new TimeWindows(TimeProvider.System), TimeProvider.System)
        {
            StatementTimeout = TimeSpan.FromSeconds(30),
        };
        rows.Forget();
        Assert.Equal(2, (await search.FindAsync(rows.Viewers[viewer], SearchQuery.Parse("seldom"), new SearchOptions(), Ct)).Hits.Count);
        // The few that are found, several times, and those of the member's groups.
        Assert.InRange(await rows.ReadAsync("annotation"), 1, ManyRows.Annotations / 5);
    }

    [Theory]
    [InlineData("visitor")]
    [InlineData("member")]
    public async Task A_search_for_what_stands_everywhere_reads_little_more_than_it_counts(string viewer)
    {
        var search = new AnnotationSearch(rows.Databases, new TimeWindows(TimeProvider.System), TimeProvider.System)
        {
            StatementTimeout = TimeSpan.FromSeconds(30),
        };
        rows.Forget();
        var found = await search.FindAsync(rows.Viewers[viewer], SearchQuery.Parse("said"), new SearchOptions(), Ct);
        Assert.Equal(AnnotationSearch.CountedHits + 1, found.Counted);
        Assert.InRange(await rows.ReadAsync("annotation_search", byIndex: true), AnnotationSearch.CountedHits, ManyRows.Annotations / 2);
    }

    [Fact]
    public async Task Counting_sources_anew_looks_at_no_others()
    {
        rows.Forget();
        await new SourceCounts(rows.Databases).RenewAsync(Ct);
        await rows.ExecuteAsync("update source_activity set is_current = false");
        // As after an import: PostgreSQL expects that nearly all are due.
        await rows.ExecuteAsync("analyze source_activity");
        Assert.InRange(await rows.ReadAsync("source"), 1, 2 * ManyRows.Sources);
    }

    [Fact]
    public async Task Who_asks_for_the_menu_of_the_library_while_it_is_counted_waits_for_the_same()
    {
        var menu = new LibraryMenu(new Library(rows.Databases), TimeProvider.System);
        var asked = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => menu.ForAsync(rows.Viewers["visitor"], Ct)));
        Assert.All(asked, facets => Assert.Same(asked[0].Languages, facets.Languages));
    }
}
