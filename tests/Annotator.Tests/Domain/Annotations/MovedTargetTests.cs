using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Changes;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Search;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Annotations;

/// <summary>An edit may say that an annotation is about something else.</summary>
public sealed class MovedTargetTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task Passage_search_thread_and_pages_follow_an_annotation_that_moves()
    {
        var mei = await _store.PersonAsync("Mei");
        var (here, there) = (Drafts.Unique("Here"), Drafts.Unique("There"));
        var root = await _store.WriteAsync(
            mei,
            Drafts.CommentOn(
                "Wrong words", "marker", here) with { Received = new Received { Selectors = "[]", Extra = """{"w3c":{}}""" } });
        var reply = await _store.WriteAsync(mei, Drafts.ReplyTo(root, "answer"));
        var kept = await _store.WriteAsync(mei, Drafts.PageNote("Stays", here));
        var edited = await _store.Writer.EditAsync(
            mei, root.Id, Saying("marker", 1) with { Target = new(there, new Quote("Right words", "before ")) }, Ct);

        Assert.NotEqual(root.SourceId, edited.SourceId);
        Assert.Equal((there.Uri, 2), (edited.Uri, edited.Version));
        Assert.Equal([kept.Id], (await _store.Sources.ReadAsync(mei, root.SourceId, Ct)).Annotations.Select(a => a.Id));
        var reading = await _store.Sources.ReadAsync(mei, edited.SourceId, Ct);
        var passage = Assert.Single(reading.Passages);
        Assert.Equal("Right words", passage.Quote.Exact);
        Assert.Equal([root.Id, reply.Id], Assert.Single(passage.Threads).All.Select(a => a.Id));
        Assert.Equal([root.Id], await FoundAsync("\"right words\""));
        Assert.Empty(await FoundAsync("\"wrong words\""));
        Assert.Equal(new[] { root.Id, reply.Id }.Order(), await FoundAsync($"source:{PublicId.Of(edited.SourceId)}"));
        Assert.Equal([kept.Id], await FoundAsync($"source:{PublicId.Of(root.SourceId)}"));
        // Its selectors said where the words stood that it is not about any more.
        var record = await _store.Reader.RecordAsync(mei, root.Id, Ct);
        Assert.Equal((null, """{"w3c":{}}"""), (record.Received.Selectors, record.Received.Extra));
        var before = Assert.Single(await _store.Reader.HistoryAsync(mei, root.Id, Ct));
        Assert.Equal((here.Uri, "Wrong words", "[]"), (before.Uri, before.Quote, before.Received.Selectors));
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        var changes = await db.Changes.Where(c => c.AnnotationId == root.Id || c.AnnotationId == reply.Id)
            .Select(c => new { c.SourceId, c.AnnotationId, c.Action })
            .ToListAsync(Ct);
        Assert.All(
            [root.Id, reply.Id],
            id =>
                Assert.Contains(new { SourceId = (Guid?)root.SourceId, AnnotationId = (Guid?)id, Action = ChangeAction.Delete }, changes));
        Assert.All(
            [root.Id, reply.Id],
            id =>
                Assert.Contains(
                    new { SourceId = (Guid?)edited.SourceId, AnnotationId = (Guid?)id, Action = ChangeAction.Update }, changes));
    }

    [Fact]
    public async Task It_joins_what_is_there_already()
    {
        var mei = await _store.PersonAsync("Mei.Joins");
        var tom = await _store.PersonAsync("Tom.Joins");
        var source = Drafts.Unique("Joined");
        var there = await _store.WriteAsync(tom, Drafts.CommentOn("Meeting point", "First", source));
        var written = await _store.WriteAsync(mei, Drafts.CommentOn("Astray", "Second", source));
        var edited = await _store.Writer.EditAsync(
            mei, written.Id, Saying("Second", 1) with { Target = new(null, new Quote("meeting  point")) }, Ct);
        Assert.Equal((there.SourceId, there.PassageId), (edited.SourceId, edited.PassageId));
        var note = await _store.Writer.EditAsync(
            mei, written.Id, Saying("Second", 2) with { Target = new(source with { Title = null }, null) }, Ct);
        Assert.Equal((there.SourceId, null), (note.SourceId, note.PassageId));
        var refusal =
            await Assert.ThrowsAsync<Invalid>(() =>
                _store.Writer.EditAsync(mei, written.Id, Saying("", 3) with { Target = new(null, null) }, Ct));
        Assert.Equal(("body", "required"), (refusal.Field, refusal.Reason));
    }

    [Fact]
    public async Task A_reply_stays_with_what_it_answers()
    {
        var mei = await _store.PersonAsync("Mei.Replies");
        var root = await _store.WriteAsync(mei, Drafts.PageNote("Root", Drafts.Unique("Thread")));
        var reply = await _store.WriteAsync(mei, Drafts.ReplyTo(root, "Reply"));
        var edited = await _store.Writer.EditAsync(
            mei, reply.Id, Saying("Reply!", 1) with { Target = new(Drafts.Unique("Away"), new Quote("x")) }, Ct);
        Assert.Equal((root.SourceId, null, root.Uri), (edited.SourceId, edited.PassageId, edited.Uri));
    }

    [Fact]
    public async Task What_only_an_earlier_state_quoted_stays_with_the_history()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var written = await store.WriteAsync(mei, Drafts.CommentOn("Once quoted", "One", Drafts.Unique("Old")));
        await store.Writer.EditAsync(
            mei, written.Id, Saying("One", 1) with { Target = new(Drafts.Unique("New"), new Quote("Now quoted")) }, Ct);
        var other = await store.WriteAsync(mei, Drafts.PageNote("To be purged"));
        await store.Removal.DeleteAsync(mei, other.Id, Ct);
        store.Clock.Advance(Annotation.Restorable + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await store.Removal.PurgeAsync(Ct));
        Assert.Equal("Once quoted", Assert.Single(await store.Reader.HistoryAsync(mei, written.Id, Ct)).Quote);
    }

    private static AnnotationEdit Saying(string body, int version) => new(version, body, "en", [], Shared: true);

    private async Task<IReadOnlyList<Guid>> FoundAsync(string query) =>
        [.. (await _store.Search.FindAsync(Viewer.Visitor, SearchQuery.Parse(query), new(), Ct)).Hits.Select(h => h.Annotation.Id).Order()];
}
