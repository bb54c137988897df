using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Web;
using Annotator.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Annotator.Tests.Web;

/// <summary>What pages offer to who has no account, and what the forms of sign-in and sign-up say of what they refuse.</summary>
public sealed class AccountFormTests(RunningProgram program) : IClassFixture<RunningProgram>, IAsyncLifetime
{
    private SignUpRules Rules => program.Services.GetRequiredService<SignUpRules>();

    // The first account administrates.
    public async ValueTask InitializeAsync()
    {
        if (!await IsThereAsync("Keeper"))
            await program.JoinAsync("Keeper");
        await Rules.ChooseAsync(Viewer.Operator, SignUpMode.Open, Ct);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>In the bar of each page, and beside the form of sign-in.</summary>
    [Theory]
    [InlineData(SignUpMode.Open, "en", "Sign up", "Sign up")]
    [InlineData(SignUpMode.Invitation, "en", "", "Sign up by invitation")]
    [InlineData(SignUpMode.Invitation, "zh-Hans", "", "凭邀请注册")]
    [InlineData(SignUpMode.Invitation, "ar", "", "إنشاء حساب بدعوة")]
    [InlineData(SignUpMode.Closed, "en", "", "")]
    public async Task An_account_is_offered_where_one_can_be_made(SignUpMode mode, string language, string inBar, string atSignIn)
    {
        await Rules.ChooseAsync(Viewer.Operator, mode, Ct);
        using var browser = program.Browser();
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        foreach (var path in new[] { "/", "/search?q=anything", "/nowhere" })
            Assert.Equal((inBar, ""), await OfferedAsync(path));
        Assert.Equal((inBar, atSignIn), await OfferedAsync("/sign-in"));

        async Task<(string Bar, string Main)> OfferedAsync(string path)
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Ct);
            var page = await PageAsync(answer);
            return (In(".bar"), In("main"));

            string In(string part) => page.QuerySelector($"{part} a[href^='/sign-up']")?.TextContent ?? "";
        }
    }

    [Fact]
    public async Task Before_the_first_account_one_is_offered_whatever_was_chosen()
    {
        var empty = new RunningProgram { Options = new AnnotatorOptions { SignUp = SignUpMode.Closed } };
        await empty.InitializeAsync();
        await using (empty)
        {
            Assert.Equal(SignUpMode.Open, await empty.Services.GetRequiredService<SignUpRules>().OfferedAsync(Ct));
            using var browser = empty.Browser();
            Assert.Contains("href=\"/sign-up", await browser.GetStringAsync(new Uri("/", UriKind.Relative), Ct), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a", "a@reading.example", RunningProgram.Password, "name", "name")]
    [InlineData("taken", "other@reading.example", RunningProgram.Password, "name", "name")]
    [InlineData("tаken", "other@reading.example", RunningProgram.Password, "name", "name")]
    [InlineData("somebody", "nowhere", RunningProgram.Password, "email", "email")]
    [InlineData("somebody", "taken@reading.example", RunningProgram.Password, "email", "email")]
    [InlineData("somebody", "somebody@reading.example", "password", "password", "password")]
    [InlineData("somebody", "nowhere", "short", "password", "password")]
    public async Task The_first_refused_field_gets_the_focus(string name, string email, string password, string focused, string wrong)
    {
        if (!await IsThereAsync("taken"))
            await program.JoinAsync("taken");
        using var browser = program.Browser();
        var page = await PostAsync(browser, "/sign-up", ("Name", name), ("Email", email), ("Password", password));
        Assert.Equal(focused, Assert.Single(page.QuerySelectorAll("[data-focus]")).Id);
        var invalid = page.QuerySelectorAll("[aria-invalid=true]");
        Assert.Equal(wrong, string.Join(' ', invalid.Select(i => i.Id)));
        Assert.All(invalid, field => AssertDescribed(page, field));
        // What is right is not said to be wrong, and keeps its own help.
        Assert.Equal("password-help", page.GetElementById("password")!.GetAttribute("aria-describedby")!.Split(' ')[^1]);
        Assert.Equal("name-help", page.GetElementById("name")!.GetAttribute("aria-describedby")!.Split(' ')[^1]);
    }

    [Fact]
    public async Task A_wrong_password_is_said_at_both_fields()
    {
        using var browser = program.Browser();
        var page = await PostAsync(browser, "/sign-in", ("Name", "nobody"), ("Password", "nothing like it"));
        Assert.Equal("name", Assert.Single(page.QuerySelectorAll("[data-focus]")).Id);
        var invalid = page.QuerySelectorAll("[aria-invalid=true]");
        Assert.Equal(["name", "password"], invalid.Select(i => i.Id));
        Assert.All(invalid, field => AssertDescribed(page, field));
    }

    [Fact]
    public async Task Who_wrote_a_removed_comment_reads_it_and_why_and_nobody_else_does()
    {
        var writer = await program.JoinAsync($"writer{Guid.CreateVersion7():N}"[..20]);
        var name = await NameOfAsync(writer);
        var said = await program.Services.GetRequiredService<AnnotationWriter>()
            .CreateAsync(new Viewer(writer), Drafts.PageNote("Words that *were* removed.", Drafts.Unique("Moderated")), Ct);
        var moderator = new Viewer(await program.JoinAsync($"admin{Guid.CreateVersion7():N}"[..20])) { IsAdministrator = true };
        await program.Services.GetRequiredService<AnnotationModeration>().RemoveAsync(moderator, said.Id, "It names a person.", Ct);

        using var own = program.Browser();
        using var entered = await RunningProgram.SignInAsync(own, name, RunningProgram.Password);
        var page = await GetAsync(own, $"/a/{said.PublicId}");
        Assert.Equal("A moderator removed this comment", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("Removed by a moderator: It names a person.", page.QuerySelector(".held")!.TextContent);
        Assert.Equal("Words that were removed.", page.QuerySelector(".prose")!.TextContent.Trim());
        foreach (var query in new[] { $"user:{name}", "is:mine" })
        {
            var link = (await GetAsync(own, $"/search?q={query}")).QuerySelector(".removed a")!;
            Assert.Equal(("Words that were removed.", $"/a/{said.PublicId}"), (link.TextContent, link.GetAttribute("href")));
        }

        using var history = await own.GetAsync(new Uri($"/a/{said.PublicId}/history", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Found, history.StatusCode);

        using var visitor = program.Browser();
        using var other = program.Browser();
        var moderating = await NameOfAsync(moderator.PersonId!.Value);
        using var otherEntered = await RunningProgram.SignInAsync(other, moderating, RunningProgram.Password);
        foreach (var browser in new[] { visitor, other })
        {
            using var answer = await browser.GetAsync(new Uri($"/a/{said.PublicId}", UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Null((await GetAsync(browser, $"/search?q=user:{name}")).QuerySelector(".removed"));
        }
    }

    private async Task<string> NameOfAsync(Guid person) =>
        (await program.Services.GetRequiredService<Annotator.Domain.People.PeopleDirectory>().FindAsync(person, Ct)).Username;

    private async Task<bool> IsThereAsync(string name)
    {
        await using var scope = program.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Annotator.Domain.Data.AnnotatorDb>();
        return db.Users.Any(u => u.UserName == name);
    }

    private static void AssertDescribed(IHtmlDocument page, IElement field)
    {
        var ids = field.GetAttribute("aria-describedby")!.Split(' ');
        Assert.All(ids, id => Assert.NotNull(page.GetElementById(id)));
        Assert.Equal("alert", page.GetElementById(ids[0])!.GetAttribute("role"));
    }

    private static async Task<IHtmlDocument> PostAsync(HttpClient browser, string path, params (string Name, string Value)[] fields)
    {
        var page = await GetAsync(browser, path);
        var sent = fields.ToDictionary(f => $"Form.{f.Name}", f => f.Value, StringComparer.Ordinal);
        sent["_handler"] = path[1..];
        sent["__RequestVerificationToken"] = page.QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new FormUrlEncodedContent(sent);
        using var answer = await browser.PostAsync(new Uri(path, UriKind.Relative), form, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        return await PageAsync(answer);
    }

    private static async Task<IHtmlDocument> GetAsync(HttpClient browser, string path) =>
        await new HtmlParser().ParseDocumentAsync(await browser.GetStringAsync(new Uri(path, UriKind.Relative), Ct));

    private static async Task<IHtmlDocument> PageAsync(HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Ct));
}
