using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;

namespace Annotator.Tests.Domain.Reading;

public sealed class LibraryTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task A_card_counts_what_stands_on_the_source()
    {
        var mei = await _store.PersonAsync("Mei");
        var tom = await _store.PersonAsync("Tom");
        var source = Drafts.Unique("Counted") with { Author = "A. Writer" };
        var first = await _store.WriteAsync(mei, Drafts.CommentOn("one", "A comment", source) with { Tags = ["counted"] });
        await _store.WriteAsync(tom, Drafts.CommentOn("one", "", source));
        await _store.WriteAsync(tom, Drafts.CommentOn("two", "Another", source));
        await _store.WriteAsync(mei, Drafts.PageNote("A note", source));
        var last = await _store.WriteAsync(tom, Drafts.ReplyTo(first, "A reply"));
        var card = Assert.Single((await _store.Library.BrowseAsync(Viewer.Visitor, new(Tag: "counted"), Ct)).Items);
        Assert.Equal(
            new SourceCard(first.SourceId, "Counted", "A. Writer", "en", source.Uri, Passages: 2, Comments: 4, People: 2, last.Created),
            card);
    }

    [Fact]
    public async Task Sources_are_found_by_language_and_by_tag()
    {
        var mei = await _store.PersonAsync("Mei.Filters");
        var english = await WriteAsync(mei, "English", "en", "filtered");
        var welsh = await WriteAsync(mei, "Cymraeg", "cy", "filtered", "wales");
        Assert.Equal([welsh, english], await IdsAsync(new(Tag: "filtered")));
        Assert.Equal([welsh], await IdsAsync(new(Tag: "filtered", Language: "cy")));
        Assert.Equal([welsh], await IdsAsync(new(Language: "cy")));
        Assert.Equal([welsh], await IdsAsync(new(Tag: "wales")));
        Assert.Empty(await IdsAsync(new(Tag: "wales", Language: "en")));
        Assert.Empty(await IdsAsync(new(Tag: "nobody uses this")));
    }

    [Fact]
    public async Task Sources_are_sorted_in_three_ways()
    {
        var mei = await _store.PersonAsync("Mei.Sorts");
        var banana = await WriteAsync(mei, "banana", "en", "sorted");
        var eclair = await WriteAsync(mei, "Éclair", "fr", "sorted");
        var apple = await WriteAsync(mei, "Apple", "en", "sorted");
        var zebra = await WriteAsync(mei, "zebra", "en", "sorted");
        await _store.WriteAsync(mei, Drafts.PageNote("Again.") with { Source = null, SourceId = banana });
        Assert.Equal([banana, zebra, apple, eclair], await IdsAsync(new(Tag: "sorted")));
        Assert.Equal([zebra, apple, eclair, banana], await IdsAsync(new(Tag: "sorted", Order: LibraryOrder.Added)));
        Assert.Equal([apple, banana, eclair, zebra], await IdsAsync(new(Tag: "sorted", Order: LibraryOrder.Title)));
    }

    [Fact]
    public async Task Private_notes_do_not_move_a_source_but_sharing_them_does()
    {
        var mei = await _store.PersonAsync("Mei.Moves", "quiet");
        var first = await WriteAsync(mei, "First", "en", "moved");
        var second = await WriteAsync(mei, "Second", "en", "moved");
        var note = await _store.WriteAsync(mei, Drafts.PageNote("To myself") with { Source = null, SourceId = first, Shared = false });
        await _store.WriteAsync(mei, Drafts.PageNote("Among us") with { Source = null, SourceId = first, GroupId = "quiet" });
        Assert.Equal([second, first], await IdsAsync(new(Tag: "moved")));
        _store.Clock.Advance(TimeSpan.FromSeconds(1));
        await _store.Writer.EditAsync(mei, note.Id, new AnnotationEdit(1, "To all", null, [], Shared: true), Ct);
        Assert.Equal([first, second], await IdsAsync(new(Tag: "moved")));
    }

    [Fact]
    public async Task The_time_that_is_shown_is_the_one_that_is_sorted_by()
    {
        var mei = await _store.PersonAsync("Mei.Times");
        var first = await WriteAsync(mei, "First", "en", "timed");
        await WriteAsync(mei, "Second", "en", "timed");
        await _store.WriteAsync(mei, Drafts.PageNote("To myself") with { Source = null, SourceId = first, Shared = false });
        await _store.WriteAsync(mei, Drafts.PageNote("To all") with { Source = null, SourceId = first });
        foreach (var order in new[] { LibraryOrder.Activity, LibraryOrder.Added })
        {
            var times = (await _store.Library.BrowseAsync(mei, new(Tag: "timed", Order: order), Ct)).Items.Select(s => s.Newest).ToList();
            Assert.Equal(times.OrderDescending(), times);
            Assert.Equal(2, times.Distinct().Count());
        }
    }

    [Fact]
    public async Task Languages_and_tags_are_counted_the_commonest_first()
    {
        var mei = await _store.PersonAsync("Mei.Counts", "counters");
        await WriteAsync("fo", "beta", "alpha");
        await WriteAsync("fo", "beta");
        await WriteAsync("gv", "beta", "gamma");
        // Other tests of this class write in public, in other languages and with other tags.
        string[] counted = ["fo", "gv", "alpha", "beta", "gamma"];
        Assert.Equal([new("fo", 2), new("gv", 1)], (await _store.Library.LanguagesAsync(mei, Ct)).Where(IsCounted));
        Assert.Equal([new("beta", 3), new("alpha", 1), new("gamma", 1)], (await _store.Library.TagsAsync(mei, 50, Ct)).Where(IsCounted));
        Assert.Single(await _store.Library.TagsAsync(mei, 1, Ct));

        bool IsCounted(FacetCount count) => counted.Contains(count.Value, StringComparer.Ordinal);

        Task WriteAsync(string language, params string[] tags) =>
            _store.WriteAsync(
                mei,
                Drafts.PageNote(
                    "Counted", Drafts.Unique("Counted") with { Language = language }) with { Tags = tags, GroupId = "counters" });
    }

    private async Task<Guid> WriteAsync(Viewer author, string title, string language, params string[] tags) =>
        (await _store.WriteAsync(
            author, Drafts.PageNote("A note", Drafts.Unique(title) with { Language = language }) with { Tags = tags })).SourceId;

    private async Task<IEnumerable<Guid>> IdsAsync(LibraryQuery query) =>
        (await _store.Library.BrowseAsync(Viewer.Visitor, query, Ct)).Items.Select(s => s.Id);
}
