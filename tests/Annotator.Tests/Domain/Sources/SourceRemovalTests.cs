using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Changes;
using Annotator.Domain.Kernel;
using Annotator.Domain.Search;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Sources;

public sealed class SourceRemovalTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task A_removed_source_is_nowhere_and_comes_back_as_it_was()
    {
        var (mei, tom) = (await _store.PersonAsync("Mei.Removes"), await _store.PersonAsync("Tom.Wrote"));
        var (note, reply, text) = await DiscussedAsync(mei, tom);
        var before = await SeenAsync(tom, note);
        Assert.Equal((1, 1, 3), (before.Texts, before.Found, before.Read));
        var version = await VersionAsync(tom, note);
        await _store.SourceRemoval.RemoveAsync(mei, note.SourceId, Ct);
        foreach (var viewer in new[] { mei, tom, Viewer.Visitor, Viewer.Operator })
        {
            await Assert.ThrowsAsync<Missing>(() => _store.Sources.ReadAsync(viewer, note.SourceId, Ct));
            await Assert.ThrowsAsync<Missing>(() => _store.Corrections.HistoryAsync(viewer, note.SourceId, Ct));
            await Assert.ThrowsAsync<Missing>(() => _store.Reader.FindAsync(viewer, reply.Id, Ct));
            Assert.Equal(0, (await FindAsync(viewer, $"source:{PublicId.Of(note.SourceId)}")).Counted);
            Assert.Empty((await FindAsync(viewer, note.PublicId)).Named.Sources);
            Assert.DoesNotContain((await _store.Library.BrowseAsync(viewer, new(), Ct)).Items, s => s.Id == note.SourceId);
            Assert.NotNull(await _store.SourceRemoval.FindAsync(viewer, note.SourceId, Ct));
            Assert.NotNull(await _store.SourceRemoval.FindAsync(viewer, reply.Id, Ct));
        }

        Assert.NotEqual(version, await VersionAsync(tom, note));
        await using (var db = await _store.Databases.CreateDbContextAsync(Ct))
            Assert.Equal(0, await db.Annotations.CountAsync(a => a.SourceId == note.SourceId && a.SearchEntry != null, Ct));
        await _store.SourceRemoval.RestoreAsync(mei, note.SourceId, Ct);
        await _store.SourceRemoval.RestoreAsync(mei, note.SourceId, Ct);
        Assert.Equal(before, await SeenAsync(tom, note));
        Assert.Equal(text, (await _store.Sources.ReadAsync(tom, note.SourceId, Ct)).Text!.Version.Id);
        Assert.Null(await _store.SourceRemoval.FindAsync(tom, note.SourceId, Ct));
        Assert.Equal(0, await _store.Upkeep.SweepAsync(Ct));
    }

    [Fact]
    public async Task Only_who_added_it_and_administrators_remove_it_and_it_is_told_who_wrote_there()
    {
        var (mei, tom) = (await _store.PersonAsync("Mei.Owns"), await _store.PersonAsync("Tom.Wants"));
        var (note, _, _) = await DiscussedAsync(mei, tom);
        Assert.Null(await _store.SourceRemoval.PreviewAsync(tom, note.SourceId, Ct));
        Assert.Equal("remove_source", (await Assert.ThrowsAsync<Forbidden>(() => RemoveAsync(tom, note))).Action);
        Assert.Equal("sign_in", (await Assert.ThrowsAsync<Forbidden>(() => RemoveAsync(Viewer.Visitor, note))).Action);
        var preview = (await _store.SourceRemoval.PreviewAsync(mei, note.SourceId, Ct))!;
        Assert.Equal((1, 3, 1, "Tom.Wants"), (preview.Texts, preview.Comments, preview.Others, Assert.Single(preview.Names)));
        await RemoveAsync(tom with { IsAdministrator = true }, note);
        await Assert.ThrowsAsync<Missing>(() => _store.SourceRemoval.RestoreAsync(mei, note.SourceId, Ct));
        Assert.False((await _store.SourceRemoval.FindAsync(mei, note.SourceId, Ct))!.MayRestore);
        await _store.SourceRemoval.RestoreAsync(tom with { IsAdministrator = true }, note.SourceId, Ct);
        var kept = await _store.WriteAsync(mei, Drafts.PageNote("Kept", Drafts.Unique("Not seen")).Private());
        await Assert.ThrowsAsync<Missing>(() => RemoveAsync(tom with { IsAdministrator = true }, kept));
        await RemoveAsync(mei, kept);
        Assert.Null(await _store.SourceRemoval.FindAsync(tom with { IsAdministrator = true }, kept.SourceId, Ct));
        await Assert.ThrowsAsync<Missing>(() =>
            _store.SourceRemoval.RestoreAsync(tom with { IsAdministrator = true }, kept.SourceId, Ct));
    }

    [Fact]
    public async Task What_others_keep_to_themselves_or_in_a_group_stays_with_them()
    {
        var mei = await _store.PersonAsync("Mei.Goes");
        var (tom, ada) = (await _store.PersonAsync("Tom.Keeps"), await _store.PersonAsync("Ada.InGroup", "removal-circle"));
        var (note, _, _) = await DiscussedAsync(mei, tom);
        var kept = await _store.WriteAsync(tom, On(note, "Mine alone").Private());
        var inGroup = await _store.WriteAsync(ada, On(note, "Ours") with { GroupId = "removal-circle" });
        await RemoveAsync(mei, note);
        Assert.Equal([kept.Id], (await _store.Sources.ReadAsync(tom, note.SourceId, Ct)).Annotations.Select(a => a.Id));
        Assert.Equal([inGroup.Id], (await _store.Sources.ReadAsync(ada, note.SourceId, Ct)).Annotations.Select(a => a.Id));
        await Assert.ThrowsAsync<Missing>(() => _store.Sources.ReadAsync(mei, note.SourceId, Ct));
        // What is written there afterwards is a new beginning, and stays when the rest is back.
        var anew = await _store.WriteAsync(tom, On(note, "Anew"));
        Assert.Equal([anew.Id], (await _store.Sources.ReadAsync(mei, note.SourceId, Ct)).Annotations.Select(a => a.Id));
        await _store.SourceRemoval.RestoreAsync(mei, note.SourceId, Ct);
        Assert.Equal(4, (await _store.Sources.ReadAsync(mei, note.SourceId, Ct)).Annotations.Count());
    }

    [Fact]
    public async Task Nothing_that_stood_on_it_is_brought_back_alone()
    {
        var (mei, tom) = (await _store.PersonAsync("Mei.Whole"), await _store.PersonAsync("Tom.Part"));
        var (note, reply, _) = await DiscussedAsync(mei, tom);
        var earlier = await _store.WriteAsync(tom, On(note, "Deleted before"));
        await _store.Removal.DeleteAsync(tom, earlier.Id, Ct);
        _store.Clock.Advance(TimeSpan.FromSeconds(1));
        await RemoveAsync(mei, note);
        foreach (var id in new[] { reply.Id, earlier.Id })
        {
            Assert.False(await _store.Removal.MayUndoAsync(tom, id, isDeleted: true, Ct));
            await Assert.ThrowsAsync<Missing>(() => _store.Removal.RestoreAsync(tom, id, Ct));
        }

        Assert.Null(await _store.SourceRemoval.FindAsync(tom, earlier.Id, Ct));
        await _store.SourceRemoval.RestoreAsync(mei, note.SourceId, Ct);
        await Assert.ThrowsAsync<Missing>(() => _store.Reader.FindAsync(tom, earlier.Id, Ct));
        Assert.Equal("Deleted before", (await _store.Removal.RestoreAsync(tom, earlier.Id, Ct)).Body);
    }

    [Fact]
    public async Task A_day_later_it_is_gone_for_who_removed_it_and_what_others_wrote_is_kept()
    {
        await using var store = await TestStore.CreateAsync();
        var (mei, tom) = (await store.PersonAsync("mei"), await store.PersonAsync("tom"));
        var (note, reply, text) = await DiscussedAsync(store, mei, tom);
        var alone = await store.WriteAsync(mei, Drafts.PageNote("Alone", Drafts.Unique("Alone")));
        await store.SourceRemoval.RemoveAsync(mei, note.SourceId, Ct);
        await store.SourceRemoval.RemoveAsync(mei, alone.SourceId, Ct);
        store.Clock.Advance(Annotation.Restorable + TimeSpan.FromMinutes(1));
        await store.Removal.PurgeAsync(Ct);
        await Assert.ThrowsAsync<Missing>(() => store.SourceRemoval.RestoreAsync(mei, note.SourceId, Ct));
        Assert.Null(await store.SourceRemoval.FindAsync(Viewer.Visitor, alone.SourceId, Ct));
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        Assert.False(await db.Sources.AnyAsync(s => s.Id == alone.SourceId, Ct));
        Assert.False(await db.Snapshots.AnyAsync(s => s.Id == text, Ct));
        await store.SourceRemoval.RestoreAsync(Viewer.Operator, note.SourceId, Ct);
        var back = await store.Sources.ReadAsync(tom, note.SourceId, Ct);
        Assert.Equal(2, back.Annotations.Count());
        Assert.Contains(back.Annotations, a => a.Id == reply.Id);
        Assert.Empty(await db.RemovedSources.ToListAsync(Ct));
    }

    [Fact]
    public async Task A_removed_source_comes_back_with_the_one_it_was_merged_into()
    {
        var (mei, tom) = (await _store.PersonAsync("Mei.Joins"), await _store.PersonAsync("Tom.Joins"));
        var (note, reply, _) = await DiscussedAsync(mei, tom);
        var kept = await _store.WriteAsync(mei, Drafts.PageNote("Kept", Drafts.Unique("Kept")));
        await RemoveAsync(mei, note);
        await _store.Addresses.MergeAsync(Viewer.Operator, PublicId.Of(note.SourceId), PublicId.Of(kept.SourceId), Ct);
        await _store.SourceRemoval.RestoreAsync(mei, kept.SourceId, Ct);
        Assert.Equal(4, (await _store.Sources.ReadAsync(tom, kept.SourceId, Ct)).Annotations.Count());
        Assert.Equal(kept.SourceId, (await _store.Reader.FindAsync(tom, reply.Id, Ct)).SourceId);
    }

    private Task<(AnnotationView Note, AnnotationView Reply, Guid Text)> DiscussedAsync(Viewer mei, Viewer tom) =>
        DiscussedAsync(_store, mei, tom);

    // Mei has added a source with a text; Tom has answered her and commented a passage.
    private static async Task<(AnnotationView Note, AnnotationView Reply, Guid Text)> DiscussedAsync(
        TestStore store, Viewer mei, Viewer tom)
    {
        var source = Drafts.Unique("Discussed");
        var note = await store.WriteAsync(mei, Drafts.PageNote("First", source));
        var text = await store.Texts.StoreAsync(mei, Drafts.Text("All the words."), new() { SourceId = note.SourceId }, Ct);
        var reply = await store.WriteAsync(tom, Drafts.ReplyTo(note, "An answer"));
        await store.WriteAsync(tom, Drafts.CommentOn("the words", "On these", source));
        return (note, reply, text.Id);
    }

    private static AnnotationDraft On(AnnotationView note, string body) =>
        Drafts.PageNote(body) with { Source = null, SourceId = note.SourceId };

    private Task RemoveAsync(Viewer viewer, AnnotationView said) => _store.SourceRemoval.RemoveAsync(viewer, said.SourceId, Ct);

    private Task<SearchResults> FindAsync(Viewer viewer, string query) =>
        _store.Search.FindAsync(viewer, SearchQuery.Parse(query), new(), Ct);

    private Task<string> VersionAsync(Viewer viewer, AnnotationView said) =>
        new ChangeLog(_store.Databases).VersionAsync(viewer, said.SourceId, Ct);

    /// <summary>What the viewer sees of the source, by several ways.</summary>
    private async Task<Sight> SeenAsync(Viewer viewer, AnnotationView said)
    {
        var reading = await _store.Sources.ReadAsync(viewer, said.SourceId, Ct);
        var found = await FindAsync(viewer, $"source:{PublicId.Of(said.SourceId)} answer");
        var card = (await _store.Library.BrowseAsync(viewer, new(), Ct)).Items.First(s => s.Id == said.SourceId);
        return new Sight(
            reading.Text is null ? 0 : reading.Text.Versions.Count,
            found.Counted ?? 0,
            reading.Annotations.Count(),
            string.Join(' ', reading.Annotations.Select(a => $"{a.Id} {a.Updated:O} {a.Version} {a.Body}").Order(StringComparer.Ordinal)),
            $"{card.Title} {card.Passages} {card.Comments} {card.People} {card.Newest:O}");
    }

    private sealed record Sight(int Texts, int Found, int Read, string Said, string Card);
}
