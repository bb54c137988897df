using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;

namespace Annotator.Tests.Domain.Reading;

public sealed class LibraryMenuTests : IAsyncLifetime
{
    // Each test has its own: the menu names what all others have written too.
    private TestStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await TestStore.CreateAsync();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Each_viewer_is_told_of_what_they_see()
    {
        var mei = await _store.PersonAsync("Mei.Menu");
        await _store.WriteAsync(mei, Drafts.CommentOn(Drafts.Learning, "Joy", Drafts.Analects) with { Tags = ["joy"] });
        await _store.WriteAsync(mei, Drafts.CommentOn(Drafts.Desperation, "Mine").Private() with { Tags = ["secret"] });
        var menu = new LibraryMenu(_store.Library, TimeProvider.System);
        var mine = await menu.ForAsync(mei, Ct);
        var everybodys = await menu.ForAsync(Viewer.Visitor, Ct);
        Assert.Equal([("joy", 1), ("secret", 1)], mine.Tags.Select(t => (t.Value, t.Count)));
        Assert.Equal([("joy", 1)], everybodys.Tags.Select(t => (t.Value, t.Count)));
        Assert.Equal(["zh-Hant"], everybodys.Languages.Select(l => l.Value));
        Assert.Equal(2, mine.Languages.Count);
    }

    [Fact]
    public async Task What_one_person_adds_is_added_to_what_everybody_sees()
    {
        var tom = await _store.PersonAsync("Tom.Menu", "menu-circle");
        var open = Drafts.Unique("Open") with { Language = "is" };
        await _store.WriteAsync(tom, Drafts.CommentOn("Allra orða", "Seen by all", open) with { Tags = ["shared-tag"] });
        await _store.WriteAsync(tom, Drafts.CommentOn("Allra orða", "Mine", open).Private() with { Tags = ["shared-tag", "own-tag"] });
        var closed = Drafts.Unique("Closed") with { Language = "is" };
        await _store.WriteAsync(tom, Drafts.PageNote("Ours", closed) with { GroupId = "menu-circle", Tags = ["own-tag"] });
        var menu = new LibraryMenu(_store.Library, TimeProvider.System);
        var (his, everybodys) = (await menu.ForAsync(tom, Ct), await menu.ForAsync(Viewer.Visitor, Ct));
        Assert.Equal((2, 2), (Count(his.Tags, "shared-tag"), Count(his.Tags, "own-tag")));
        Assert.Equal((1, 0), (Count(everybodys.Tags, "shared-tag"), Count(everybodys.Tags, "own-tag")));
        Assert.Equal((2, 1), (Count(his.Languages, "is"), Count(everybodys.Languages, "is")));
        // As when all is counted at once.
        var counted = await _store.Library.LanguagesAsync(tom, Ct);
        Assert.Equal(counted.ToHashSet(), his.Languages.ToHashSet());

        static int Count(IReadOnlyList<FacetCount> facets, string value) =>
            facets.FirstOrDefault(f => string.Equals(f.Value, value, StringComparison.Ordinal))?.Count ?? 0;
    }

    [Fact]
    public async Task After_much_was_removed_all_is_counted_anew()
    {
        var mei = await _store.PersonAsync("Mei.Forgets");
        var said = await _store.WriteAsync(mei, Drafts.CommentOn(Drafts.Learning, "Joy", Drafts.Analects) with { Tags = ["joy"] });
        var menu = new LibraryMenu(_store.Library, TimeProvider.System);
        await menu.ForAsync(mei, Ct);
        await _store.Removal.DeleteAsync(mei, said.Id, Ct);
        menu.Forget();
        Assert.Empty((await menu.ForAsync(mei, Ct)).Tags);
        Assert.Empty((await menu.ForAsync(Viewer.Visitor, Ct)).Languages);
    }

    [Fact]
    public async Task Who_asks_just_before_a_long_count_ends_gets_that_count()
    {
        var mei = await _store.PersonAsync("Mei.Long");
        await _store.WriteAsync(mei, Drafts.CommentOn(Drafts.Learning, "Joy", Drafts.Analects));
        Task<LibraryFacets>? other = null;
        LibraryMenu? menu = null;
        // The third look at the clock is the last before the count is there.
        menu = new LibraryMenu(_store.Library, new SlowClock(3, () => other = menu!.ForAsync(Viewer.Visitor, Ct)));
        var first = await menu.ForAsync(Viewer.Visitor, Ct);
        Assert.Equal(["zh-Hant"], first.Languages.Select(l => l.Value));
        Assert.Equal(first.Languages, (await other!).Languages);
    }

    /// <summary>A second passes with each look at the clock.</summary>
    private sealed class SlowClock(int look, Action act) : TimeProvider
    {
        private int _looks;

        public override long GetTimestamp()
        {
            if (++_looks == look)
                act();
            return _looks * TimestampFrequency;
        }
    }
}
