using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;

namespace Annotator.Tests.Domain.Annotations;

public sealed class ReplyTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task A_reply_stands_where_its_parent_stands()
    {
        var mei = await _store.PersonAsync("Mei", "circle");
        var root = await _store.WriteAsync(mei, Drafts.CommentOn(Drafts.Desperation, "Lives of what?") with { GroupId = "circle" });
        var reply = await _store.WriteAsync(
            mei, Drafts.ReplyTo(root, "Of quiet desperation.") with { Source = Drafts.Analects, GroupId = Viewer.PublicGroup });
        Assert.Equal((root.SourceId, "circle", null), (reply.SourceId, reply.GroupId, reply.PassageId));
        Assert.Equal((root.Id, root.Id), (reply.RootId, reply.ParentId));
    }

    [Fact]
    public async Task A_reply_to_a_reply_names_everybody_from_the_root_on()
    {
        var mei = await _store.PersonAsync("Mei.Chain");
        var root = await _store.WriteAsync(mei, Drafts.CommentOn(Drafts.Desperation, "One"));
        var second = await _store.WriteAsync(mei, Drafts.ReplyTo(root, "Two"));
        var third = await _store.WriteAsync(mei, Drafts.ReplyTo(second, "Three"));
        Assert.Equal([root.Id, second.Id], third.References);
        Assert.Equal((root.Id, second.Id), (third.RootId, third.ParentId));
    }

    [Fact]
    public async Task A_reply_to_a_private_note_is_private_and_stays_so()
    {
        var mei = await _store.PersonAsync("Mei.Private");
        var root = await _store.WriteAsync(mei, Drafts.CommentOn(Drafts.Desperation, "To think about").Private());
        var reply = await _store.WriteAsync(mei, Drafts.ReplyTo(root, "Thought about"));
        Assert.False(reply.Shared);
        var aloud = new AnnotationEdit(reply.Version, "Said aloud", null, [], Shared: true);
        var refusal = await Assert.ThrowsAsync<Invalid>(() => _store.Writer.EditAsync(mei, reply.Id, aloud, Ct));
        Assert.Equal(("shared", "answers_private"), (refusal.Field, refusal.Reason));
        Assert.Equal("Thought about", (await _store.Reader.FindAsync(mei, reply.Id, Ct)).Body);
        await Assert.ThrowsAsync<Missing>(() => _store.Reader.FindAsync(Viewer.Visitor, reply.Id, Ct));
        Assert.False((await _store.Writer.EditAsync(mei, reply.Id, aloud with { Shared = false }, Ct)).Shared);
        await _store.Writer.EditAsync(mei, root.Id, new AnnotationEdit(root.Version, "Shared first", null, [], Shared: true), Ct);
        Assert.True((await _store.Writer.EditAsync(mei, reply.Id, aloud with { Version = 2 }, Ct)).Shared);
    }

    [Fact]
    public async Task A_reply_names_a_text_of_the_source_that_its_author_sees()
    {
        var mei = await _store.PersonAsync("Mei.Text");
        var tom = await _store.PersonAsync("Tom.Text");
        var source = Drafts.Unique("With texts");
        var root = await _store.WriteAsync(mei, Drafts.PageNote("Read it", source));
        var hidden = await _store.Texts.StoreAsync(mei, Drafts.Text("Not yet for others."), source.Details() with { Shared = false }, Ct);
        var elsewhere = await _store.Texts.StoreAsync(mei, Drafts.Text("For all."), Drafts.Unique("Elsewhere").Details(), Ct);
        foreach (var text in new[] { hidden.Id, elsewhere.Id, Guid.CreateVersion7() })
        {
            var refusal =
                await Assert.ThrowsAsync<Missing>(() => _store.WriteAsync(tom, Drafts.ReplyTo(root, "Which?") with { SnapshotId = text }));
            Assert.Equal("snapshot", refusal.What);
        }

        await _store.WriteAsync(mei, Drafts.ReplyTo(root, "This one") with { SnapshotId = hidden.Id });
    }

    [Fact]
    public async Task What_one_cannot_see_one_cannot_answer()
    {
        var mei = await _store.PersonAsync("Mei.Hidden", "inner");
        var tom = await _store.PersonAsync("Tom.Hidden");
        var root = await _store.WriteAsync(mei, Drafts.CommentOn(Drafts.Desperation, "Among us") with { GroupId = "inner" });
        await Assert.ThrowsAsync<Missing>(() => _store.WriteAsync(tom, Drafts.ReplyTo(root, "Hello?")));
        await _store.Removal.DeleteAsync(mei, root.Id, Ct);
        await Assert.ThrowsAsync<Missing>(() => _store.WriteAsync(mei, Drafts.ReplyTo(root, "Too late")));
    }
}
