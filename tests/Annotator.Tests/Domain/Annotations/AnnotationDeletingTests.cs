using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Annotations;

/// <summary>A store for each test: purging looks at everything that is there.</summary>
public sealed class AnnotationDeletingTests
{
    [Fact]
    public async Task What_is_deleted_is_gone_from_every_view_and_can_be_restored()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var written = await store.WriteAsync(mei, Drafts.CommentOn(Drafts.Desperation, "Never mind"));
        await store.Removal.DeleteAsync(mei, written.Id, Ct);
        await Assert.ThrowsAsync<Missing>(() => store.Reader.FindAsync(mei, written.Id, Ct));
        await Assert.ThrowsAsync<Missing>(() => store.Reader.HistoryAsync(mei, written.Id, Ct));
        await Assert.ThrowsAsync<Missing>(() => store.Writer.EditAsync(mei, written.Id, new AnnotationEdit(1, "x", null, [], true), Ct));
        await Assert.ThrowsAsync<Missing>(() => store.Removal.DeleteAsync(mei, written.Id, Ct));
        await Assert.ThrowsAsync<Missing>(() => store.Sources.ReadAsync(mei, written.SourceId, Ct));
        Assert.Empty((await store.Library.BrowseAsync(mei, new(), Ct)).Items);
        Assert.Equivalent(written, await store.Removal.RestoreAsync(mei, written.Id, Ct), strict: true);
        Assert.Equivalent(written, await store.Reader.FindAsync(mei, written.Id, Ct), strict: true);
    }

    [Fact]
    public async Task Only_the_author_deletes_and_restores()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var tom = await store.PersonAsync("Tom");
        var open = await store.WriteAsync(mei, Drafts.PageNote("Open"));
        var hidden = await store.WriteAsync(mei, Drafts.PageNote("Hidden").Private());
        Assert.Equal("delete", (await Assert.ThrowsAsync<Forbidden>(() => store.Removal.DeleteAsync(tom, open.Id, Ct))).Action);
        await Assert.ThrowsAsync<Forbidden>(() => store.Removal.DeleteAsync(Viewer.Visitor, open.Id, Ct));
        await Assert.ThrowsAsync<Missing>(() => store.Removal.DeleteAsync(tom, hidden.Id, Ct));
        await store.Removal.DeleteAsync(mei, open.Id, Ct);
        await Assert.ThrowsAsync<Missing>(() => store.Removal.RestoreAsync(tom, open.Id, Ct));
        Assert.Equal(
            "sign_in", (await Assert.ThrowsAsync<Forbidden>(() => store.Removal.RestoreAsync(Viewer.Visitor, open.Id, Ct))).Action);
    }

    [Fact]
    public async Task After_a_day_it_is_gone_for_good_with_all_that_nobody_speaks_of()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var lonely = await store.WriteAsync(mei, Drafts.CommentOn("Lonely words", "Gone", Drafts.Unique("Lonely")));
        var shared = Drafts.Unique("Shared");
        var deleted = await store.WriteAsync(mei, Drafts.CommentOn("Shared words", "Gone", shared));
        var kept = await store.WriteAsync(mei, Drafts.CommentOn("Shared words", "Kept", shared));
        await store.Writer.EditAsync(mei, lonely.Id, new AnnotationEdit(1, "Gone soon", null, [], true), Ct);
        await store.Removal.DeleteAsync(mei, lonely.Id, Ct);
        await store.Removal.DeleteAsync(mei, deleted.Id, Ct);
        store.Clock.Advance(Annotation.Restorable);
        Assert.Equal(0, await store.Removal.PurgeAsync(Ct));
        store.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await store.Removal.PurgeAsync(Ct));
        Assert.Equal(0, await store.Removal.PurgeAsync(Ct));
        await Assert.ThrowsAsync<Missing>(() => store.Removal.RestoreAsync(mei, lonely.Id, Ct));
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        Assert.Equal([kept.Id], await db.Annotations.Select(a => a.Id).ToListAsync(Ct));
        Assert.Equal([kept.Id], await db.SearchEntries.Select(e => e.AnnotationId).ToListAsync(Ct));
        Assert.Equal([kept.PassageId], await db.Passages.Select(p => (Guid?)p.Id).ToListAsync(Ct));
        Assert.Equal([kept.SourceId], await db.Sources.Select(s => s.Id).ToListAsync(Ct));
        Assert.Equal(0, await db.Set<Revision>().CountAsync(Ct));
    }

    [Fact]
    public async Task Replies_outlive_what_they_answer()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var tom = await store.PersonAsync("Tom");
        var root = await store.WriteAsync(mei, Drafts.CommentOn(Drafts.Desperation, "Gone"));
        var reply = await store.WriteAsync(tom, Drafts.ReplyTo(root, "Kept"));
        await store.Removal.DeleteAsync(mei, root.Id, Ct);
        store.Clock.Advance(Annotation.Restorable + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await store.Removal.PurgeAsync(Ct));
        Assert.Equal(0, await store.Removal.PurgeAsync(Ct));
        Assert.Equal("Kept", (await store.Reader.FindAsync(Viewer.Visitor, reply.Id, Ct)).Body);
        var reading = await store.Sources.ReadAsync(Viewer.Visitor, root.SourceId, Ct);
        Assert.Equal([reply.Id], reading.Annotations.Select(a => a.Id));
        Assert.Equal(Drafts.Desperation, Assert.Single(reading.Passages).Quote.Exact);
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        Assert.Equal("", await db.Annotations.Where(a => a.Id == root.Id).Select(a => a.Body).SingleAsync(Ct));
        await Assert.ThrowsAsync<Missing>(() => store.Removal.RestoreAsync(mei, root.Id, Ct));
    }

    [Fact]
    public async Task Restored_twice_at_once_it_is_there_once()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var written = await store.WriteAsync(mei, Drafts.CommentOn(Drafts.Desperation, "Back again"));
        foreach (var _ in Enumerable.Range(0, 10))
        {
            await store.Removal.DeleteAsync(mei, written.Id, Ct);
            var restored = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.Removal.RestoreAsync(mei, written.Id, Ct)));
            Assert.All(restored, r => Assert.Equal("Back again", r.Body));
        }
    }

    [Fact]
    public async Task A_purged_root_keeps_nothing_of_what_it_said()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var highlight = Drafts.CommentOn(Drafts.Desperation, "").Imported("Ann", store.Clock.GetUtcNow()) with { Tags = ["secret"] };
        highlight = highlight with
        {
            Received = new Received
            {
                Selectors = """[{"type":"RangeSelector"}]""", Extra = """{"hypothesis":{"x":1}}""", Targets = [new("https://b.example/")],
            },
        };
        await store.Batches.WriteAsync([highlight], Ct);
        await store.WriteAsync(mei, Drafts.ReplyTo(await store.Reader.FindAsync(mei, highlight.Id, Ct), "An answer"));
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        await db.Annotations.Where(a => a.Id == highlight.Id)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.Deleted, store.Clock.GetUtcNow()), Ct);
        store.Clock.Advance(Annotation.Restorable + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await store.Removal.PurgeAsync(Ct));
        Assert.Equal(0, await store.Removal.PurgeAsync(Ct));
        var root = await db.Annotations.AsNoTracking().SingleAsync(a => a.Id == highlight.Id, Ct);
        Assert.Equal(("", 0, null, null), (root.Body, root.Tags.Length, root.Selectors, root.Extra));
        Assert.False(await db.SearchEntries.AnyAsync(e => e.AnnotationId == root.Id, Ct));
        Assert.False(await db.Set<FurtherTarget>().AnyAsync(t => t.AnnotationId == root.Id, Ct));
    }

    [Fact]
    public async Task Purging_waits_for_whoever_is_just_writing()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var bare = await store.WriteAsync(mei, Drafts.CommentOn(Drafts.Desperation, "Gone"));
        await store.Removal.DeleteAsync(mei, bare.Id, Ct);
        store.Clock.Advance(Annotation.Restorable + TimeSpan.FromSeconds(1));

        var now = store.Clock.GetUtcNow();
        await using var writing = await store.Databases.CreateDbContextAsync(Ct);
        await using var transaction = await writing.Database.BeginTransactionAsync(Ct);
        var about = await new DraftTargets(writing, store.Detector, now).SingleAsync(
            Drafts.CommentOn(Drafts.Desperation, "Just in time"), inPublic: true, Ct);
        var late = Annotation.Write(about, mei.RequirePerson(), "en", now);
        writing.Annotations.Add(late);
        await writing.SaveChangesAsync(Ct);
        var purge = store.Removal.PurgeAsync(Ct);
        await store.UntilSomebodyWaitsAsync(purge);
        await transaction.CommitAsync(Ct);

        Assert.Equal(1, await purge);
        Assert.Equal("Just in time", (await store.Reader.FindAsync(mei, late.Id, Ct)).Body);
    }
}
