using System.Text;
using Annotator.Domain.Access;
using Annotator.Domain.Exchange;
using Annotator.Domain.Kernel;

namespace Annotator.Tests.Domain.Exchange;

/// <summary>Two people import the same file.</summary>
public sealed class ForeignIdsTests
{
    private const string Root = "AZxz0mMAfRa5u1sE2VqKXw";
    private const string Reply = "AZxz0mMAfRa5u1sE2VqKYw";

    private const string File = $$"""
        {"id":"{{Reply}}","created":"2020-02-02T00:00:00Z","uri":"https://texts.example/a","text":"Her answer","user":"acct:ada@library.example","references":["{{Root}}"]}
        {"id":"{{Root}}","created":"2020-01-01T00:00:00Z","uri":"https://texts.example/a","text":"Her comment","user":"acct:ada@library.example"}
        """;

    [Fact]
    public async Task Whoever_imports_the_annotations_of_another_first_does_not_take_their_ids()
    {
        await using var store = await TestStore.CreateAsync();
        var ada = await store.PersonAsync("ada");
        var bo = await store.PersonAsync("bo");
        Assert.Equal(2, await ImportedAsync(store, bo));
        Assert.Equal(2, await ImportedAsync(store, ada));
        Assert.Equal((0, 0), (await ImportedAsync(store, bo), await ImportedAsync(store, ada)));

        var hers = await store.Sources.ReadThreadAsync(ada, IdOf(Reply), Ct);
        Assert.Equal([IdOf(Root), IdOf(Reply)], hers.Thread.All.Select(a => a.Id));
        Assert.All(hers.Thread.All, a => Assert.Equal((ada.PersonId, true), (a.Author.Id, a.IsMine)));
        var all = (await store.Sources.ReadAsync(Viewer.Visitor, hers.Source.Id, Ct)).PageNotes;
        Assert.Equal(2, all.Count);
        var his = Assert.Single(all, t => t.Id != hers.Thread.Id);
        Assert.All(his.All, a => Assert.Equal(bo.PersonId, a.Author.Id));
        Assert.Equal(["Her comment", "Her answer"], his.All.Select(a => a.Body));
    }

    private static Guid IdOf(string id) =>
        PublicId.TryParse(id, out var guid) ? guid : throw new ArgumentException("Not an id.", nameof(id));

    private static async Task<long> ImportedAsync(TestStore store, Viewer person)
    {
        await using var file = new MemoryStream(Encoding.UTF8.GetBytes(File));
        var report = await store.Importer.ImportAsync(person, file, new ImportOptions { DefaultAuthority = "library.example" }, null, Ct);
        Assert.Equal(0, report.RefusedCount);
        return report.Stored;
    }
}
