using Annotator.Domain.Access;
using Annotator.Domain.Reading;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Reading;

/// <summary>Counting a source anew costs as much as it has comments, so large counts are shown before that is done.</summary>
public sealed class LargeCountTests
{
    [Theory]
    [InlineData(SourceCounts.Many, 42)]
    [InlineData(SourceCounts.Many - 1, 1)]
    public async Task Large_counts_are_shown_until_they_are_renewed(int comments, int people)
    {
        await using var store = await TestStore.CreateAsync();
        var counts = new SourceCounts(store.Databases);
        await store.WriteAsync(
            await store.PersonAsync("Ann"), Drafts.PageNote("First", new Citation("https://large.example/", "Large", null, "en")));
        await counts.RenewAsync(Ct);
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        await db.SourceActivity.ExecuteUpdateAsync(
            set => set.SetProperty(c => c.People, 42).SetProperty(c => c.Comments, comments).SetProperty(c => c.IsCurrent, false), Ct);
        Assert.Equal(people, await PeopleAsync());
        Assert.Equal(1, await counts.RenewAsync(Ct));
        Assert.Equal(1, await PeopleAsync());

        async Task<int> PeopleAsync() =>
            Assert.Single((await store.Library.BrowseAsync(Viewer.Visitor, new LibraryQuery(), Ct)).Items).People;
    }
}
