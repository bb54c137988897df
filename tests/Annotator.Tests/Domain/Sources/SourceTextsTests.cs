using System.Text;
using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;

namespace Annotator.Tests.Domain.Sources;

/// <summary>The one way in for texts: what a person says of a text meets what the text says of itself.</summary>
public sealed class SourceTextsTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private TestStore Store => shared.Store;

    [Fact]
    public async Task What_a_person_says_counts_more_than_what_the_text_says()
    {
        var mei = await Store.PersonAsync("mei-says");
        var page =
            "<!DOCTYPE html><html lang='fr'><title>Le titre</title><meta name='author' content='Un auteur'><body><p>Quelques mots dans une langue.</p></body></html>"u8.ToArray();
        var given = new TextDetails { Uri = "https://texts.example/says", Title = " My title ", Author = "Somebody", Language = "de" };
        var source = await SourceAsync(
            (await Store.Texts.AddAsync(mei, new IncomingText.File(new MemoryStream(page), "page.html"), given, Ct)).SourceId);
        Assert.Equal(("My title", "Somebody", "de"), (source.Title, source.Author, source.Language));

        var own = await SourceAsync(
            (await Store.Texts.AddAsync(mei, new IncomingText.File(new MemoryStream(page), "page.html"), new TextDetails(), Ct)).SourceId);
        Assert.Equal(("Le titre", "Un auteur", "fr"), (own.Title, own.Author, own.Language));
    }

    [Fact]
    public async Task A_text_without_any_title_is_called_by_its_first_line_in_whole_characters()
    {
        var mei = await Store.PersonAsync("mei-untitled");
        var words = string.Concat(Enumerable.Repeat("👩🏽‍🚀", 20));
        var source = await SourceAsync(
            (await Store.Texts.AddAsync(mei, new IncomingText.Pasted($"{words}\n\nMore."), new TextDetails(), Ct)).SourceId);
        Assert.Equal(string.Concat(Enumerable.Repeat("👩🏽‍🚀", 11)) + "…", source.Title);
        var named = await SourceAsync(
            (await Store.Texts.AddAsync(
                mei, new IncomingText.File(new MemoryStream("Words."u8.ToArray()), "walden.txt"), new TextDetails(), Ct)).SourceId);
        Assert.Equal("Words.", named.Title);
    }

    [Fact]
    public async Task An_address_is_title_enough()
    {
        var mei = await Store.PersonAsync("mei-address");
        var given = new TextDetails { Uri = "https://texts.example/untitled" };
        Assert.Equal(
            "https://texts.example/untitled",
            (await SourceAsync((await Store.Texts.AddAsync(mei, new IncomingText.Pasted("Words."), given, Ct)).SourceId)).Title);
    }

    [Fact]
    public async Task Pasted_words_are_Markdown_whatever_they_begin_with()
    {
        var mei = await Store.PersonAsync("mei-pasted");
        var snapshot = await Store.Texts.AddAsync(
            mei, new IncomingText.Pasted("%PDF-1.4 *is* how such files begin."), new TextDetails { Title = "On files" }, Ct);
        Assert.Equal(("text/markdown", "<p>%PDF-1.4 <em>is</em> how such files begin.</p>\n"), (snapshot.Format, snapshot.Html));
    }

    [Fact]
    public async Task A_refusal_names_the_field_that_the_text_came_in()
    {
        var mei = await Store.PersonAsync("mei-refused");
        Assert.Equal(
            "text",
            (await Assert.ThrowsAsync<Invalid>(() =>
                Store.Texts.AddAsync(mei, new IncomingText.Pasted(" \n "), new TextDetails(), Ct))).Field);
        Assert.Equal(
            "file",
            (await Assert.ThrowsAsync<Invalid>(() =>
                Store.Texts.AddAsync(
                    mei, new IncomingText.File(new MemoryStream(Encoding.UTF8.GetBytes(" ")), "a.txt"), new TextDetails(), Ct))).Field);
        Assert.Equal(
            "url",
            (await Assert.ThrowsAsync<Invalid>(() =>
                Store.Texts.AddAsync(mei, new IncomingText.Page(new Uri("http://127.0.0.1/")), new TextDetails(), Ct))).Field);
    }

    [Fact]
    public async Task Visitors_add_no_texts() =>
        await Assert.ThrowsAsync<Forbidden>(() =>
            Store.Texts.AddAsync(Viewer.Visitor, new IncomingText.Pasted("Words."), new TextDetails(), Ct));

    private async Task<Source> SourceAsync(Guid id)
    {
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        return await db.Sources.FindAsync([id], Ct) ?? throw new InvalidOperationException("The source is not stored.");
    }
}
