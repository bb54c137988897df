using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Annotations;

public sealed class AnnotationWriterTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task What_is_written_can_be_read()
    {
        var mei = await _store.PersonAsync("Mei");
        var draft = Drafts.CommentOn(
            Drafts.Learning, "  Joy comes first.\n", Drafts.Analects) with { Language = "en", Tags = [" joy ", "", "joy", "學"] };
        var written = await _store.WriteAsync(mei, draft);
        var read = await _store.Reader.FindAsync(mei, draft.Id, Ct);
        Assert.Equivalent(written, read, strict: true);
        Assert.Equal(draft.Id, read.Id);
        Assert.Equal("Joy comes first.", read.Body);
        Assert.Equal(("en", true), (read.Language, read.LanguageGiven));
        Assert.Equal(["joy", "學"], read.Tags);
        Assert.Equal("Mei", read.Author.Name);
        Assert.Equal((_store.Clock.GetUtcNow(), _store.Clock.GetUtcNow(), 1), (read.Created, read.Updated, read.Version));
        Assert.True(read is { IsMine: true, IsReply: false, IsHighlight: false, Shared: true });
        Assert.False((await _store.Reader.FindAsync(Viewer.Visitor, draft.Id, Ct)).IsMine);
    }

    [Fact]
    public async Task A_highlight_says_nothing_and_a_page_note_quotes_nothing()
    {
        var mei = await _store.PersonAsync("Mei.Highlights");
        var highlight = await _store.WriteAsync(mei, Drafts.CommentOn(Drafts.Desperation, ""));
        var note = await _store.WriteAsync(mei, Drafts.PageNote("Read it in winter."));
        Assert.True(highlight.IsHighlight);
        Assert.NotNull(highlight.PassageId);
        Assert.Null(note.PassageId);
        Assert.Equal(highlight.SourceId, note.SourceId);
    }

    [Fact]
    public async Task Comments_on_the_same_words_of_a_source_share_the_passage()
    {
        var mei = await _store.PersonAsync("Mei.Shares");
        var tom = await _store.PersonAsync("Tom.Shares");
        var source = Drafts.Unique("Shared words");
        var first = await _store.WriteAsync(mei, Drafts.CommentOn("Simplify, simplify!", "簡單", source));
        var second = await _store.WriteAsync(tom, Drafts.CommentOn("simplify\nsimplify", "Twice is once too often.", source));
        var elsewhere = await _store.WriteAsync(tom, Drafts.CommentOn("Simplify, simplify!", "Here too.", Drafts.Unique("Another source")));
        Assert.Equal((first.SourceId, first.PassageId), (second.SourceId, second.PassageId));
        Assert.NotEqual(first.SourceId, elsewhere.SourceId);
        Assert.NotEqual(first.PassageId, elsewhere.PassageId);
    }

    [Fact]
    public async Task The_same_words_with_other_context_are_another_passage()
    {
        var mei = await _store.PersonAsync("Mei.Context");
        var source = Drafts.Unique("Time and time again");
        var first = await _store.WriteAsync(mei, Drafts.CommentOn(new Quote("time", "once upon a ", " there was"), "When?", source));
        var other = await _store.WriteAsync(mei, Drafts.CommentOn(new Quote("time", "what is the ", ", please"), "Noon.", source));
        var unknown = await _store.WriteAsync(mei, Drafts.CommentOn(new Quote("time"), "Which one?", source));
        var asUnknown = await _store.WriteAsync(mei, Drafts.CommentOn(new Quote("time"), "Any of them.", source));
        Assert.Distinct([first.PassageId, other.PassageId, unknown.PassageId]);
        Assert.Equal(unknown.PassageId, asUnknown.PassageId);
    }

    [Fact]
    public async Task A_draft_may_name_a_passage_that_is_there()
    {
        var mei = await _store.PersonAsync("Mei.Names");
        var first = await _store.WriteAsync(mei, Drafts.CommentOn(Drafts.Desperation, "All of them?"));
        var second = await _store.WriteAsync(
            mei, Drafts.PageNote("Most.") with { Source = null, SourceId = first.SourceId, PassageId = first.PassageId });
        Assert.Equal((first.SourceId, first.PassageId), (second.SourceId, second.PassageId));
    }

    [Fact]
    public async Task A_source_without_an_address_is_known_by_its_title()
    {
        var mei = await _store.PersonAsync("Mei.Title");
        var written = await _store.WriteAsync(mei, Drafts.PageNote("On my shelf.", new(null, "A letter from home", "Grandmother", "en")));
        var reading = await _store.Sources.ReadAsync(mei, written.SourceId, Ct);
        Assert.Equal(("A letter from home", "Grandmother", "en"), (reading.Source.Title, reading.Source.Author, reading.Source.Language));
        Assert.Empty(reading.Source.Uris);
    }

    [Fact]
    public async Task A_title_learnt_later_replaces_the_bare_address_only()
    {
        var mei = await _store.PersonAsync("Mei.Learns");
        var source = Drafts.Unique("A title");
        var written = await _store.WriteAsync(mei, Drafts.PageNote("No title yet.", source with { Title = null }));
        Assert.Equal(source.Uri, await TitleAsync());
        await _store.WriteAsync(mei, Drafts.PageNote("Now there is one.", source));
        Assert.Equal("A title", await TitleAsync());
        await _store.WriteAsync(mei, Drafts.PageNote("Too late.", source with { Title = "Another title" }));
        Assert.Equal("A title", await TitleAsync());

        async Task<string> TitleAsync() => (await _store.Sources.ReadAsync(mei, written.SourceId, Ct)).Source.Title;
    }

    [Fact]
    public async Task An_address_in_any_script_and_of_any_allowed_length_is_stored()
    {
        var mei = await _store.PersonAsync("Mei.Iri");
        // Every character another one, so that no index can compress them.
        var path = string.Concat(Enumerable.Range(0x4e00, 1_990).Select(c => (char)c));
        var address = $"https://texts.example/{path}";
        var written = await _store.WriteAsync(mei, Drafts.PageNote("A long way.", new(address, null, null, null)));
        Assert.Equal([address], (await _store.Sources.ReadAsync(mei, written.SourceId, Ct)).Source.Uris);
        await _store.WriteAsync(mei, Drafts.PageNote("It has a name.", new(address, "Named at last", null, null)));
        Assert.Equal("Named at last", (await _store.Sources.ReadAsync(mei, written.SourceId, Ct)).Source.Title);
    }

    [Fact]
    public async Task The_longest_texts_that_are_allowed_are_stored()
    {
        var mei = await _store.PersonAsync("Mei.Long");
        // A fixed seed: Han characters in no order give the most lexemes that a text can give.
#pragma warning disable CA5394 // No secret is made here.
        var random = new Random(7);
        string Han(int length) => new([.. Enumerable.Range(0, length).Select(_ => (char)random.Next(0x4e00, 0x9fa0))]);
#pragma warning restore CA5394
        var draft = Drafts.CommentOn(
            Han(Limits.Quote), Han(Limits.Body)) with { Tags = [.. Enumerable.Range(0, Limits.Tags).Select(_ => Han(Limits.Tag))] };
        Assert.Equal(Limits.Body, (await _store.WriteAsync(mei, draft)).Body.Length);
        var word = await _store.WriteAsync(mei, Drafts.PageNote(new string('w', Limits.Body)));
        Assert.Equal(Limits.Body, word.Body.Length);
    }

    [Fact]
    public async Task The_same_draft_twice_is_stored_once()
    {
        var mei = await _store.PersonAsync("Mei.Twice");
        var draft = Drafts.CommentOn(Drafts.Desperation, "Sent again by a bad line.");
        var first = await _store.WriteAsync(mei, draft);
        var second = await _store.WriteAsync(mei, draft);
        Assert.Equivalent(first, second, strict: true);
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        Assert.Equal(1, await db.Annotations.CountAsync(a => a.AuthorId == mei.PersonId, Ct));
    }

    [Fact]
    public async Task Other_words_under_the_same_id_are_refused_and_not_lost_unseen()
    {
        var mei = await _store.PersonAsync("Mei.Other");
        var draft = Drafts.CommentOn(Drafts.Desperation, "As it was sent.");
        var first = await _store.WriteAsync(mei, draft);
        var refusal = await Assert.ThrowsAsync<Invalid>(() => _store.WriteAsync(mei, draft with { Body = "As another tab has it." }));
        Assert.Equal(("body", "already_sent"), (refusal.Field, refusal.Reason));
        // What comes once more after it was edited was stored, too.
        await _store.Writer.EditAsync(mei, first.Id, new(1, "As it was edited.", "en", [], true), Ct);
        Assert.Equal("As it was edited.", (await _store.WriteAsync(mei, draft)).Body);
    }

    [Fact]
    public async Task Nobody_can_write_under_the_id_of_somebody_else()
    {
        var mei = await _store.PersonAsync("Mei.Id");
        var tom = await _store.PersonAsync("Tom.Id");
        var first = await _store.WriteAsync(mei, Drafts.CommentOn(Drafts.Desperation, "Mine."));
        var refusal = await Assert.ThrowsAsync<Invalid>(() => _store.WriteAsync(tom, Drafts.PageNote("No, mine.") with { Id = first.Id }));
        Assert.Equal(("id", "taken"), (refusal.Field, refusal.Reason));
        Assert.Equal("Mine.", (await _store.Reader.FindAsync(mei, first.Id, Ct)).Body);
    }

    [Fact]
    public async Task Visitors_are_asked_to_sign_in()
    {
        var refusal = await Assert.ThrowsAsync<Forbidden>(() => _store.WriteAsync(Viewer.Visitor, Drafts.PageNote("Hello?")));
        Assert.Equal("sign_in", refusal.Action);
    }

    [Fact]
    public async Task Only_members_write_in_a_group()
    {
        var mei = await _store.PersonAsync("Mei.Member", "members-only");
        var tom = await _store.PersonAsync("Tom.Outside");
        var draft = Drafts.PageNote("Among us.") with { GroupId = "members-only" };
        var refusal = await Assert.ThrowsAsync<Forbidden>(() => _store.WriteAsync(tom, draft));
        Assert.Equal("write_in_group", refusal.Action);
        Assert.Equal("members-only", (await _store.WriteAsync(mei, draft)).GroupId);
    }

    [Fact]
    public async Task Nobody_can_write_on_what_only_others_see()
    {
        var mei = await _store.PersonAsync("Mei.Secret");
        var tom = await _store.PersonAsync("Tom.Secret");
        var hidden = await _store.WriteAsync(mei, Drafts.CommentOn("Hidden words", "For me.", Drafts.Unique("A secret")).Private());
        var open = await _store.WriteAsync(mei, Drafts.CommentOn("Open words", "For all.", Drafts.Unique("No secret")));
        var alsoHidden = await _store.WriteAsync(
            mei, Drafts.CommentOn("Other words", "For me.") with { Source = null, SourceId = open.SourceId, Shared = false });
        await RefusedAsync("source", Drafts.PageNote("Guessed.") with { Source = null, SourceId = hidden.SourceId });
        await RefusedAsync(
            "passage", Drafts.PageNote("Guessed.") with { Source = null, SourceId = open.SourceId, PassageId = alsoHidden.PassageId });

        async Task RefusedAsync(string what, Annotator.Domain.Annotations.AnnotationDraft draft) =>
            Assert.Equal(what, (await Assert.ThrowsAsync<Missing>(() => _store.WriteAsync(tom, draft))).What);
    }
}
