using System.Text;
using System.Text.Json;
using Annotator.Domain.Access;
using Annotator.Domain.Exchange;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Exchange;

/// <summary>Who may import what, whoever asks the importer: a page, a command or an interface.</summary>
public sealed class ImportRightsTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private const string Authority = "library.example";

    private TestStore Store => shared.Store;

    public static TheoryData<string, ImportOptions> BeyondAPerson => new()
    {
        { "the authors of the file", new ImportOptions { DefaultAuthority = Authority, KeepAuthors = true } },
        {
            "a record without an author as somebody else's",
            new ImportOptions { DefaultAuthority = Authority, AsUser = new Userid("somebody", Authority) }
        },
        {
            "as their own name elsewhere",
            new ImportOptions { DefaultAuthority = Authority, AsUser = new Userid("plain", "elsewhere.example") }
        },
        {
            "as the demo library",
            new ImportOptions { DefaultAuthority = "demo.annotator.example", AsUser = new Userid("plain", "demo.annotator.example") }
        },
    };

    [Theory]
    [MemberData(nameof(BeyondAPerson), DisableDiscoveryEnumeration = true)]
    public async Task Only_an_administrator_and_the_operator_import_for_others(string what, ImportOptions options)
    {
        var plain = await PersonAsync("plain");
        var file = Record($"rights of {what}", "acct:clara@elsewhere.example");
        var before = await RowsAsync();
        foreach (var viewer in new[] { plain, plain with { Moderates = [Viewer.PublicGroup] } })
            Assert.Equal("administrate", (await Assert.ThrowsAsync<Forbidden>(() => ImportAsync(viewer, file, options))).Action);
        Assert.Equal("sign_in", (await Assert.ThrowsAsync<Forbidden>(() => ImportAsync(Viewer.Visitor, file, options))).Action);
        Assert.Equal(
            "administrate",
            (await Assert.ThrowsAsync<Forbidden>(() => Store.Importer.OpenAsync(plain, Content(file), options, Ct))).Action);
        Assert.Equal(before, await RowsAsync());
        Assert.Equal(1, (await ImportAsync(plain with { IsAdministrator = true }, file, options)).Stored);
        Assert.Equal(1, (await ImportAsync(Viewer.Operator, file, options)).ThereAlready);
    }

    [Fact]
    public async Task A_person_imports_as_themselves()
    {
        var plain = await PersonAsync("own");
        var address = $"https://texts.example/{Guid.CreateVersion7():N}";
        Assert.Equal(
            1,
            (await ImportAsync(
                plain, Record(address, "acct:clara@elsewhere.example"), new ImportOptions { DefaultAuthority = Authority })).Stored);
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        Assert.Equal(plain.PersonId, await db.Annotations.Where(a => a.Body == address).Select(a => a.AuthorId).SingleAsync(Ct));
        Assert.False(
            await db.People.AnyAsync(
                p => p.Username == "clara"
                    && p.Authority == "elsewhere.example"
                    && db.Annotations.Any(a => a.AuthorId == p.Id && a.Body == address),
                Ct));
    }

    [Fact]
    public async Task What_was_written_in_a_group_that_one_has_left_meanwhile_is_refused()
    {
        var member = await Store.PersonAsync("leaver", "left");
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        await db.Memberships.Where(m => m.PersonId == member.PersonId).ExecuteDeleteAsync(Ct);
        // The viewer still holds the rights of before.
        var report = await ImportAsync(
            member, Record("left behind", "acct:leaver@library.example", "left"), new ImportOptions { DefaultAuthority = Authority });
        Assert.Equal((0, 1), (report.Stored, report.RefusedCount));
        Assert.False(await db.Annotations.AnyAsync(a => a.GroupId == "left", Ct));
        Assert.False(await db.Memberships.AnyAsync(m => m.GroupId == "left", Ct));
        Assert.False(await db.Sources.AnyAsync(s => s.Title == "left behind", Ct));
    }

    private async Task<Viewer> PersonAsync(string name)
    {
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        var known = await db.People.Where(p => p.Username == name && p.Authority == Authority)
            .Select(p => (Guid?)p.Id)
            .FirstOrDefaultAsync(Ct);
        return known is { } id ? new Viewer(id) : await Store.PersonAsync(name);
    }

    private async Task<ImportReport> ImportAsync(Viewer viewer, string file, ImportOptions options)
    {
        await using var content = Content(file);
        return await Store.Importer.ImportAsync(viewer, content, options, null, Ct);
    }

    private async Task<(int, int, int, int)> RowsAsync()
    {
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        return (
            await db.Annotations.CountAsync(Ct),
            await db.People.CountAsync(Ct),
            await db.Sources.CountAsync(Ct),
            await db.Changes.CountAsync(Ct));
    }

    private static MemoryStream Content(string file) => new(Encoding.UTF8.GetBytes(file));

    private static string Record(string words, string user, string group = Viewer.PublicGroup) => JsonSerializer.Serialize(new
    {
        uri = $"https://texts.example/{Uri.EscapeDataString(words)}",
        document = new { title = new[] { words } },
        text = words,
        user,
        group,
        permissions = new { read = new[] { $"group:{group}" } },
    });
}
