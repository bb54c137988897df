using Annotator.BrowserTests.Support;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Annotator.Domain.Sources.Texts;
using Annotator.Domain.Text;
using Annotator.Tests.Abuse;

namespace Annotator.BrowserTests;

/// <summary>
/// What people write runs no script, opens no dialog, asks no other server and breaks no rule of the content security policy, in a real
/// browser. The fields and pages one by one: the test of the same name among those without a browser.
/// </summary>
public sealed class ScriptTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task No_text_does_anything_in_a_page()
    {
        var source = await WriteAsync();
        var page = await VisitAsync("Ada");
        List<string> heard = [];
        page.Dialog += (_, dialog) =>
        {
            heard.Add(dialog.Message);
            _ = dialog.DismissAsync();
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Site.Address, StringComparison.Ordinal))
                heard.Add(request.Url);
        };
        // Whatever a text runs calls this.
        await page.AddInitScriptAsync("window.hit = () => { window.isHit = true; alert('hit'); };");
        await page.ExposeFunctionAsync("told", (string what) => heard.Add(what));
        await page.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => told(`${e.violatedDirective} ${e.blockedURI}`));");
        var asked = Uri.EscapeDataString("<script>hit()</script>\" onfocus=hit() autofocus x=\"");
        foreach (var address in (string[])[source, "/", "/search?q=hit", $"/search?q={asked}"])
        {
            await page.GotoAsync(address);
            await HoverAsync(page);
            Assert.False(await page.EvaluateAsync<bool>("window.isHit === true"));
        }

        Assert.Empty(heard);
        // One that would do something is heard of, and of the browser too.
        Allow("Content Security Policy");
        await page.EvaluateAsync("document.body.insertAdjacentHTML('beforeend', '<details open ontoggle=hit()></details>')");
        await Until.HoldsAsync(() => heard.Count > 0);
    }

    // Handlers of the pointer and of the focus are heard too.
    private static Task<System.Text.Json.JsonElement?> HoverAsync(Microsoft.Playwright.IPage page) => page.EvaluateAsync(
        """
        for (const element of document.querySelectorAll('main *'))
          for (const name of ['mouseover', 'focus', 'toggle', 'blur', 'error', 'load'])
            element.dispatchEvent(new Event(name));
        """);

    /// <summary>All texts as comments, quotes and tags of one source, which has them in its stored text too.</summary>
    private async Task<string> WriteAsync()
    {
        var member = await Site.MemberAsync("Ada");
        var texts = Scripts.All.Select(UserText.Clean).Distinct(StringComparer.Ordinal).ToList();
        var citation = new Citation("https://texts.example/scripts", texts[0], texts[6], "en");
        var lines = texts.ConvertAll(t => t.ReplaceLineEndings(" "));
        var read = DocumentReader.Read(
            System.Text.Encoding.UTF8.GetBytes("<h1>Words</h1>" + string.Concat(texts.Select(t => $"<p>a {t} b</p>"))),
            new DocumentInfo { Name = "a.html" });
        var details = new TextDetails { Uri = citation.Uri, Title = citation.Title, Author = citation.Author, Language = "en" };
        await Site.Snapshots.StoreAsync(member, read, details, Ct);
        AnnotationView? made = null;
        foreach (var (text, line) in texts.Zip(lines))
        {
            made = await Site.Writer.CreateAsync(
                member,
                new AnnotationDraft
                {
                    Id = Guid.CreateVersion7(), Source = citation, Quote = new Quote(line), Body = text, Tags = [text],
                },
                Ct);
        }

        return Texts.SourceOf(made!);
    }
}
