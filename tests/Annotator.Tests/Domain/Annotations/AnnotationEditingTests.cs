using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;

namespace Annotator.Tests.Domain.Annotations;

public sealed class AnnotationEditingTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task An_edit_keeps_what_was_said_before()
    {
        var mei = await _store.PersonAsync("Mei");
        var written = await _store.WriteAsync(mei, Drafts.CommentOn(Drafts.Desperation, "First") with { Tags = ["one"], Language = "en" });
        _store.Clock.Advance(TimeSpan.FromMinutes(5));
        var edited = await _store.Writer.EditAsync(
            mei, written.Id, new AnnotationEdit(1, "Zweitens", "de", ["two", "two", " "], Shared: true), Ct);
        Assert.Equal(("Zweitens", "de", 2), (edited.Body, edited.Language, edited.Version));
        Assert.Equal(["two"], edited.Tags);
        Assert.Equal((written.Created, _store.Clock.GetUtcNow(), written.PassageId), (edited.Created, edited.Updated, edited.PassageId));
        var before = Assert.Single(await _store.Reader.HistoryAsync(Viewer.Visitor, written.Id, Ct));
        Assert.Equal((1, "First", "en", written.Created), (before.Version, before.Body, before.Language, before.Written));
        Assert.Equal(["one"], before.Tags);
    }

    [Fact]
    public async Task History_is_told_from_the_newest_to_the_oldest()
    {
        var mei = await _store.PersonAsync("Mei.History");
        var written = await _store.WriteAsync(mei, Drafts.PageNote("1"));
        foreach (var version in Enumerable.Range(1, 3))
            await _store.Writer.EditAsync(mei, written.Id, Saying($"{version + 1}", version), Ct);
        Assert.Equal(["3", "2", "1"], (await _store.Reader.HistoryAsync(mei, written.Id, Ct)).Select(r => r.Body));
    }

    [Fact]
    public async Task A_long_history_is_told_page_by_page()
    {
        var mei = await _store.PersonAsync("Mei.Long");
        var written = await _store.WriteAsync(mei, Drafts.PageNote("1"));
        var edits = AnnotationReader.HistoryPage + 3;
        foreach (var version in Enumerable.Range(1, edits))
            await _store.Writer.EditAsync(mei, written.Id, Saying($"{version + 1}", version), Ct);
        var first = await _store.Reader.HistoryAsync(mei, written.Id, Ct);
        var second = await _store.Reader.HistoryAsync(mei, written.Id, first[^1].Version, Ct);
        Assert.Equal(AnnotationReader.HistoryPage, first.Count);
        Assert.Equal(Enumerable.Range(1, edits).Reverse(), first.Concat(second).Select(r => r.Version));
    }

    [Fact]
    public async Task Saying_the_same_again_is_no_edit()
    {
        var mei = await _store.PersonAsync("Mei.Same");
        var written = await _store.WriteAsync(mei, Drafts.PageNote("The same") with { Language = "en" });
        _store.Clock.Advance(TimeSpan.FromMinutes(5));
        var edited = await _store.Writer.EditAsync(mei, written.Id, Saying("The same ", 1) with { Language = "en" }, Ct);
        Assert.Equivalent(written, edited, strict: true);
        Assert.Empty(await _store.Reader.HistoryAsync(mei, written.Id, Ct));
    }

    [Fact]
    public async Task An_edit_that_is_sent_again_is_done_once()
    {
        var mei = await _store.PersonAsync("Mei.Again");
        var written = await _store.WriteAsync(mei, Drafts.PageNote("1"));
        var edit = new AnnotationEdit(1, "2", "en", ["a", "b"], true);
        var edited = await _store.Writer.EditAsync(mei, written.Id, edit, Ct);
        Assert.Equivalent(edited, await _store.Writer.EditAsync(mei, written.Id, edit, Ct), strict: true);
        Assert.Equal(2, edited.Version);
        AnnotationEdit[] others = [edit with { Tags = ["a"] }, edit with { Shared = false }, edit with { Language = "de" }];
        foreach (var other in others)
            await Assert.ThrowsAsync<EditConflict>(() => _store.Writer.EditAsync(mei, written.Id, other, Ct));
    }

    [Fact]
    public async Task Whoever_edits_an_old_version_is_shown_the_present_one()
    {
        var mei = await _store.PersonAsync("Mei.Conflict");
        var written = await _store.WriteAsync(mei, Drafts.PageNote("1"));
        await _store.Writer.EditAsync(mei, written.Id, Saying("2", 1), Ct);
        var conflict = await Assert.ThrowsAsync<EditConflict>(() => _store.Writer.EditAsync(mei, written.Id, Saying("3", 1), Ct));
        Assert.Equal(("2", 2), (conflict.Current.Body, conflict.Current.Version));
        Assert.Equal("2", (await _store.Reader.FindAsync(mei, written.Id, Ct)).Body);
    }

    [Fact]
    public async Task Only_the_author_edits()
    {
        var mei = await _store.PersonAsync("Mei.Author");
        var tom = await _store.PersonAsync("Tom.Author");
        var open = await _store.WriteAsync(mei, Drafts.PageNote("Open"));
        var hidden = await _store.WriteAsync(mei, Drafts.PageNote("Hidden").Private());
        Assert.Equal(
            "edit", (await Assert.ThrowsAsync<Forbidden>(() => _store.Writer.EditAsync(tom, open.Id, Saying("Mine", 1), Ct))).Action);
        await Assert.ThrowsAsync<Forbidden>(() => _store.Writer.EditAsync(Viewer.Visitor, open.Id, Saying("Mine", 1), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => _store.Writer.EditAsync(Viewer.Operator, open.Id, Saying("Mine", 1), Ct));
        await Assert.ThrowsAsync<Missing>(() => _store.Writer.EditAsync(tom, hidden.Id, Saying("Mine", 1), Ct));
        await Assert.ThrowsAsync<Missing>(() => _store.Writer.EditAsync(mei, Guid.CreateVersion7(), Saying("Mine", 1), Ct));
        Assert.Equal("Open", (await _store.Reader.FindAsync(mei, open.Id, Ct)).Body);
    }

    [Fact]
    public async Task Edits_have_the_limits_of_drafts()
    {
        var mei = await _store.PersonAsync("Mei.Limits");
        var note = await _store.WriteAsync(mei, Drafts.PageNote("A note"));
        await RefusedAsync("body", "too_long", Limits.Body, Saying(new string('x', Limits.Body + 1), 1));
        await RefusedAsync(
            "tags", "too_many", Limits.Tags, Saying("x", 1) with { Tags = [.. Enumerable.Range(0, 65).Select(i => $"{i}")] });
        await RefusedAsync("language", "unknown_language", null, Saying("x", 1) with { Language = "no language" });
        await RefusedAsync("body", "required", null, Saying(" ", 1));
        Assert.Equal(1, (await _store.Reader.FindAsync(mei, note.Id, Ct)).Version);

        async Task RefusedAsync(string field, string reason, int? limit, AnnotationEdit edit)
        {
            var refusal = await Assert.ThrowsAsync<Invalid>(() => _store.Writer.EditAsync(mei, note.Id, edit, Ct));
            Assert.Equal((field, reason, limit), (refusal.Field, refusal.Reason, refusal.Limit));
        }
    }

    /// <summary>Else the page would compare megabytes with the present body.</summary>
    [Fact]
    public async Task A_body_that_is_too_long_is_refused_before_versions_are_compared()
    {
        var mei = await _store.PersonAsync("Mei.Megabytes");
        var note = await _store.WriteAsync(mei, Drafts.PageNote("A note"));
        var flood = string.Concat(Enumerable.Repeat("ab ", 5_500_000));
        var refusal = await Assert.ThrowsAsync<Invalid>(() => _store.Writer.EditAsync(mei, note.Id, Saying(flood, 0), Ct));
        Assert.Equal(("body", "too_long", Limits.Body), (refusal.Field, refusal.Reason, refusal.Limit));
    }

    [Fact]
    public async Task A_comment_may_become_a_highlight_again()
    {
        var mei = await _store.PersonAsync("Mei.Mute");
        var comment = await _store.WriteAsync(mei, Drafts.CommentOn(Drafts.Desperation, "Too much said"));
        Assert.True((await _store.Writer.EditAsync(mei, comment.Id, Saying("", 1), Ct)).IsHighlight);
    }

    [Fact]
    public async Task What_was_said_in_private_stays_private_when_the_rest_is_shared()
    {
        var mei = await _store.PersonAsync("Mei.Private");
        var tom = await _store.PersonAsync("Tom.Private");
        var written = await _store.WriteAsync(mei, Drafts.PageNote("Between me and myself").Private());
        await _store.Writer.EditAsync(mei, written.Id, Saying("For everybody", 1), Ct);
        await _store.Writer.EditAsync(mei, written.Id, Saying("For everybody!", 2), Ct);
        Assert.Equal(["For everybody"], (await _store.Reader.HistoryAsync(tom, written.Id, Ct)).Select(r => r.Body));
        Assert.Equal(2, (await _store.Reader.HistoryAsync(mei, written.Id, Ct)).Count);
    }

    private static AnnotationEdit Saying(string body, int version) => new(version, body, null, [], Shared: true);
}
