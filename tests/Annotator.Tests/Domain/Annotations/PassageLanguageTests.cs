using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Search;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Annotations;

public sealed class PassageLanguageTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task Whoever_quoted_a_passage_first_corrects_its_language()
    {
        var mei = await _store.PersonAsync("Mei.Corrects");
        var tom = await _store.PersonAsync("Tom.Corrects");
        var source = Drafts.Unique("A gift");
        var first = await _store.WriteAsync(mei, Drafts.CommentOn("Gift", "In German this is poison.", source));
        _store.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await _store.WriteAsync(tom, Drafts.CommentOn("gift", "In English it is a present.", source));

        await _store.Writer.EditAsync(mei, first.Id, Saying("In German it poisons.", 1, "DE"), Ct);

        Assert.Equal("de", await LanguageAsync(first.PassageId!.Value));
        Assert.Equal([first.Id, second.Id], await FoundAsync("source-lang:de gift"));
        await Assert.ThrowsAsync<Forbidden>(() => _store.Writer.EditAsync(tom, second.Id, Saying("In English", 1, "fr"), Ct));
        var unknown = await Assert.ThrowsAsync<Invalid>(() => _store.Writer.EditAsync(mei, first.Id, Saying("x", 2, "klingonese!"), Ct));
        Assert.Equal("passage_language", unknown.Field);
        Assert.Equal("de", await LanguageAsync(first.PassageId.Value));
    }

    [Fact]
    public async Task Comment_and_language_are_saved_together_or_not_at_all()
    {
        var mei = await _store.PersonAsync("Mei.Together");
        var tom = await _store.PersonAsync("Tom.Together");
        var source = Drafts.Unique("Rot");
        var first = await _store.WriteAsync(mei, Drafts.CommentOn("Rot", "Red.", source));
        var second = await _store.WriteAsync(tom, Drafts.CommentOn("rot", "Decay.", source));
        await Assert.ThrowsAsync<Forbidden>(() => _store.Writer.EditAsync(tom, second.Id, Saying("Decay!", 1, "fr"), Ct));
        await Assert.ThrowsAsync<EditConflict>(() => _store.Writer.EditAsync(mei, first.Id, Saying("Red!", 7, "de"), Ct));
        Assert.Equal("Decay.", (await _store.Reader.FindAsync(tom, second.Id, Ct)).Body);
        Assert.NotEqual("de", await LanguageAsync(first.PassageId!.Value));
    }

    [Theory]
    [InlineData("men and their best friends, all of them", "en")]
    [InlineData("La liberté consiste à pouvoir faire tout ce qui ne nuit pas à autrui : ainsi, l’exercice des droits naturels", "fr")]
    [InlineData("Свобода состоит в возможности", "ru")]
    public async Task A_passage_is_in_the_language_of_its_text_unless_it_tells_another(string quote, string language)
    {
        var mei = await _store.PersonAsync($"Mei.{language}.Inherits");
        var said = await _store.WriteAsync(mei, Drafts.CommentOn("Of men and liberty", "Here", Drafts.Unique("Of men")));
        var part = await _store.WriteAsync(
            mei, new() { Id = Guid.CreateVersion7(), SourceId = said.SourceId, Quote = new(quote), Body = "There" });
        Assert.Equal(language, await LanguageAsync(part.PassageId!.Value));
    }

    [Fact]
    public async Task One_person_is_the_first_to_quote_a_passage_whoever_noted_it_privately_before()
    {
        var (mei, tom, zoe) = (
            await _store.PersonAsync("Mei.Notes", "circle"),
            await _store.PersonAsync("Tom.Shares"),
            await _store.PersonAsync("Zoe.Circle", "circle"));
        var source = Drafts.Unique("Quoted first");
        var noted = await _store.WriteAsync(mei, Drafts.CommentOn("Brief", "For me.", source).Private());
        var inGroup = await _store.WriteAsync(zoe, Drafts.CommentOn("Brief", "For the circle.", source) with { GroupId = "circle" });
        Assert.True(await _store.Sources.IsFirstToQuoteAsync(mei, await _store.Reader.FindAsync(mei, inGroup.Id, Ct), Ct));
        var open = await _store.WriteAsync(tom, Drafts.CommentOn("Brief", "For all.", source));
        foreach (var viewer in new[] { mei, tom, zoe })
            Assert.True(await _store.Sources.IsFirstToQuoteAsync(viewer, open, Ct));
        foreach (var (viewer, own) in new[] { (mei, noted), (zoe, inGroup) })
        {
            Assert.False(await _store.Sources.IsFirstToQuoteAsync(viewer, own, Ct));
            await Assert.ThrowsAsync<Forbidden>(() =>
                _store.Writer.EditAsync(viewer, own.Id, Saying("Mine", 1, "de") with { Shared = own.Shared }, Ct));
        }

        await _store.Writer.EditAsync(tom, open.Id, Saying("For all", 1, "de"), Ct);
        Assert.Equal("de", await LanguageAsync(open.PassageId!.Value));
    }

    /// <summary>The search entries of all comments on the passage are written anew, also of one that is being made private.</summary>
    [Fact]
    public async Task A_comment_that_becomes_private_meanwhile_is_not_found_by_others_afterwards()
    {
        var mei = await _store.PersonAsync("Mei.Races");
        var tom = await _store.PersonAsync("Tom.Races");
        foreach (var round in Enumerable.Range(0, 8))
        {
            var source = Drafts.Unique($"Race {round}");
            var first = await _store.WriteAsync(mei, Drafts.CommentOn($"Kind racing{round}", "A child.", source));
            var second = await _store.WriteAsync(tom, Drafts.CommentOn($"Kind racing{round}", "Friendly.", source));
            await Task.WhenAll(
                _store.Writer.EditAsync(mei, first.Id, Saying("A child!", 1, "de"), Ct),
                _store.Writer.EditAsync(tom, second.Id, Saying("Friendly.", 1, null) with { Shared = false }, Ct));
            await using var db = await _store.Databases.CreateDbContextAsync(Ct);
            var entry = await db.SearchEntries.SingleAsync(e => e.AnnotationId == second.Id, Ct);
            Assert.Contains(":private", entry.Tokens);
            Assert.Contains(":source-lang:de", entry.Tokens);
        }
    }

    private static AnnotationEdit Saying(string body, int version, string? passageLanguage) =>
        new(version, body, null, [], Shared: true) { PassageLanguage = passageLanguage };

    private async Task<IReadOnlyList<Guid>> FoundAsync(string query) =>
        [.. (await _store.Search.FindAsync(Viewer.Visitor, SearchQuery.Parse(query), new(), Ct)).Hits.Select(h => h.Annotation.Id).Order()];

    private async Task<string> LanguageAsync(Guid passageId)
    {
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        return await db.Passages.Where(p => p.Id == passageId).Select(p => p.Language).SingleAsync(Ct);
    }
}
