using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Annotations;

/// <summary>Which language a comment is taken to be in when its author gave none.</summary>
public sealed class CommentLanguageTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private const string German = "Das Gedächtnis der vorigen Schicht fehlt jedem neuen Ingenieur, der hier anfängt.";
    private const string French = "La mémoire de l'équipe précédente manque à chaque nouvel ingénieur qui arrive ici.";

    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task A_word_goes_by_what_its_author_usually_writes()
    {
        var jo = await _store.PersonAsync("Jo.Usual");
        Assert.Equal("en", await WriteAsync(jo, "lol"));
        Assert.Equal("de", await WriteAsync(jo, German));
        Assert.Equal("de", await WriteAsync(jo, German));
        Assert.Equal("de", await WriteAsync(jo, "lol"));
    }

    [Fact]
    public async Task The_habits_of_others_do_not_count()
    {
        await WriteAsync(await _store.PersonAsync("Jo.Other"), German);
        Assert.Equal("en", await WriteAsync(await _store.PersonAsync("Mei.Other"), "lol"));
    }

    [Fact]
    public async Task A_habit_yields_to_what_the_words_tell()
    {
        var jo = await _store.PersonAsync("Jo.Yields");
        await WriteAsync(jo, German);
        Assert.Equal("fr", await WriteAsync(jo, French));
        Assert.Equal("zh-Hans", await WriteAsync(jo, "上下文传递问题"));
    }

    [Fact]
    public async Task Highlights_and_what_nobody_can_tell_make_no_habit()
    {
        var jo = await _store.PersonAsync("Jo.Highlights");
        for (var i = 0; i < 3; i++)
        {
            await _store.WriteAsync(jo, Drafts.CommentOn($"highlight {i}", "", Drafts.Unique("A text")));
            await WriteAsync(jo, "`x`");
        }

        await WriteAsync(jo, German);
        Assert.Equal("de", await WriteAsync(jo, "lol"));
    }

    [Fact]
    public async Task A_given_language_stays_and_counts()
    {
        var jo = await _store.PersonAsync("Jo.Gives");
        await WriteAsync(jo, German);
        Assert.Equal("is", await WriteAsync(jo, "lol", "is"));
        Assert.Equal("is", await WriteAsync(jo, German, "is"));
        Assert.Equal("is", await WriteAsync(jo, "ok"));
    }

    [Fact]
    public async Task Old_habits_are_forgotten()
    {
        var jo = await _store.PersonAsync("Jo.Forgets");
        var then = _store.Clock.GetUtcNow();
        await ImportAsync(jo, "Jo.Forgets", Enumerable.Range(0, 60).Select(i => (German, then.AddMinutes(i - 300))));
        await ImportAsync(jo, "Jo.Forgets", Enumerable.Range(0, 40).Select(i => (French, then.AddMinutes(i - 100))));
        Assert.Equal("fr", await WriteAsync(jo, "lol"));
    }

    [Fact]
    public async Task An_edit_goes_by_the_habit_but_not_by_what_it_replaces()
    {
        var jo = await _store.PersonAsync("Jo.Edits");
        var first = await _store.WriteAsync(jo, Drafts.PageNote(German, Drafts.Unique("A text")));
        var edited = await _store.Writer.EditAsync(jo, first.Id, new AnnotationEdit(1, "lol", null, [], true), Ct);
        Assert.Equal("en", edited.Language);
        await WriteAsync(jo, German);
        edited = await _store.Writer.EditAsync(jo, first.Id, new AnnotationEdit(2, "ok", null, [], true), Ct);
        Assert.Equal("de", edited.Language);
    }

    [Fact]
    public async Task In_a_batch_the_long_comments_tell_for_the_short_ones()
    {
        var now = _store.Clock.GetUtcNow();
        var drafts = new[] { ("ann.batch", "lol"), ("ann.batch", German), ("bob.batch", French), ("bob.batch", "lol"), ("cy.batch", "lol") }
            .Select(d => Drafts.PageNote(d.Item2, Drafts.Unique("A text")).Imported(d.Item1, now))
            .ToList();
        await _store.Batches.WriteAsync(drafts, Ct, new WriteMode(MakesGroups: true));
        Assert.Equal(["de", "de", "fr", "fr", "en"], await LanguagesAsync(drafts.Select(d => d.Id)));
        var later = Drafts.PageNote("ok", Drafts.Unique("A text")).Imported("Ann.Batch", now);
        await _store.Batches.WriteAsync([later], Ct);
        Assert.Equal(["de"], await LanguagesAsync([later.Id]));
    }

    private async Task<string> WriteAsync(Viewer author, string body, string? language = null) =>
        (await _store.WriteAsync(author, Drafts.PageNote(body, Drafts.Unique("A text")) with { Language = language })).Language;

    private async Task ImportAsync(Viewer author, string name, IEnumerable<(string Body, DateTimeOffset At)> comments)
    {
        var source = Drafts.Unique("A text");
        var drafts = comments.Select(c => Drafts.PageNote(c.Body, source).Imported(name, c.At))
            .Select(d => d with { Provenance = d.Provenance! with { Author = new Userid(name, "library.example") } });
        Assert.All(await _store.Batches.WriteAsync([.. drafts], Ct), outcome => Assert.True(outcome.IsNew));
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        Assert.True(await db.Annotations.AnyAsync(a => a.AuthorId == author.PersonId, Ct));
    }

    private async Task<IEnumerable<string>> LanguagesAsync(IEnumerable<Guid> ids)
    {
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        var languages = await db.Annotations.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Language, Ct);
        return ids.Select(id => languages[id]);
    }
}
