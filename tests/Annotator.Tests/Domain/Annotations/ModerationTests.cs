using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Search;

namespace Annotator.Tests.Domain.Annotations;

/// <summary>Who administrates hides and removes what others share; its author sees that and why.</summary>
public sealed class ModerationTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private TestStore Store => shared.Store;

    [Fact]
    public async Task What_is_hidden_is_seen_by_its_author_with_the_reason_and_can_be_shown_again()
    {
        var (author, admin, other, said) = await SaidAsync("hidden");
        await Store.Moderation.ModerateAsync(admin, said.Id, ModerationState.Hidden, " Names a\nprivate person ", Ct);
        Assert.Equal("Names a private person", (await Store.Reader.FindAsync(author, said.Id, Ct)).Held?.Reason);
        Assert.NotNull((await Store.Reader.FindAsync(admin, said.Id, Ct)).Held);
        await AssertGoneForAsync(other, said);
        await AssertGoneForAsync(Viewer.Visitor, said);

        await Store.Moderation.ModerateAsync(admin, said.Id, ModerationState.Approved, null, Ct);
        Assert.Null((await Store.Reader.FindAsync(other, said.Id, Ct)).Held);
    }

    [Fact]
    public async Task What_is_removed_is_gone_and_comes_back_hidden()
    {
        var (author, admin, other, said) = await SaidAsync("removed");
        await Store.Moderation.RemoveAsync(admin, said.Id, "Illegal", Ct);
        foreach (var viewer in new[] { author, admin, other, Viewer.Visitor })
            await AssertGoneForAsync(viewer, said);
        await Assert.ThrowsAsync<Missing>(() => Store.Removal.RestoreAsync(other, said.Id, Ct));
        Assert.Equal("Illegal", (await Store.Removal.RestoreAsync(author, said.Id, Ct)).Held?.Reason);
        await AssertGoneForAsync(other, said);

        await Store.Moderation.RemoveAsync(admin, said.Id, "Illegal", Ct);
        Assert.Equal(ModerationState.Hidden, (await Store.Removal.RestoreAsync(admin, said.Id, Ct)).Held?.State);
        // What its author deletes afterwards is the author's.
        await Store.Removal.DeleteAsync(author, said.Id, Ct);
        await Assert.ThrowsAsync<Missing>(() => Store.Removal.RestoreAsync(admin, said.Id, Ct));
    }

    [Fact]
    public async Task What_is_removed_is_read_by_its_author_alone_with_the_reason_until_it_is_gone()
    {
        var (author, admin, other, said) = await SaidAsync("kept");
        await Store.Moderation.RemoveAsync(admin, said.Id, " Names a\nprivate person ", Ct);
        foreach (var removed in new[] { await RemovedAsync(author, said.Id), await RemovedAsync(author, null) })
        {
            Assert.Equal((said.Id, said.Body), (removed!.Id, removed.Body));
            Assert.Equal((ModerationState.Removed, "Names a private person"), (removed.Held!.State, removed.Held.Reason));
        }

        foreach (var viewer in new[] { admin, other, Viewer.Visitor, Viewer.Operator })
            Assert.Null(await RemovedAsync(viewer, said.Id));
        Store.Clock.Advance(Annotation.Restorable + TimeSpan.FromMinutes(1));
        Assert.Null(await RemovedAsync(author, said.Id));
    }

    [Fact]
    public async Task What_one_deletes_oneself_was_not_removed()
    {
        var (author, admin, _, said) = await SaidAsync("deleted");
        await Store.Moderation.ModerateAsync(admin, said.Id, ModerationState.Hidden, "Hidden", Ct);
        Assert.Null(await RemovedAsync(author, said.Id));
        await Store.Removal.DeleteAsync(author, said.Id, Ct);
        Assert.Null(await RemovedAsync(author, said.Id));
    }

    private async Task<AnnotationView?> RemovedAsync(Viewer viewer, Guid? id) =>
        (await Store.Moderation.RemovedAsync(viewer, id, Ct)).SingleOrDefault();

    [Fact]
    public async Task Only_moderators_decide_and_only_about_what_is_shared()
    {
        var (author, admin, other, said) = await SaidAsync("refused");
        await Assert.ThrowsAsync<Forbidden>(() => Store.Moderation.RemoveAsync(other, said.Id, "No", Ct));
        await Assert.ThrowsAsync<Forbidden>(() => Store.Moderation.RemoveAsync(author, said.Id, "No", Ct));
        await Assert.ThrowsAsync<Forbidden>(() => Store.Moderation.RemoveAsync(Viewer.Visitor, said.Id, "No", Ct));
        var note = await Store.Writer.CreateAsync(author, Drafts.CommentOn(Drafts.Desperation, "Only mine.") with { Shared = false }, Ct);
        await Assert.ThrowsAsync<Missing>(() => Store.Moderation.RemoveAsync(admin, note.Id, "No", Ct));
        var own = await Store.Writer.CreateAsync(admin, Drafts.CommentOn(Drafts.Desperation, "Mine.") with { Shared = false }, Ct);
        await Assert.ThrowsAsync<Forbidden>(() => Store.Moderation.RemoveAsync(admin, own.Id, "No", Ct));
    }

    private async Task<(Viewer Author, Viewer Admin, Viewer Other, AnnotationView Said)> SaidAsync(string word)
    {
        var author = await Store.PersonAsync($"author-{word}");
        var said = await Store.Writer.CreateAsync(author, Drafts.CommentOn(Drafts.Desperation, $"Something {word}."), Ct);
        var admin = await Store.PersonAsync($"admin-{word}") with { IsAdministrator = true };
        return (author, admin, await Store.PersonAsync($"other-{word}"), said);
    }

    private async Task AssertGoneForAsync(Viewer viewer, AnnotationView said)
    {
        await Assert.ThrowsAsync<Missing>(() => Store.Reader.FindAsync(viewer, said.Id, Ct));
        var found = await Store.Search.FindAsync(viewer, SearchQuery.Parse(said.Body), new(), Ct);
        Assert.DoesNotContain(found.Hits, h => h.Annotation.Id == said.Id);
    }
}
