using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Search;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Search;

/// <summary>A store large enough for several windows of time, when the first is small.</summary>
public sealed class SearchOrderTests(SearchOrderTests.LargeStore large) : IClassFixture<SearchOrderTests.LargeStore>
{
    private const int Count = 3_000;

    [Theory]
    [InlineData("common", 2)]
    [InlineData("rare", 997)]
    [InlineData("common -rare", 2)]
    [InlineData("共通", 2)]
    public async Task All_windows_together_find_all_in_the_order_of_time(string query, int every)
    {
        var expected = large.Written.Where((_, i) => i % every == 0 && !(query.Contains('-') && i % 997 == 0))
            .Reverse()
            .Select(d => d.Id)
            .ToList();
        Assert.Equal(expected, await large.LeafAsync(SearchQuery.Parse(query), SearchOrder.Newest, 80));
        Assert.Equal(
            Math.Min(expected.Count, AnnotationSearch.CountedHits + 1),
            await large.Search.CountAsync(Viewer.Visitor, SearchQuery.Parse(query), Ct));
    }

    [Theory]
    [InlineData("2023-06", "2023-09")]
    [InlineData("2021", "2022-02-03")]
    public async Task A_stretch_of_time_holds_what_was_written_in_it(string after, string before)
    {
        var query = SearchQuery.Parse($"common after:{after} before:{before}");
        Assert.True(SearchMoment.TryParse(after, default, out var from));
        Assert.True(SearchMoment.TryParse(before, default, out var to));
        var expected = large.Written.Where((d, i) => i % 2 == 0 && d.Provenance!.Created >= from && d.Provenance.Created < to)
            .Reverse()
            .Select(d => d.Id);
        Assert.Equal(expected, await large.LeafAsync(query, SearchOrder.Newest, 200));
    }

    [Fact]
    public async Task What_is_written_while_one_leafs_through_the_best_moves_nothing()
    {
        var query = SearchQuery.Parse("best");
        var first = await large.Search.FindAsync(Viewer.Visitor, query, new SearchOptions { Order = SearchOrder.Best }, Ct);
        await large.WriteAsync([Drafts.PageNote("best of all", Drafts.Unique("New")).Imported("Late", large.Now) with { Tags = ["best"] }]);
        var second = await large.Search.FindAsync(
            Viewer.Visitor, query, new SearchOptions { Order = SearchOrder.Best, After = first.Next }, Ct);
        Assert.Equal(Enumerable.Range(20, 20).Select(i => $"{i}"), second.Hits.Select(h => h.Annotation.Tags[0]));
    }

    [Fact]
    public async Task The_best_are_those_with_the_words_in_tags_then_in_comments_then_in_passages_and_near_each_other()
    {
        var author = "Ranker";
        var source = Drafts.Unique("Ranked");
        var moment = DateTimeOffset.UnixEpoch.AddYears(40);
        AnnotationDraft[] drafts =
        [
            Drafts.PageNote("nothing", source).Imported(author, moment) with { Tags = ["zeppelin"] },
            Drafts.PageNote("a zeppelin", source).Imported(author, moment.AddDays(1)),
            Drafts.PageNote("nothing", source).Imported(author, moment.AddDays(2)) with { Quote = new("the zeppelin rose") },
        ];
        await large.WriteAsync(drafts);
        Assert.Equal(drafts.Select(d => d.Id), await large.LeafAsync(SearchQuery.Parse("zeppelins OR zeppelin"), SearchOrder.Best, 2));
        Assert.Equal(drafts.Reverse().Select(d => d.Id), await large.LeafAsync(SearchQuery.Parse("zeppelin"), SearchOrder.Newest, 2));
        AnnotationDraft[] near =
        [
            Drafts.PageNote("airship harbour", source).Imported(author, moment),
            Drafts.PageNote("airship " + string.Join(' ', Enumerable.Repeat("word", 40)) + " harbour", source)
                .Imported(author, moment.AddDays(1)),
        ];
        await large.WriteAsync(near);
        Assert.Equal(near.Select(d => d.Id), await large.LeafAsync(SearchQuery.Parse("airship harbour"), SearchOrder.Best, 2));
    }

    public sealed class LargeStore : IAsyncLifetime
    {
        private TestStore? _store;

        public IReadOnlyList<AnnotationDraft> Written { get; private set; } = [];

        public AnnotationSearch Search { get; private set; } = null!;

        public DateTimeOffset Now => _store!.Clock.GetUtcNow();

        public async ValueTask InitializeAsync()
        {
            _store = await TestStore.CreateAsync();
            Search = new AnnotationSearch(
                _store.Databases, new TimeWindows(_store.Clock, rows: 50), _store.Clock) { StatementTimeout = TimeSpan.FromSeconds(30) };
            // Seldom at first, often in the end.
            var start = new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);
            Written = [
                .. Enumerable.Range(0, Count)
                    .Select(i => Drafts.PageNote(Text(i), Drafts.Unique("Large"))
                        .Imported("Writer", start.AddHours(15 * i - 0.002 * i * i))),
            ];
            await WriteAsync(Written);
            // Those that differ in nothing but their tag stand in the order of their ids among the best.
            await WriteAsync([.. Best(start)]);
            await using var db = await _store.Databases.CreateDbContextAsync(Ct);
            await db.Database.ExecuteSqlRawAsync("analyze annotation_search", Ct);
        }

        public async ValueTask DisposeAsync() => await _store!.DisposeAsync();

        public async Task WriteAsync(IReadOnlyList<AnnotationDraft> drafts) =>
            Assert.All(
                await _store!.Batches.WriteAsync(drafts, Ct, new WriteMode(MakesGroups: true)), outcome => Assert.True(outcome.IsNew));

        /// <summary>The ids of all pages, one after the other.</summary>
        public async Task<List<Guid>> LeafAsync(SearchQuery query, SearchOrder order, int mostPages)
        {
            var ids = new List<Guid>();
            string? after = null;
            do
            {
                Assert.True(--mostPages >= 0, "The pages do not end.");
                var page = await Search.FindAsync(
                    Viewer.Visitor, query, new SearchOptions { Order = order, After = after, WithFacets = false }, Ct);
                ids.AddRange(page.Hits.Select(h => h.Annotation.Id));
                after = page.Next;
            } while (after is not null);

            return ids;
        }

        private static string Text(int i) => $"{(i % 2 == 0 ? "common 共通" : "other")} {(i % 997 == 0 ? "rare" : "")} number {i}";

        private static IEnumerable<AnnotationDraft> Best(DateTimeOffset start)
        {
            var drafts = Enumerable.Range(0, 50)
                .Select(_ => Drafts.PageNote("best", Drafts.Unique("Best")).Imported("Writer", start))
                .OrderBy(d => d.Id.ToString(), StringComparer.Ordinal);
            return drafts.Select((d, i) => d with { Tags = [$"{i}"] });
        }
    }
}
