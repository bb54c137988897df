using System.Text;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.People;
using Annotator.Domain.Search;
using Annotator.Domain.Sources;
using Annotator.Domain.Sources.Texts;
using Annotator.Domain.Text;

namespace Annotator.Tests.Abuse;

/// <summary>
/// What people write is shown, and does nothing: no text in any field makes a page run, frame, send or fetch what is not the program's.
/// The same in a real browser: ScriptTests of the browser tests.
/// </summary>
[Collection(AbuseCollection.Name)]
public sealed class ScriptTests(AttackedProgram program)
{
    private static readonly string[] Formats = ["a.html", "a.md", "a.txt"];

    [Fact]
    public void There_are_enough_and_each_is_caught()
    {
        Assert.True(Scripts.All.Count >= 80);
        Assert.Equal(Scripts.All.Count, Scripts.All.Distinct(StringComparer.Ordinal).Count());
        foreach (var harmful in (string[])[
            "<script>hit()</script>", "<script src=//evil.example></script>", "<b onclick=hit()>", "<a href='java\tscript:hit()'>",
            "<a href=data:text/html,x>", "<img src=//evil.example/x>", "<img src='\\\\evil.example'>",
            "<form action=https://evil.example>",
            "<iframe src=/>", "<base href=//evil.example>", "<meta http-equiv=refresh>", "<link rel=stylesheet href=//evil.example>",
            "<svg><a xlink:href=javascript:hit()>", "<p style='background:url(//evil.example)'>",
        ])
        {
            Assert.NotEmpty(Markup.FaultsOf(harmful));
        }

        const string harmless = "<a href=https://a.example>a</a><a href=/b>b</a><a href=#c>c</a><img src=d.png><script src=e.js></script>";
        Assert.Empty(Markup.FaultsOf(harmless));
    }

    [Fact]
    public void No_text_does_anything_once_it_is_rendered()
    {
        var faults = Scripts.All.SelectMany(text =>
            Markup.FaultsOf(MarkdownRenderer.ToHtml(UserText.Clean(text)), isPage: false).Select(f => $"{text}: {f}"));
        Assert.Empty(faults);
    }

    [Fact]
    public void No_document_does_anything_once_it_is_read()
    {
        List<string> faults = [];
        foreach (var (text, name) in Scripts.All.SelectMany(t => Formats.Select(f => (t, f))))
        {
            try
            {
                var bytes = Encoding.UTF8.GetBytes($"Some words.\n\n{text}\n\nMore words.");
                var read = DocumentReader.Read(bytes, new DocumentInfo { Name = name });
                faults.AddRange(Markup.FaultsOf(read.Html, isPage: false).Select(f => $"{name} {text}: {f}"));
            }
            catch (Invalid)
            {
                // Refused.
            }
        }

        Assert.Empty(faults);
    }

    /// <summary>With five texts on each source, since each page takes its time.</summary>
    [Fact]
    public async Task No_page_does_anything_for_what_was_written_into_any_field()
    {
        var author = program["Keeper"];
        await program.Service<PeopleDirectory>().RenameAsync(author.PersonId!.Value, "<script>hit()</script>\" onclick=hit()", Ct);
        using var visitor = await program.BrowserAsync();
        using var writer = await program.BrowserAsync("Keeper");
        List<string> faults = [];
        (string Source, string Comment) last = default;
        foreach (var texts in Scripts.All.Select(UserText.Clean).Chunk(5))
        {
            var (source, made) = last = await WriteAsync(author, texts);
            await CheckAsync(visitor, $"/sources/{source}");
            await CheckAsync(visitor, $"/a/{made}/history");
            await CheckAsync(writer, $"/sources/{source}?edit={made}");
            foreach (var text in texts)
            {
                var asked = Uri.EscapeDataString(text);
                await CheckAsync(visitor, $"/search?q={asked}&sort={asked}");
                Check(await writer.PostAsync($"/sources/{source}?note=1&at={asked}&undo={asked}&words={asked}", Refused(text)), text);
                Check(await writer.PostAsync("/preview", [new("body", text)]), text, isPage: false);
            }
        }

        await CheckAsync(visitor, $"/sources/{last.Source}/commentary");
        await CheckAsync(visitor, $"/a/{last.Comment}");
        await CheckAsync(visitor, "/");
        await CheckAsync(writer, $"/sources/text?source={last.Source}");
        await CheckAsync(writer, "/search");
        Assert.Empty(faults);

        async Task CheckAsync(Attacker browser, string address) => Check(await browser.GetAsync(address), address);

        void Check(Answer answer, string what, bool isPage = true)
        {
            faults.AddRange(Markup.FaultsOf(answer.Body, isPage).Select(f => $"{what}: {f}"));
            if ((int)answer.Status >= 500 || answer.Location?.Contains("evil", StringComparison.Ordinal) == true)
                faults.Add($"{what}: {(int)answer.Status} {answer.Location}");
        }
    }

    /// <summary>A source with the texts as title, author, stored text, passages, comments, tags and saved searches.</summary>
    /// <returns>Public ids of the source and of a comment of two versions.</returns>
    private async Task<(string Source, string Comment)> WriteAsync(Viewer author, string[] texts)
    {
        var citation = Drafts.Unique(texts[0]) with { Author = texts[^1] };
        var lines = Array.ConvertAll(texts, t => t.ReplaceLineEndings(" "));
        var snapshot = await program.Service<SourceTexts>().StoreAsync(author, Drafts.Text(lines), citation.Details(), Ct);
        var writer = program.Service<AnnotationWriter>();
        AnnotationView? made = null;
        foreach (var (text, line) in texts.Zip(lines))
        {
            made = await writer.CreateAsync(
                author, Drafts.CommentOn(new Quote(line, text, text), text, citation) with { Tags = [text] }, Ct);
            if (SearchQuery.Parse(text) is { IsEmpty: false } query)
                await SaveAsync(author, query, text);
        }

        await writer.EditAsync(
            author, made!.Id, new AnnotationEdit(made.Version, string.Concat(texts), "en", [.. made.Tags, "edited"], true), Ct);
        Assert.Equal(snapshot.SourceId, made.SourceId);
        return (PublicId.Of(made.SourceId), made.PublicId);
    }

    private async Task SaveAsync(Viewer author, SearchQuery query, string text)
    {
        try
        {
            await program.Service<SavedSearches>().SaveAsync(author, query, text, Ct);
        }
        catch (Invalid refused) when (refused.Reason is "too_many")
        {
            // There are enough of them.
        }
    }

    // Its form comes back with what was typed, since the language is none.
    private static IEnumerable<KeyValuePair<string, string>> Refused(string text) =>
    [
        new("_handler", "composer"), new("Form.Id", "x"), new("Form.Body", text), new("Form.Tags", text), new("Form.Language", text),
        new("Form.Quote", text),
    ];
}
