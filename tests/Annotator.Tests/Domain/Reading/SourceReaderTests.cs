using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Reading;

namespace Annotator.Tests.Domain.Reading;

public sealed class SourceReaderTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task Comments_on_one_passage_stand_together_in_every_language()
    {
        var mei = await _store.PersonAsync("Mei");
        var tom = await _store.PersonAsync("Tom");
        var source = Drafts.Unique("Together") with { Language = "zh-Hant" };
        var first = await _store.WriteAsync(mei, Drafts.CommentOn("學而時習之，不亦說乎", "第一句", source) with { Language = "zh-Hant" });
        await _store.WriteAsync(mei, Drafts.CommentOn("有朋自遠方來", "Friends", source));
        var second = await _store.WriteAsync(tom, Drafts.CommentOn("學而時習之不亦說乎", "The first sentence", source) with { Language = "en" });
        var reading = await _store.Sources.ReadAsync(Viewer.Visitor, first.SourceId, Ct);
        Assert.Equal(["學而時習之，不亦說乎", "有朋自遠方來"], reading.Passages.Select(p => p.Quote.Exact));
        Assert.Equal([1, 2], reading.Passages.Select(p => p.Number));
        Assert.Equal([first.Id, second.Id], reading.Passages[0].Threads.Select(t => t.Id));
        Assert.Equal("zh-Hant", reading.Passages[0].Language);
        Assert.Empty(reading.PageNotes);
    }

    [Fact]
    public async Task Page_notes_stand_apart()
    {
        var mei = await _store.PersonAsync("Mei.Notes");
        var source = Drafts.Unique("Noted");
        var note = await _store.WriteAsync(mei, Drafts.PageNote("About all of it", source));
        var comment = await _store.WriteAsync(mei, Drafts.CommentOn("words", "About these", source));
        var reply = await _store.WriteAsync(mei, Drafts.ReplyTo(note, "Really all?"));
        var reading = await _store.Sources.ReadAsync(Viewer.Visitor, note.SourceId, Ct);
        var thread = Assert.Single(reading.PageNotes);
        Assert.Equal([note.Id, reply.Id], thread.All.Select(a => a.Id));
        Assert.Equal([comment.Id], reading.Passages.Single().Threads.Single().All.Select(a => a.Id));
    }

    [Fact]
    public async Task A_title_is_told_to_those_who_see_something_of_the_source()
    {
        var mei = await _store.PersonAsync("Mei.Titles");
        var source = Drafts.Unique("Titled");
        var note = await _store.WriteAsync(mei, Drafts.PageNote("For myself", source) with { Shared = false });
        Assert.Equal(source.Title, await _store.Sources.TitleAsync(mei, note.SourceId, Ct));
        Assert.Null(await _store.Sources.TitleAsync(Viewer.Visitor, note.SourceId, Ct));
        Assert.Null(await _store.Sources.TitleAsync(mei, Guid.CreateVersion7(), Ct));
    }

    [Fact]
    public async Task Threads_and_replies_stand_in_the_order_in_which_they_were_begun()
    {
        var mei = await _store.PersonAsync("Mei.Order");
        var source = Drafts.Unique("Ordered");
        var first = await _store.WriteAsync(mei, Drafts.CommentOn("words", "1", source));
        var second = await _store.WriteAsync(mei, Drafts.CommentOn("words", "2", source));
        var late = await _store.WriteAsync(mei, Drafts.ReplyTo(first, "1.1"));
        var later = await _store.WriteAsync(mei, Drafts.ReplyTo(late, "1.1.1"));
        var threads = (await _store.Sources.ReadAsync(mei, first.SourceId, Ct)).Passages.Single().Threads;
        Assert.Equal([[first.Id, late.Id, later.Id], [second.Id]], threads.Select(t => t.All.Select(a => a.Id)));
        Assert.Null(threads[0].AnsweredBy(threads[0].Replies[0]));
        Assert.Equal(late.Id, threads[0].AnsweredBy(threads[0].Replies[1])?.Id);
    }

    [Fact]
    public async Task Replies_stay_at_their_passage_when_the_comment_is_deleted()
    {
        var mei = await _store.PersonAsync("Mei.Deletes");
        var tom = await _store.PersonAsync("Tom.Deletes");
        var source = Drafts.Unique("Deleted");
        var root = await _store.WriteAsync(mei, Drafts.CommentOn("the only words", "Gone", source));
        var reply = await _store.WriteAsync(tom, Drafts.ReplyTo(root, "Still here"));
        await _store.Removal.DeleteAsync(mei, root.Id, Ct);
        var reading = await _store.Sources.ReadAsync(Viewer.Visitor, root.SourceId, Ct);
        Assert.Empty(reading.PageNotes);
        var thread = Assert.Single(Assert.Single(reading.Passages).Threads);
        Assert.Equal((root.Id, null), (thread.Id, thread.Root));
        Assert.Equal([reply.Id], thread.All.Select(a => a.Id));
        var permalink = await _store.Sources.ReadThreadAsync(Viewer.Visitor, reply.Id, Ct);
        Assert.Equal(("the only words", root.Id, null), (permalink.Passage?.Quote.Exact, permalink.Thread.Id, permalink.Thread.Root));

        var answer = await _store.WriteAsync(
            mei, Drafts.PageNote("A new comment") with { Source = null, SourceId = root.SourceId, PassageId = root.PassageId });
        Assert.Equal(root.PassageId, answer.PassageId);
    }

    [Fact]
    public async Task What_a_comment_quoted_is_hidden_with_it()
    {
        var mei = await _store.PersonAsync("Mei.Regrets");
        var tom = await _store.PersonAsync("Tom.Regrets");
        var root = await _store.WriteAsync(mei, Drafts.CommentOn("words I should not have quoted", "Hm", Drafts.Unique("Regretted")));
        var reply = await _store.WriteAsync(tom, Drafts.ReplyTo(root, "Indeed"));
        await _store.Writer.EditAsync(mei, root.Id, new AnnotationEdit(1, "Hm", null, [], Shared: false), Ct);
        var reading = await _store.Sources.ReadAsync(tom, root.SourceId, Ct);
        Assert.Empty(reading.Passages);
        Assert.Equal([reply.Id], Assert.Single(reading.PageNotes).All.Select(a => a.Id));
        Assert.Null((await _store.Sources.ReadThreadAsync(tom, reply.Id, Ct)).Passage);
        Assert.Equal(
            [root.Id, reply.Id],
            Assert.Single((await _store.Sources.ReadAsync(mei, root.SourceId, Ct)).Passages.Single().Threads).All.Select(a => a.Id));
    }

    [Fact]
    public async Task Passages_that_share_words_know_each_other()
    {
        var mei = await _store.PersonAsync("Mei.Overlaps");
        var source = Drafts.Unique("Overlapping");
        var whole = await _store.WriteAsync(mei, Drafts.CommentOn(Drafts.Desperation, "All of it", source));
        await _store.WriteAsync(mei, Drafts.CommentOn("Simplify", "Something else", source));
        var part = await _store.WriteAsync(mei, Drafts.CommentOn("men lead lives of quiet desperation", "A part", source));
        var passages = (await _store.Sources.ReadAsync(mei, whole.SourceId, Ct)).Passages;
        Assert.Equal([whole.PassageId!.Value, part.PassageId!.Value], passages.Take(2).Select(p => p.Id));
        Assert.Equal([part.PassageId.Value], passages[0].Overlaps);
        Assert.Empty(passages[2].Overlaps);
    }

    [Fact]
    public async Task A_passage_keeps_the_words_as_quoted_first()
    {
        var mei = await _store.PersonAsync("Mei.Quotes");
        var source = Drafts.Unique("Quoted");
        var quote = new Quote("“Simplify”", "Simplicity! ", ", he said", 120, 130);
        var first = await _store.WriteAsync(mei, Drafts.CommentOn(quote, "1", source));
        await _store.WriteAsync(mei, Drafts.CommentOn("simplify", "2", source));
        Assert.Equal(quote, Assert.Single((await _store.Sources.ReadAsync(mei, first.SourceId, Ct)).Passages).Quote);
    }

    [Fact]
    public async Task A_source_that_shows_nothing_is_not_there()
    {
        var mei = await _store.PersonAsync("Mei.Hides");
        var tom = await _store.PersonAsync("Tom.Hides");
        var hidden = await _store.WriteAsync(mei, Drafts.PageNote("For me", Drafts.Unique("Hidden")).Private());
        Assert.Equal(hidden.SourceId, (await _store.Sources.ReadAsync(mei, hidden.SourceId, Ct)).Source.Id);
        await Assert.ThrowsAsync<Missing>(() => _store.Sources.ReadAsync(tom, hidden.SourceId, Ct));
        await Assert.ThrowsAsync<Missing>(() => _store.Sources.ReadThreadAsync(tom, hidden.Id, Ct));
        await Assert.ThrowsAsync<Missing>(() => _store.Sources.ReadAsync(tom, Guid.CreateVersion7(), Ct));
    }
}
