using System.Net;
using System.Text.RegularExpressions;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Annotator.Tests.Web;

/// <summary>What people and programs are told while the database does not answer.</summary>
public sealed partial class OutageTests(FallibleProgram program) : IClassFixture<FallibleProgram>
{
    private const string Sent = "Words that nobody wants to type again.\nبكلمتين";

    private const string Again = "data-again";

    private string _name = "";

    [Theory]
    [InlineData("en", "Just a moment", "stored and safe")]
    [InlineData("zh-Hans", "请稍候", "不会丢失")]
    [InlineData("ar", "لحظة من فضلك", "محفوظ وآمن")]
    public async Task A_page_says_what_is_safe_and_tries_again(string language, string title, string safe)
    {
        await program.TakeDatabaseAsync();
        try
        {
            using var browser = program.Browser();
            browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
            using var answer = await browser.GetAsync(new Uri("/", UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(Outages.Pause), answer.Headers.RetryAfter?.Delta);
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
            Assert.Contains(title, page, StringComparison.Ordinal);
            Assert.Contains(safe, page, StringComparison.Ordinal);
            Assert.Equal([$"{Outages.Pause}"], answer.Headers.GetValues("Refresh"));
            Assert.Contains("data-retry", page, StringComparison.Ordinal);
        }
        finally
        {
            await program.GiveDatabaseBackAsync();
        }
    }

    [Fact]
    public async Task What_scripts_and_supervisors_ask_is_answered_with_a_line()
    {
        await program.TakeDatabaseAsync();
        try
        {
            using var browser = program.Browser();
            foreach (var part in (string[])["commentary", "changes"])
            {
                using var answer = await browser.GetAsync(new Uri($"/sources/01hzzzzzzzzzzzzzzzzzzzzzzz/{part}", UriKind.Relative), Ct);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.NotNull(answer.Headers.RetryAfter);
                Assert.Equal("This cannot be answered right now. Try again in 5 seconds.\n", await answer.Content.ReadAsStringAsync(Ct));
            }

            // What a command such as curl says that it accepts.
            using var any = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
            any.Headers.Accept.ParseAdd("*/*");
            browser.DefaultRequestHeaders.Accept.Clear();
            using var line = await browser.SendAsync(any, Ct);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, line.StatusCode);
            Assert.Equal("text/plain", line.Content.Headers.ContentType?.MediaType);
            Assert.Contains("Try again in 5 seconds", await line.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

            using var live = await browser.GetAsync(new Uri("/health/live", UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
            using var style = await browser.GetAsync(new Uri("/app.css", UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.OK, style.StatusCode);
        }
        finally
        {
            await program.GiveDatabaseBackAsync();
        }
    }

    [Fact]
    public async Task A_comment_that_was_being_sent_comes_back_and_is_stored_once_when_sent_again()
    {
        var source = await SourceAsync();
        using var browser = program.Browser();
        await SignInAsync(browser);
        var address = $"/sources/{source}?note=";
        var form = FormIn(await browser.GetStringAsync(new Uri(address, UriKind.Relative), Ct), "composer");
        form["Form.Body"] = Sent;

        await program.TakeDatabaseAsync();
        Dictionary<string, string> back;
        try
        {
            using var answer = await PostAsync(browser, address, form);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            var page = await answer.Content.ReadAsStringAsync(Ct);
            Assert.False(answer.Headers.Contains("Refresh"));
            back = FormIn(page, Again);
        }
        finally
        {
            await program.GiveDatabaseBackAsync();
        }

        Assert.Equal(Sent, back["Form.Body"]);
        for (var times = 0; times < 2; times++)
        {
            using var stored = await PostAsync(browser, address, back);
            Assert.Equal(HttpStatusCode.Redirect, stored.StatusCode);
        }
        await using var db = await program.Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
        Assert.Equal(1, await db.Annotations.CountAsync(a => a.Body == Sent, Ct));
    }

    [Fact]
    public async Task A_form_of_another_site_is_not_shown_as_ones_own()
    {
        var source = await SourceAsync();
        using var browser = program.Browser();
        await SignInAsync(browser);
        await program.TakeDatabaseAsync();
        try
        {
            var forged = new Dictionary<string, string>(StringComparer.Ordinal) { ["_handler"] = "composer", ["Form.Body"] = "Forged" };
            using var answer = await PostAsync(browser, $"/sources/{source}?note=", forged);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            var page = await answer.Content.ReadAsStringAsync(Ct);
            Assert.DoesNotContain("Forged", page, StringComparison.Ordinal);
            Assert.DoesNotContain(Again, page, StringComparison.Ordinal);
        }
        finally
        {
            await program.GiveDatabaseBackAsync();
        }
    }

    [Fact]
    public async Task A_password_does_not_come_back()
    {
        using var browser = program.Browser();
        var form = FormIn(await browser.GetStringAsync(new Uri("/sign-in", UriKind.Relative), Ct), "Form.Password");
        (form["Form.Name"], form["Form.Password"]) = ("mei", "a secret of mine");
        await program.TakeDatabaseAsync();
        try
        {
            using var answer = await PostAsync(browser, "/sign-in?back=%2Fsearch", form);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            var page = await answer.Content.ReadAsStringAsync(Ct);
            Assert.DoesNotContain("a secret of mine", page, StringComparison.Ordinal);
            Assert.Contains("mei", page, StringComparison.Ordinal);
            Assert.Contains("href=\"/sign-in?back=%2Fsearch\"", page, StringComparison.Ordinal);
        }
        finally
        {
            await program.GiveDatabaseBackAsync();
        }
    }

    [Fact]
    public async Task The_log_has_a_line_at_the_beginning_and_one_at_the_end()
    {
        var before = program.Log.Text.Length;
        await program.TakeDatabaseAsync();
        using (var browser = program.Browser())
        {
            for (var request = 0; request < 30; request++)
            {
                using var answer = await browser.GetAsync(new Uri(request % 2 == 0 ? "/" : "/search?q=a", UriKind.Relative), Ct);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            }
        }

        await program.GiveDatabaseBackAsync();
        Assert.Collection(
            program.Log.Text[before..].Split('\n', StringSplitOptions.RemoveEmptyEntries),
            first => Assert.Contains("The database cannot be asked", first, StringComparison.Ordinal),
            last => Assert.Matches("The database answers again after .* 30 requests were refused", last));
    }

    private async Task<string> SourceAsync()
    {
        await using var scope = program.Services.CreateAsyncScope();
        var name = $"reader{Guid.CreateVersion7():N}"[..20];
        var (account, errors) = await scope.ServiceProvider.GetRequiredService<Registration>()
            .JoinAsync(new NewMember(name, $"{name}@reading.example", RunningProgram.Password), Ct);
        Assert.Empty(errors);
        _name = name;
        var written = await program.Services.GetRequiredService<AnnotationWriter>()
            .CreateAsync(new Viewer(account!.Id), Drafts.CommentOn(Drafts.Desperation, "Still true."), Ct);
        return PublicId.Of(written.SourceId);
    }

    private async Task SignInAsync(HttpClient browser)
    {
        using var answer = await RunningProgram.SignInAsync(browser, _name, RunningProgram.Password);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, program.Log.Text);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string address, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        return await browser.PostAsync(new Uri(address, UriKind.Relative), content, Ct);
    }

    /// <summary>The fields of the form that has a text in its markup, as a browser sends them.</summary>
    private static Dictionary<string, string> FormIn(string page, string mark)
    {
        var form = FormMarkup().Matches(page).Select(m => m.Value).Single(f => f.Contains(mark, StringComparison.Ordinal));
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match input in Input().Matches(form))
            fields[input.Groups["name"].Value] = WebUtility.HtmlDecode(ValueIn().Match(input.Value).Groups["value"].Value);
        foreach (Match area in Area().Matches(form))
            fields[area.Groups["name"].Value] = WebUtility.HtmlDecode(area.Groups["value"].Value);
        return fields;
    }

    [GeneratedRegex("<form .*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex FormMarkup();

    [GeneratedRegex("<input (?![^>]*checkbox)[^>]*name=\"(?<name>[^\"]+)\"[^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Input();

    [GeneratedRegex(" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ValueIn();

    [GeneratedRegex(
        "<textarea [^>]*name=\"(?<name>[^\"]+)\"[^>]*>\n?(?<value>.*?)</textarea>",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000)]
    private static partial Regex Area();
}
