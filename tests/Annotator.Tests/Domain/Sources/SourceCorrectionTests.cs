using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Search;

namespace Annotator.Tests.Domain.Sources;

public sealed class SourceCorrectionTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task Who_has_added_a_source_corrects_what_everybody_is_told_of_it()
    {
        var (mei, tom) = (await _store.PersonAsync("Mei.Corrects"), await _store.PersonAsync("Tom.Reads"));
        var note = await _store.WriteAsync(mei, Drafts.PageNote("On Waldn", Drafts.Unique("Waldnn") with { Author = "Thoro" }));
        await _store.WriteAsync(tom, Drafts.PageNote("Later") with { Source = null, SourceId = note.SourceId });
        await CorrectAsync(mei, note, " Walden  Pond ", "Henry David Thoreau", "DE");
        foreach (var viewer in new[] { mei, tom, Viewer.Visitor })
        {
            var source = (await _store.Sources.ReadAsync(viewer, note.SourceId, Ct)).Source;
            Assert.Equal(("Walden  Pond", "Henry David Thoreau", "de"), (source.Title, source.Author, source.Language));
            var before = Assert.Single(await _store.Corrections.HistoryAsync(viewer, note.SourceId, Ct));
            Assert.Equal(("Waldnn", "Thoro", "en", "Mei.Corrects"), (before.Title, before.Author, before.Language, before.By));
            Assert.Single((await FindAsync(viewer, "Pond")).Named.Sources);
            Assert.Empty((await FindAsync(viewer, "Waldnn")).Named.Sources);
            Assert.Equal(2, (await FindAsync(viewer, $"source-lang:de source:{PublicId.Of(note.SourceId)}")).Counted);
        }

        await CorrectAsync(mei, note, "Walden  Pond", "Henry David Thoreau", "de");
        Assert.Single(await _store.Corrections.HistoryAsync(mei, note.SourceId, Ct));
    }

    [Fact]
    public async Task Nobody_else_but_an_administrator_corrects_it()
    {
        var (mei, tom) = (await _store.PersonAsync("Mei.Added"), await _store.PersonAsync("Tom.Tries"));
        var note = await _store.WriteAsync(mei, Drafts.PageNote("Mine", Drafts.Unique("Added")));
        await _store.WriteAsync(tom, Drafts.PageNote("Later") with { Source = null, SourceId = note.SourceId });
        Assert.Equal("correct_source", await RefusedAsync(tom, note));
        Assert.Equal("sign_in", await RefusedAsync(Viewer.Visitor, note));
        await CorrectAsync(tom with { IsAdministrator = true }, note, "By an administrator", null, null);
        Assert.Equal("By an administrator", await _store.Sources.TitleAsync(mei, note.SourceId, Ct));
        var kept = await _store.WriteAsync(mei, Drafts.PageNote("Kept", Drafts.Unique("Kept")).Private());
        await Assert.ThrowsAsync<Missing>(() => CorrectAsync(tom with { IsAdministrator = true }, kept, "x", null, null));
        await Assert.ThrowsAsync<Missing>(() => _store.Corrections.HistoryAsync(tom, kept.SourceId, Ct));
    }

    [Fact]
    public async Task What_is_said_of_a_private_source_stays_with_who_reads_it()
    {
        var (mei, tom) = (await _store.PersonAsync("Mei.Keeps"), await _store.PersonAsync("Tom.Comes"));
        var source = Drafts.Unique("Kept for me");
        var kept = await _store.WriteAsync(mei, Drafts.PageNote("Private", source).Private());
        await CorrectAsync(mei, kept, "Kept anew", "A secret author", "fr");
        Assert.Equal("Kept anew", await _store.Sources.TitleAsync(mei, kept.SourceId, Ct));
        Assert.Empty(await _store.Corrections.HistoryAsync(mei, kept.SourceId, Ct));
        var open = await _store.WriteAsync(tom, Drafts.PageNote("Open", source with { Title = null }));
        Assert.Equal(kept.SourceId, open.SourceId);
        var seen = (await _store.Sources.ReadAsync(tom, open.SourceId, Ct)).Source;
        Assert.Equal((source.Uri, null), (seen.Title, seen.Author));
        // For everybody it is who has written there in public that has added it.
        Assert.Equal("correct_source", await RefusedAsync(mei, kept));
        await CorrectAsync(tom, open, "Open to all", null, "en");
        Assert.Equal("Open to all", await _store.Sources.TitleAsync(mei, kept.SourceId, Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u3164\u200b")]
    public async Task A_title_that_nobody_can_see_is_refused(string title)
    {
        var mei = await _store.PersonAsync($"Mei.Sees{title.Length}");
        var note = await _store.WriteAsync(mei, Drafts.PageNote("Seen", Drafts.Unique("Seen")));
        var refused = await Assert.ThrowsAsync<Invalid>(() => CorrectAsync(mei, note, title, null, null));
        Assert.Equal(("title", "required"), (refused.Field, refused.Reason));
        Assert.Equal("Seen", await _store.Sources.TitleAsync(mei, note.SourceId, Ct));
    }

    [Fact]
    public async Task The_corrections_go_along_when_sources_are_merged()
    {
        var mei = await _store.PersonAsync("Mei.Merges");
        var (from, into) = (Drafts.Unique("From"), Drafts.Unique("Into"));
        var gone = await _store.WriteAsync(mei, Drafts.PageNote("Gone", from));
        var kept = await _store.WriteAsync(mei, Drafts.PageNote("Kept", into));
        await CorrectAsync(mei, gone, "From there", null, "en");
        await _store.Addresses.MergeAsync(Viewer.Operator, from.Uri!, into.Uri!, Ct);
        Assert.Equal("From", Assert.Single(await _store.Corrections.HistoryAsync(mei, kept.SourceId, Ct)).Title);
    }

    private Task CorrectAsync(Viewer viewer, AnnotationView said, string title, string? author, string? language) =>
        _store.Corrections.CorrectAsync(viewer, said.SourceId, new SourceDetails(title, author, language), Ct);

    private async Task<string> RefusedAsync(Viewer viewer, AnnotationView said) =>
        (await Assert.ThrowsAsync<Forbidden>(() => CorrectAsync(viewer, said, "Not so", null, null))).Action;

    private Task<SearchResults> FindAsync(Viewer viewer, string query) =>
        _store.Search.FindAsync(viewer, SearchQuery.Parse(query), new(), Ct);
}
