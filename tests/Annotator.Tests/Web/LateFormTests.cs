using System.Net;
using Annotator.Domain.Kernel;

namespace Annotator.Tests.Web;

/// <summary>A form that is sent after its session has ended comes back with its text.</summary>
public sealed class LateFormTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    private const string Typed = "Words that took <long>";

    private string Here => program.Address.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task A_form_of_an_ended_session_comes_back_with_its_text_and_can_be_sent_after_signing_in()
    {
        await program.JoinAsync("Late");
        using var browser = program.Browser();
        using var signedIn = await RunningProgram.SignInAsync(browser, "Late", RunningProgram.Password);
        var token = TokenOf(await browser.GetStringAsync(new Uri("/sources/new", UriKind.Relative), Ct));
        using (await SendAsync(browser, "/sign-out", token, Here))
        {
        }

        using var refused = await SendAsync(browser, "/sources/new", token, Here);
        var page = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("This page is out of date", page, StringComparison.Ordinal);
        Assert.Matches("<textarea name=\"Form.Quote\"[^>]*>Words that took &lt;long&gt;</textarea>", page);

        // Signed in in another tab: the page of the refusal is too old in its turn, and the next one is not.
        using var again = await RunningProgram.SignInAsync(browser, "Late", RunningProgram.Password);
        using var refusedAgain = await SendAsync(browser, "/sources/new", TokenOf(page), Here);
        Assert.Equal(HttpStatusCode.BadRequest, refusedAgain.StatusCode);
        var next = TokenOf(await refusedAgain.Content.ReadAsStringAsync(Ct));
        using var taken = await SendAsync(browser, "/sources/new", next, Here);
        Assert.Empty(program.TakeErrors());
        Assert.Equal(HttpStatusCode.Found, taken.StatusCode);
    }

    [Theory]
    [InlineData("https://elsewhere.example")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task Who_is_led_here_by_another_site_does_not_find_its_words(string? origin)
    {
        using var browser = program.Browser();
        using var refused = await SendAsync(browser, "/sources/new", "forged", origin);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.DoesNotContain("Words that took", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private static string TokenOf(string page) => page.Split("name=\"__RequestVerificationToken\" value=\"")[^1].Split('"')[0];

    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string path, string token, string? origin)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "source",
            ["Form.Id"] = PublicId.Of(Guid.CreateVersion7()),
            ["Form.Quote"] = Typed,
            ["Form.Title"] = "Late words",
            ["__RequestVerificationToken"] = token,
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = form };
        request.Headers.Accept.ParseAdd("text/html");
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return await browser.SendAsync(request, Ct);
    }
}
