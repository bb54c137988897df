using Annotator.Domain.Annotations;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Search;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Abuse;

/// <summary>
/// Whoever has got hold of the id of something private learns nothing by it and changes nothing with it, whichever route it is put into,
/// of its kind or not, in the path, the query or a form.
/// </summary>
[Collection(AbuseCollection.Name)]
public sealed class ForeignIdTests(AttackedProgram program)
{
    /// <summary>Parameters of paths: those that take an id, and what the others get.</summary>
    private static readonly Dictionary<string, string?> Fillers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = null,
        ["ticket"] = "0198c0de-0000-7000-8000-000000000000",
    };

    // Not what is written in the background, of what was written before.
    private static readonly Type[] Written =
    [
        typeof(Annotation), typeof(Revision), typeof(Passage), typeof(Source), typeof(SourceUri), typeof(Snapshot), typeof(SavedSearch),
        typeof(Group), typeof(Membership),
    ];

    private IEnumerable<string> Ids => program.Secrets.SelectMany(s => s.Ids);

    [Fact]
    public void Every_parameter_of_a_path_is_filled()
    {
        var parameters = program.Routes.SelectMany(r => r.Parameters).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        Assert.Contains("id", parameters, StringComparer.OrdinalIgnoreCase);
        Assert.Empty(parameters.Except(Fillers.Keys, StringComparer.OrdinalIgnoreCase));
        Assert.True(program.Routes.Count(r => r.Parameters.Count > 0) > 12);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Stranger")]
    [InlineData("Silenced")]
    [InlineData("Member")]
    public async Task Nobody_learns_anything_by_the_id_of_something_private(string? name)
    {
        using var browser = await program.BrowserAsync(name);
        List<string> faults = [];
        foreach (var (secret, id) in program.Secrets.SelectMany(s => s.Ids.Select(id => (s, id))))
        {
            foreach (var route in program.Routes.Where(r => !r.IsPost))
            {
                if (TakesId(route))
                    await CheckAsync(route.With(p => Fillers[p] ?? id), mustBeDenied: secret.IsHidden);
                foreach (var query in (name is null or "Member") && ReferenceEquals(id, secret.Ids[0]) ? route.Queries : [])
                    await CheckAsync(route.With(p => Fillers[p] ?? OpenSource) + $"?{query}={id}", mustBeDenied: false);
            }

            async Task CheckAsync(string address, bool mustBeDenied)
            {
                var answer = await browser.GetAsync(address);
                if (Secret.IsToldIn(answer.Body) || (mustBeDenied && !answer.IsDenied) || (int)answer.Status >= 500)
                    faults.Add($"{secret.Kind}: {address}: {(int)answer.Status}");
            }
        }

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Stranger")]
    [InlineData("Member")]
    public async Task Nobody_changes_anything_by_the_id_of_something_private(string? name)
    {
        using var browser = await program.BrowserAsync(name);
        List<string> faults = [];
        var before = await ContentAsync();
        foreach (var (secret, id) in program.Secrets.SelectMany(s => s.Ids.Select(id => (s, id))))
        {
            foreach (var route in program.Routes.Where(r => r.IsPost && TakesId(r)))
            {
                var address = route.With(p => Fillers[p] ?? id) + $"?snapshot={id}&shared=true&note=1";
                foreach (var form in route.Forms.DefaultIfEmpty(""))
                {
                    var answer = await browser.PostAsync(address, Form(form, id));
                    if (Secret.IsToldIn(answer.Body) || (secret.IsHidden && !answer.IsDenied) || (int)answer.Status >= 500)
                        faults.Add($"{secret.Kind}: {address} {form}: {(int)answer.Status}");
                }
            }
        }

        Assert.Empty(faults);
        Assert.Equal(before, await ContentAsync());
    }

    [Theory]
    [InlineData("Stranger")]
    [InlineData("Member")]
    public async Task Nobody_writes_to_something_private_from_a_page_that_is_open_to_them(string name)
    {
        using var browser = await program.BrowserAsync(name);
        var before = await ContentAsync();
        foreach (var id in Ids)
        {
            foreach (var task in (string[])["comment", "reply", "edit", "place"])
            {
                var answer = await browser.PostAsync($"/sources/{OpenSource}?{task}={id}", Form("composer", id));
                Assert.True(answer.IsDenied || string.Equals(id, Revised, StringComparison.Ordinal), $"{task} {id}: {answer.Status}");
                Assert.False(Secret.IsToldIn(answer.Body));
            }

            Assert.False(Secret.IsToldIn((await browser.PostAsync($"/sources/{OpenSource}/highlights", Form("", id))).Body));
            Assert.False(Secret.IsToldIn((await browser.PostAsync("/search", Form("forget", id))).Body));
        }

        Assert.Equal(before, await ContentAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Stranger")]
    [InlineData("Silenced")]
    [InlineData("Member")]
    public async Task Nobody_finds_anything_private_by_a_part_of_it(string? name)
    {
        using var browser = await program.BrowserAsync(name);
        foreach (var secret in program.Secrets)
        {
            string[] queries =
                [secret.Asked, $"tag:{secret.Asked}", $"{secret.Asked[..^1]}*", secret.Asked[..^1], $"user:Owner {secret.Asked}"];
            foreach (var query in queries)
                Assert.False(Secret.IsToldIn((await browser.GetAsync($"/search?q={Uri.EscapeDataString(query)}")).Body), query);

            Assert.False(Secret.IsToldIn((await browser.GetAsync($"/?tag={secret.Asked}")).Body), secret.Kind);
        }

        string[] lists = ["/", "/?sort=title", "/?sort=added", "/search?q=user:Owner", "/search?q=group:circle", $"/sources/{OpenSource}"];
        foreach (var list in lists)
            Assert.False(Secret.IsToldIn((await browser.GetAsync(list)).Body), list);
    }

    /// <summary>Else the tests above would find nothing for want of looking in the right place.</summary>
    [Fact]
    public async Task The_owner_sees_all_of_it()
    {
        using var browser = await program.BrowserAsync("Owner");
        foreach (var secret in program.Secrets.Where(s => s.IsShownToOwner))
        {
            List<string> pages = [(await browser.GetAsync($"/search?q={secret.Asked}")).Body];
            foreach (var id in secret.Ids)
            {
                foreach (var route in program.Routes.Where(r => !r.IsPost && TakesId(r)))
                    pages.Add((await browser.GetAsync(route.With(p => Fillers[p] ?? id))).Body);
            }

            Assert.True(pages.Exists(p => p.Contains(secret.Told, StringComparison.Ordinal)), secret.Kind);
        }
    }

    private string OpenSource => program.OpenSource;

    private string Revised => program.Secrets.Single(s => s.Kind is "revision").Ids[0];

    private static bool TakesId(Route route) => route.Parameters.Any(p => Fillers.GetValueOrDefault(p, "") is null);

    /// <summary>Everything that the forms of the program ask for, with the id wherever there may be one.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Form(string handler, string id) =>
        Route.Fields.Where(f => !f.EndsWith(".File", StringComparison.Ordinal)).Select(f => KeyValuePair.Create(f, Value(f, id)))
            .Append(KeyValuePair.Create("_handler", handler));

    private static string Value(string field, string id) => field.Split('.')[^1] switch
    {
        "Id" or "Snapshot" => id,
        "Version" => "1",
        "Start" => "0",
        "End" => "10",
        "Ticket" => "0198c0de-0000-7000-8000-000000000000",
        "OnlyMe" => "false",
        "Address" or "Language" or "SourceLanguage" or "PassageLanguage" => "",
        "back" => "/",
        _ => "zqxnote",
    };

    private Task<string> ContentAsync() =>
        program.InStoreAsync(async db =>
        {
            var tables = db.Model.GetEntityTypes().Where(t => Written.Contains(t.ClrType))
                .Select(t => t.GetTableName()!)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal);
            var each = tables.Select(t => $"(select coalesce(sum(hashtextextended(r::text, 0)), 0)::text from \"{t}\" r)");
#pragma warning disable EF1002 // Names of tables cannot be parameters; these are the model's.
            return await db.Database.SqlQueryRaw<string>($"select {string.Join(" || ' ' || ", each)} as \"Value\"").SingleAsync(Ct);
#pragma warning restore EF1002
        });
}
