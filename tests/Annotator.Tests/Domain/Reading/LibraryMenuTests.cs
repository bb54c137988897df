using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;

namespace Annotator.Tests.Domain.Reading;

public sealed class LibraryMenuTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;

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
}
