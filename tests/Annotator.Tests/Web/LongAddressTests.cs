using System.Net;
using System.Text.RegularExpressions;
using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.Search;
using Microsoft.Extensions.DependencyInjection;

namespace Annotator.Tests.Web;

/// <summary>A query as long as the box takes is answered in every script, also where it is carried on.</summary>
public sealed partial class LongAddressTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    private static readonly string Longest = string.Concat(Enumerable.Repeat("启发", Limits.SearchQuery / 2));

    private static string Search => $"/search?q={Uri.EscapeDataString(Longest)}&sort=newest";

    [Fact]
    public async Task The_longest_query_is_answered()
    {
        using var browser = program.Browser();
        using var answer = await browser.GetAsync(new Uri(Search, UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        // Its links are answered too; that to sign in carries the whole address once more escaped.
        var page = await answer.Content.ReadAsStringAsync(Ct);
        var links = Href().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups["href"].Value))
            .Where(l => l.Length > Longest.Length).Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains(links, l => l.StartsWith("/sign-in?back=", StringComparison.Ordinal));
        foreach (var link in links)
        {
            using var next = await browser.GetAsync(new Uri(link, UriKind.Relative), Ct);
            Assert.Equal((link[..20], HttpStatusCode.OK), (link[..20], next.StatusCode));
        }
    }

    [Fact]
    public async Task Signing_in_leads_back_to_it()
    {
        await program.JoinAsync("Wen");
        using var browser = program.Browser();
        using var answer = await RunningProgram.SignInAsync(
            browser, "Wen", RunningProgram.Password, $"/sign-in?back={Uri.EscapeDataString(Search)}");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        using var back = await browser.GetAsync(answer.Headers.Location, Ct);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Contains(Longest, WebUtility.HtmlDecode(await back.Content.ReadAsStringAsync(Ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_kept_and_made_again()
    {
        var person = new Viewer(await program.JoinAsync("Lin"));
        await program.Services.GetRequiredService<SavedSearches>().SaveAsync(person, SearchQuery.Parse(Longest), "Long", Ct);
        using var browser = program.Browser();
        using (await RunningProgram.SignInAsync(browser, "Lin", RunningProgram.Password))
        {
            var page = await browser.GetStringAsync(new Uri("/search", UriKind.Relative), Ct);
            var link = Href().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups["href"].Value))
                .Single(l => l.Length > Longest.Length);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(link, UriKind.Relative));
            request.Headers.Referrer = new Uri(program.Address, Search);
            using var answer = await browser.SendAsync(request, Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("/search?q=")]
    [InlineData("/?tag=")]
    public async Task A_longer_one_is_refused_on_a_page(string address)
    {
        using var browser = program.Browser();
        using var answer = await browser.GetAsync(
            new Uri(address + Uri.EscapeDataString(string.Concat(Enumerable.Repeat(Longest, 3))), UriKind.Relative), Ct);
        Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("<h1", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [GeneratedRegex("href=\"(?<href>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Href();
}
