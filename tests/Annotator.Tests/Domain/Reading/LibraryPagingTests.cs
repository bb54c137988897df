using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Reading;

public sealed class LibraryPagingTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private static readonly DateTimeOffset LongAgo = new(2019, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Titles = ["Essays", "essays", "Ёлка", "論語", "~~", "Éssays", "", "ａ"];

    private readonly TestStore _store = shared.Store;

    public static TheoryData<LibraryOrder> Orders() => [.. Enum.GetValues<LibraryOrder>()];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task All_pages_together_are_all_sources_each_once(LibraryOrder order)
    {
        var tag = $"paged by {order}";
        var stored = await StoreAsync(tag, count: 2 * Library.PageSize + 7);
        var pages = await PagesAsync(new(Tag: tag, Order: order));
        Assert.Equal([20, 20, 7], pages.Select(p => p.Items.Count));
        var ids = pages.SelectMany(p => p.Items).Select(s => s.Id).ToList();
        Assert.Equal(stored, ids.ToHashSet());
        Assert.Equal(await InOrderAsync(stored, order), ids);
    }

    [Fact]
    public async Task A_full_last_page_leads_nowhere()
    {
        await StoreAsync("full", Library.PageSize);
        Assert.Null(Assert.Single(await PagesAsync(new(Tag: "full"))).Next);
    }

    [Fact]
    public async Task What_is_written_while_somebody_turns_pages_moves_nothing_behind_them()
    {
        var stored = await StoreAsync("turned", Library.PageSize + 5);
        var query = new LibraryQuery(Tag: "turned", Order: LibraryOrder.Added);
        var first = await _store.Library.BrowseAsync(Viewer.Visitor, query, Ct);
        await _store.Batches.WriteAsync([Tagged("turned", "Newer", LongAgo.AddYears(1))], Ct);
        var second = await _store.Library.BrowseAsync(Viewer.Visitor, query with { After = first.Next }, Ct);
        Assert.Equal(stored, first.Items.Concat(second.Items).Select(s => s.Id).ToHashSet());
        Assert.Equal(stored.Count, first.Items.Count + second.Items.Count);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("not-a-time~AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_link_that_cannot_be_read_shows_the_first_page(string after)
    {
        var tag = $"linked by {after}";
        await StoreAsync(tag, 3);
        Assert.Equal(3, (await _store.Library.BrowseAsync(Viewer.Visitor, new(Tag: tag, After: after), Ct)).Items.Count);
    }

    private async Task<IReadOnlyList<Page<SourceCard>>> PagesAsync(LibraryQuery query)
    {
        var pages = new List<Page<SourceCard>>();
        do
        {
            Assert.True(pages.Count < 10, "The pages do not end.");
            pages.Add(await _store.Library.BrowseAsync(Viewer.Visitor, query with { After = pages.LastOrDefault()?.Next }, Ct));
        } while (pages[^1].Next is not null);

        return pages;
    }

    // Five sources share each moment and six each title, so that pages end between equal keys.
    private async Task<HashSet<Guid>> StoreAsync(string tag, int count)
    {
        var drafts = Enumerable.Range(0, count)
            .Select(i => Tagged(tag, Titles[i % Titles.Length], LongAgo.AddTicks(10 * (i % 9))))
            .ToList();
        Assert.All(await _store.Batches.WriteAsync(drafts, Ct, new WriteMode(MakesGroups: true)), outcome => Assert.Null(outcome.Refusal));
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        return await db.Annotations.Where(a => a.Tags.Contains(tag)).Select(a => a.SourceId).ToHashSetAsync(Ct);
    }

    private async Task<List<Guid>> InOrderAsync(HashSet<Guid> ids, LibraryOrder order)
    {
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        var sources = db.Sources.Where(s => ids.Contains(s.Id));
        return await (order switch
        {
            LibraryOrder.Title => sources.OrderBy(s => s.Title).ThenBy(s => s.Id),
            LibraryOrder.Added => sources.OrderByDescending(s => s.Added).ThenByDescending(s => s.Id),
            _ => sources.OrderByDescending(s => s.LastActivity).ThenByDescending(s => s.Id),
        }).Select(s => s.Id).ToListAsync(Ct);
    }

    private static AnnotationDraft Tagged(string tag, string title, DateTimeOffset created) =>
        Drafts.PageNote("A note", Drafts.Unique(title)).Imported("Ann", created) with { Tags = [tag] };
}
