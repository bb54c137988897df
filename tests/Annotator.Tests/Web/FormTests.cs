using System.Net;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Domain.Sources;
using Annotator.Web;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Annotator.Tests.Web;

/// <summary>
/// Whatever takes a form refuses one that does not come from a page of this program, even from the administrator's browser.
/// </summary>
public sealed class FormTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    // Blazor's own connection, which checks the origin itself, and the health checks, which answer any method and change nothing.
    private static readonly string[] NotForms = ["/_blazor", "/health"];

    private TestDatabase? _database;
    private WebApplication? _app;

    private IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var builder = AnnotatorApp.Prepare(["--urls", "http://127.0.0.1:0", "--applicationName", "Annotator.Web"]);
        builder.Logging.ClearProviders();
        _app = AnnotatorApp.Build(builder, _database.ConnectionString, RunningProgram.Unlimited);
        _app.MapPost("/guilty", async (PeopleDirectory people, HttpContext http, ViewerAccessor viewers, CancellationToken ct) =>
            await people.RenameAsync((await viewers.ForAsync(http.User, ct)).RequirePerson(), "Somebody else", ct));
        await _app.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _database!.DropAsync();
    }

    [Fact]
    public async Task Every_endpoint_that_takes_a_form_refuses_it_without_a_token_of_its_own_page_and_stores_nothing()
    {
        var ids = await WriteAsync();
        using var browser = await SignedInAsync();
        var posts = Posts().Select(pattern => Address(pattern, ids)).Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains(posts, p => p.StartsWith($"/annotations/{ids["annotations"]}/delete", StringComparison.Ordinal));
        Assert.Contains("/sign-in", posts);
        var tokens = await ForeignTokensAsync();
        List<string> accepted = [];
        foreach (var address in posts)
        {
            await CountedAsync();
            var before = await ContentAsync();
            foreach (var (whose, token) in tokens)
            {
                using var form = new FormUrlEncodedContent(Forged(ids, token));
                using var answer = await browser.PostAsync(new Uri(address, UriKind.Relative), form, Ct);
                if (answer.StatusCode != HttpStatusCode.BadRequest
                    && !NotForms.Any(n => address.StartsWith(n, StringComparison.Ordinal)))
                {
                    accepted.Add($"{address}: {(int)answer.StatusCode} with {whose}");
                }
            }

            if (!string.Equals(before, await ContentAsync(), StringComparison.Ordinal))
                accepted.Add($"{address}: stored");
        }

        Assert.Equal([.. tokens.Select(t => $"/guilty: 200 with {t.Whose}"), "/guilty: stored"], accepted);
    }

    /// <summary>None, nonsense, one that a visitor got, one that another person got.</summary>
    private async Task<(string Whose, string? Token)[]> ForeignTokensAsync()
    {
        using var visitor = Browser();
        await using (var scope = Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<Registration>()
                .JoinAsync(new NewMember("Another", "another@reading.example", Password), Ct);
        }

        using var another = await SignedInAsync("Another");
        return
        [
            ("no token", null), ("nonsense", "CfDJ8" + new string('A', 150)), ("a visitor's token", await TokenAsync(visitor)),
            ("another's token", await TokenAsync(another)),
        ];
    }

    private static Dictionary<string, string> Forged(Dictionary<string, string> ids, string? token)
    {
        Dictionary<string, string> form = new(StringComparer.Ordinal)
        {
            ["body"] = "Forged", ["culture"] = "ar", ["Snapshot"] = ids["snapshots"], ["_handler"] = "composer",
        };
        if (token is not null)
            form["__RequestVerificationToken"] = token;
        return form;
    }

    [Fact]
    public async Task What_is_refused_says_so_on_a_page()
    {
        using var browser = await SignedInAsync();
        using var answer = await browser.PostAsync(new Uri("/sign-out", UriKind.Relative), null, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("<h1", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private IEnumerable<string> Posts() =>
        from endpoint in Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods
        where methods is null or { Count: 0 } || methods.Contains("POST", StringComparer.OrdinalIgnoreCase)
        select "/" + endpoint.RoutePattern.RawText?.TrimStart('/');

    // "/annotations/{id}/delete" with the id of what is stored there. Other parameters stay as they are: no form comes so far.
    private static string Address(string pattern, Dictionary<string, string> ids) =>
        ids.TryGetValue(pattern.Split('/')[1], out var id)
            ? pattern.Replace("{id}", id, StringComparison.OrdinalIgnoreCase) + $"?shared=false&snapshot={ids["snapshots"]}"
            : pattern;

    /// <summary>An administrator's account, and a source with a text, a passage and an annotation.</summary>
    /// <returns>Public ids by the first part of the address that takes them.</returns>
    private async Task<Dictionary<string, string>> WriteAsync()
    {
        var viewer = await AccountAsync();
        var written = await Services.GetRequiredService<AnnotationWriter>()
            .CreateAsync(viewer, Drafts.CommentOn(Drafts.Desperation, "Still true."), Ct);
        var text = await Services.GetRequiredService<SourceTexts>()
            .StoreAsync(viewer, Drafts.Text(Drafts.Desperation), Drafts.Walden.Details(), Ct);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["annotations"] = written.PublicId,
            ["sources"] = PublicId.Of(written.SourceId),
            ["passages"] = PublicId.Of(written.PassageId!.Value),
            ["snapshots"] = PublicId.Of(text.Id),
        };
    }

    private async Task<Viewer> AccountAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var (account, _) = await scope.ServiceProvider.GetRequiredService<Registration>()
            .JoinAsync(new NewMember("Keeper", "keeper@reading.example", Password), Ct);
        return new Viewer((account ?? throw new InvalidOperationException("There is an account already.")).Id);
    }

    /// <summary>A browser with the cookies of somebody, the antiforgery one among them.</summary>
    private async Task<HttpClient> SignedInAsync(string name = "Keeper")
    {
        await using (var db = await Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct))
        {
            if (!await db.Users.AnyAsync(Ct))
                await AccountAsync();
        }

        var browser = Browser();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["Form.Name"] = name,
            ["Form.Password"] = Password,
            ["__RequestVerificationToken"] = await TokenAsync(browser),
        });
        using var answer = await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), form, Ct);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    private HttpClient Browser()
    {
#pragma warning disable RS0030 // The program itself is what is asked.
        return new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app!.Urls.Single()) };
#pragma warning restore RS0030
    }

    private static async Task<string> TokenAsync(HttpClient browser)
    {
        var page = await browser.GetStringAsync(new Uri("/sign-in", UriKind.Relative), Ct);
        return page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];
    }

    /// <summary>One value for all rows of all tables.</summary>
    // The program counts in the background what was stored before, and writes that too. Then it has nothing to write of itself.
    private async Task CountedAsync()
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
        await Until.HoldsAsync(async () => !await db.SourceActivity.AnyAsync(a => !a.IsCurrent, Ct));
    }

    private async Task<string> ContentAsync()
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
        var tables = db.Model.GetEntityTypes()
            // That somebody tries to sign in is counted whatever they send.
            .Where(t => t.ClrType != typeof(Attempt))
            .Select(t => t.GetTableName()!)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        var each = tables.Select(t => $"(select coalesce(sum(hashtextextended(r::text, 0)), 0)::text from \"{t}\" r)");
#pragma warning disable EF1002 // Names of tables cannot be parameters; these are the model's.
        return await db.Database.SqlQueryRaw<string>($"select {string.Join(" || ' ' || ", each)} as \"Value\"").SingleAsync(Ct);
#pragma warning restore EF1002
    }
}
