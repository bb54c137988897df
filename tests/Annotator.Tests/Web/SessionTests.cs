using System.Net;
using System.Security.Claims;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Web;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Annotator.Tests.Web;

/// <summary>Sessions follow what happens to their account, over HTTP.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly Dictionary<HttpClient, CookieContainer> _cookies = [];
    private TestDatabase? _database;
    private WebApplication? _app;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var builder = AnnotatorApp.Prepare(["--urls", "http://127.0.0.1:0", "--applicationName", "Annotator.Web"]);
        builder.Logging.ClearProviders();
        _app = AnnotatorApp.Build(builder, _database.ConnectionString, new AnnotatorOptions());
        await _app.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _database!.DropAsync();
    }

    [Fact]
    public async Task Two_sign_ups_at_once_on_an_empty_store_make_one_administrator()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => JoinAsync($"Early{i}")));
        await using var db = await _app!.Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
        Assert.Equal(6, await db.Users.CountAsync(Ct));
        Assert.Equal(1, await db.Users.CountAsync(a => a.IsAdministrator, Ct));
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_sessions_and_streams()
    {
        var account = await JoinAsync("Walker");
        using var browser = await SignedInAsync("Walker");
        var note = await _app!.Services.GetRequiredService<AnnotationWriter>().CreateAsync(
            new(account.Id), Drafts.CommentOn(Drafts.Desperation, "Only mine.") with { Shared = false }, Ct);
        var page = new Uri($"/sources/{PublicId.Of(note.SourceId)}", UriKind.Relative);
        using (var seen = await browser.GetAsync(page, Ct))
            Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        await using var stream = await browser.GetStreamAsync(new Uri($"{page}/changes", UriKind.Relative), Ct);
        await using (var scope = _app.Services.CreateAsyncScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            await accounts.UpdateSecurityStampAsync((await accounts.FindByIdAsync(account.Id.ToString()))!);
        }

        // It ends of itself; else the test would wait here for as long as the page is open.
        var buffer = new byte[256];
        while (await stream.ReadAsync(buffer, Ct) > 0)
        {
        }

        using var gone = await browser.GetAsync(page, Ct);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_circuit_hears_of_its_rights_and_a_page_that_is_only_rendered_does_not()
    {
        var account = await JoinAsync("Slow");
        await using var request = _app!.Services.CreateAsyncScope();
        var told = await ListenAsync(request, account);
        // Each circuit looks later than the request did: it was set up after it.
        for (var i = 0; i < 3; i++)
        {
            await using var circuit = _app.Services.CreateAsyncScope();
            foreach (var handler in circuit.ServiceProvider.GetServices<CircuitHandler>())
                await handler.OnCircuitOpenedAsync(null!, Ct);
            var heard = await ListenAsync(circuit, account);
            await Until.HoldsAsync(() => heard() > 1);
        }

        Assert.Equal(1, told());
    }

    // How often the scope has had a new authentication state.
    private async Task<Func<int>> ListenAsync(AsyncServiceScope request, Account account)
    {
        var users = request.ServiceProvider.GetRequiredService<SignInManager<Account>>();
        var user = await users.CreateUserPrincipalAsync(account);
        var session = await request.ServiceProvider.GetRequiredService<AccountSessions>().BeginAsync(account.Id, "", Ct);
        ((ClaimsIdentity)user.Identity!).AddClaim(new Claim("session", session.ToString()));
        var sessions = request.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        var states = 0;
        sessions.AuthenticationStateChanged += _ => Interlocked.Increment(ref states);
        ((IHostEnvironmentAuthenticationStateProvider)sessions).SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
        return () => Volatile.Read(ref states);
    }

    private async Task<Account> JoinAsync(string name)
    {
        await using var scope = _app!.Services.CreateAsyncScope();
        var (account, errors) = await scope.ServiceProvider.GetRequiredService<Registration>()
            .JoinAsync(new NewMember(name, $"{name}@reading.example", Password), Ct);
        return account ?? throw new InvalidOperationException(string.Join(' ', errors.Select(e => e.Code)));
    }

    [Fact]
    public async Task A_copied_cookie_opens_nothing_after_sign_out()
    {
        await JoinAsync("Copied");
        using var browser = await SignedInAsync("Copied");
        using var copy = Copy(browser);
        using var other = await SignedInAsync("Copied");
        Assert.True(await IsInAsync(copy));
        await PostAsync(browser, "/sign-out", []);
        Assert.False(await IsInAsync(copy));
        Assert.True(await IsInAsync(other));
    }

    [Fact]
    public async Task A_changed_password_ends_all_other_sessions_at_once_and_replaces_the_own_one()
    {
        await JoinAsync("Changer");
        using var browser = await SignedInAsync("Changer");
        using var copy = Copy(browser);
        using var other = await SignedInAsync("Changer");
        await PostAsync(browser, "/settings/password", new() { ["Old"] = Password, ["New"] = "another battery staple" });
        Assert.True(await IsInAsync(browser));
        Assert.False(await IsInAsync(copy));
        Assert.False(await IsInAsync(other));
    }

    [Fact]
    public async Task Signing_in_again_gives_another_session_and_ends_the_one_before()
    {
        await JoinAsync("Again");
        using var browser = await SignedInAsync("Again");
        using var copy = Copy(browser);
        using var answer = await RunningProgram.SignInAsync(browser, "Again", Password);
        Assert.True(await IsInAsync(browser));
        Assert.False(await IsInAsync(copy));
    }

    [Fact]
    public async Task A_cookie_without_a_session_opens_nothing()
    {
        var account = await JoinAsync("Before");
        using var browser = await SignedInAsync("Before");
        await using (var db = await _app!.Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct))
            await db.AccountSessions.Where(s => s.PersonId == account.Id).ExecuteDeleteAsync(Ct);
        await Until.HoldsAsync(async () => !await IsInAsync(browser));
    }

    private HttpClient Copy(HttpClient browser)
    {
        var cookies = new CookieContainer();
        foreach (Cookie cookie in _cookies[browser].GetCookies(browser.BaseAddress!))
            cookies.Add(new Cookie(cookie.Name, cookie.Value, cookie.Path, cookie.Domain));
        return Browser(cookies);
    }

    private static async Task<bool> IsInAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync(new Uri("/sources/new", UriKind.Relative), Ct);
        return answer.StatusCode is HttpStatusCode.OK;
    }

    private static async Task PostAsync(HttpClient browser, string path, Dictionary<string, string> fields)
    {
        var page = await browser.GetStringAsync(new Uri("/", UriKind.Relative), Ct);
        const string field = "name=\"__RequestVerificationToken\" value=\"";
        using var form = new FormUrlEncodedContent(
            fields.Append(KeyValuePair.Create("__RequestVerificationToken", page.Split(field)[1].Split('"')[0])));
        using var answer = await browser.PostAsync(new Uri(path, UriKind.Relative), form, Ct);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private HttpClient Browser(CookieContainer cookies)
    {
#pragma warning disable RS0030 // It asks this program, on this machine.
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies })
        {
            BaseAddress = new Uri(_app!.Urls.Single()),
        };
#pragma warning restore RS0030
        _cookies[browser] = cookies;
        return browser;
    }

    private async Task<HttpClient> SignedInAsync(string name)
    {
        var browser = Browser(new CookieContainer());
        using var answer = await RunningProgram.SignInAsync(browser, name, Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }
}
