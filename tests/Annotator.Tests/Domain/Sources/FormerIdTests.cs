using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Search;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Sources;

/// <summary>The ids of sources and passages that were merged into others lead to these.</summary>
public sealed class FormerIdTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private const string Words = "The mass of men lead lives of quiet desperation.";

    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task They_lead_through_every_merge_to_the_source_that_has_everything()
    {
        var mei = await _store.PersonAsync("Mei.Chain");
        var (one, two, three) = (Drafts.Unique("One"), Drafts.Unique("Two"), Drafts.Unique("Three"));
        var first = await _store.WriteAsync(mei, Drafts.CommentOn(Words, "One", one));
        var second = await _store.WriteAsync(mei, Drafts.CommentOn(Words, "Two", two));
        var third = await _store.WriteAsync(mei, Drafts.CommentOn(Words, "Three", three));
        await _store.Addresses.MergeAsync(Viewer.Operator, one.Uri!, two.Uri!, Ct);
        await _store.Addresses.MergeAsync(Viewer.Operator, two.Uri!, three.Uri!, Ct);
        foreach (var (before, passage) in new[] { (first.SourceId, first.PassageId), (second.SourceId, second.PassageId) })
        {
            Assert.Equal(third.SourceId, await _store.Sources.PresentIdAsync(Viewer.Visitor, before, Ct));
            Assert.Equal(third.PassageId, await _store.Sources.PresentIdAsync(Viewer.Visitor, passage!.Value, Ct));
            Assert.Equal(
                3, (await _store.Search.FindAsync(Viewer.Visitor, SearchQuery.Parse($"source:{PublicId.Of(before)}"), new(), Ct)).Counted);
        }

        Assert.Equal(third.SourceId, await _store.Addresses.MergeAsync(Viewer.Operator, PublicId.Of(first.SourceId), three.Uri!, Ct));
        Assert.Null(await _store.Sources.PresentIdAsync(Viewer.Visitor, third.SourceId, Ct));
    }

    [Fact]
    public async Task They_go_along_with_an_address_that_is_parted()
    {
        var mei = await _store.PersonAsync("Mei.Parts");
        var (page, print) = (Drafts.Unique("Page"), Drafts.Unique("Print"));
        var onPage = await _store.WriteAsync(mei, Drafts.CommentOn("Some words", "On the page", page));
        var onPrint = await _store.WriteAsync(mei, Drafts.CommentOn(Words, "On the print", print));
        await _store.Addresses.MergeAsync(Viewer.Operator, print.Uri!, page.Uri!, Ct);
        Assert.Equal(onPage.SourceId, await _store.Sources.PresentIdAsync(mei, onPrint.SourceId, Ct));
        var parted = await _store.Addresses.PartAsync(Viewer.Operator, page.Uri!, [print.Uri!], Ct);
        Assert.Equal(parted, await _store.Sources.PresentIdAsync(mei, onPrint.SourceId, Ct));
    }

    [Fact]
    public async Task Who_does_not_see_the_source_is_told_nothing()
    {
        var (mei, tom) = (await _store.PersonAsync("Mei.Hides"), await _store.PersonAsync("Tom.Looks"));
        var (page, print) = (Drafts.Unique("Page"), Drafts.Unique("Print"));
        var onPage = await _store.WriteAsync(mei, Drafts.CommentOn(Words, "Mine", page).Private());
        var onPrint = await _store.WriteAsync(mei, Drafts.CommentOn(Words, "Mine too", print).Private());
        await _store.Addresses.MergeAsync(Viewer.Operator, print.Uri!, page.Uri!, Ct);
        Assert.Equal(onPage.SourceId, await _store.Sources.PresentIdAsync(mei, onPrint.SourceId, Ct));
        foreach (var viewer in new[] { tom, Viewer.Visitor })
        {
            Assert.Null(await _store.Sources.PresentIdAsync(viewer, onPrint.SourceId, Ct));
            Assert.Null(await _store.Sources.PresentIdAsync(viewer, onPrint.PassageId!.Value, Ct));
        }

        await Assert.ThrowsAsync<Missing>(() =>
            _store.WriteAsync(tom, Drafts.PageNote("A guess") with { Source = null, SourceId = onPrint.SourceId }));
    }

    [Fact]
    public async Task They_go_with_the_source()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var (page, print) = (Drafts.Unique("Page"), Drafts.Unique("Print"));
        var onPage = await store.WriteAsync(mei, Drafts.CommentOn(Words, "One", page));
        var onPrint = await store.WriteAsync(mei, Drafts.CommentOn(Words, "Two", print));
        await store.Addresses.MergeAsync(Viewer.Operator, print.Uri!, page.Uri!, Ct);
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        Assert.Equal(2, await db.FormerIds.CountAsync(Ct));
        foreach (var id in new[] { onPage.Id, onPrint.Id })
            await store.Removal.DeleteAsync(mei, id, Ct);
        store.Clock.Advance(Annotation.Restorable + TimeSpan.FromSeconds(1));
        await store.Removal.PurgeAsync(Ct);
        Assert.Equal(0, await db.FormerIds.CountAsync(Ct));
    }

    [Fact]
    public async Task What_was_being_written_meanwhile_is_stored_where_everything_is()
    {
        var (mei, tom) = (await _store.PersonAsync("Mei.Writes"), await _store.PersonAsync("Tom.Writes"));
        var (page, print) = (Drafts.Unique("Page"), Drafts.Unique("Print"));
        var onPage = await _store.WriteAsync(mei, Drafts.CommentOn(Words, "On the page", page));
        var onPrint = await _store.WriteAsync(mei, Drafts.CommentOn(Words, "On the print", print));
        var text = await _store.AddTextAsync(mei, print, shared: true, $"Before. {Words} After.");
        await _store.Addresses.MergeAsync(Viewer.Operator, print.Uri!, page.Uri!, Ct);
        var onPassage = Drafts.CommentOn(
            Words, "On the same passage") with { Source = null, Quote = null, SourceId = onPrint.SourceId, PassageId = onPrint.PassageId };
        var onWords = Drafts.CommentOn(
            Words, "On words of the text") with { Source = null, SourceId = onPrint.SourceId, SnapshotId = text };
        foreach (var draft in new[] { onPassage, onWords })
        {
            var written = await _store.WriteAsync(tom, draft);
            Assert.Equal((onPage.SourceId, onPage.PassageId), (written.SourceId, written.PassageId));
        }
    }
}
