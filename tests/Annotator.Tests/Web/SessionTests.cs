using System.Net;
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
    private async Task<Func<int>> ListenAsync(AsyncServiceScope scope, Account account)
    {
        var users = scope.ServiceProvider.GetRequiredService<SignInManager<Account>>();
        var user = await users.CreateUserPrincipalAsync(account);
        var sessions = scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
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

    private async Task<HttpClient> SignedInAsync(string name)
    {
#pragma warning disable RS0030 // It asks this program, on this machine.
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app!.Urls.Single()) };
#pragma warning restore RS0030
        var page = await browser.GetStringAsync(new Uri("/sign-in", UriKind.Relative), Ct);
        const string field = "name=\"__RequestVerificationToken\" value=\"";
        var tokens = page.Split(field).Skip(1).Select(rest => rest[..rest.IndexOf('"', StringComparison.Ordinal)]);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in", ["Form.Name"] = name, ["Form.Password"] = Password, ["__RequestVerificationToken"] = tokens.First(),
        });
        using var answer = await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), form, Ct);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }
}
