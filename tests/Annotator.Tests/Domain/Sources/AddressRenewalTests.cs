using System.Text;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Exchange;
using Annotator.Domain.Kernel;
using Annotator.Domain.Search;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Sources;

/// <summary>Addresses that an earlier version of the normal forms compared otherwise.</summary>
public sealed class AddressRenewalTests
{
    private static Citation Page(string uri, string title) => new(uri, title, null, "en");

    [Fact]
    public async Task Passwords_in_stored_addresses_are_forgotten()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var plain = await store.WriteAsync(mei, Drafts.PageNote("One", Page("https://host.example/x", "")));
        var other = await store.WriteAsync(mei, Drafts.PageNote("Two", Page("https://host.example/y", "")));
        await using (var db = await store.Databases.CreateDbContextAsync(Ct))
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                update source_uri set key = gen_random_uuid(), uri = 'https://me:secretpw@host.example/x' where source_id = {other.SourceId};
                update source set title = 'https://me:secretpw@host.example/x' where id = {other.SourceId};
                update annotation set uri = 'https://me:secretpw@host.example/x' where id = {other.Id};
                update source_uri set version = 2
                """, Ct);
        }

        Assert.DoesNotContain("secretpw", string.Join('\n', await store.Addresses.RenewAsync(Ct)), StringComparison.Ordinal);
        var there = await store.Sources.ReadAsync(Viewer.Visitor, (await store.Reader.FindAsync(mei, other.Id, Ct)).SourceId, Ct);
        Assert.Equal(["https://host.example/x"], there.Source.Uris);
        Assert.Equal("https://host.example/x", there.Source.Title);
        Assert.Equal([plain.Id, other.Id], there.Annotations.Select(a => a.Id).Order());
        Assert.All(there.Annotations, a => Assert.Equal("https://host.example/x", a.Uri));
    }

    [Theory]
    [InlineData("https://someone:secretpw@host.example/x", "https://host.example/x")]
    [InlineData("HTTP://someone@host.example:81/x?a=b@c", "HTTP://host.example:81/x?a=b@c")]
    [InlineData("https://a@b@host.example", "https://host.example")]
    [InlineData("ftp://someone:secretpw@host.example/x", "ftp://host.example/x")]
    [InlineData("https://via.hypothes.is/https://me:secretpw@host.example/x", "https://via.hypothes.is/https://host.example/x")]
    [InlineData("https://host.example/@me/x", "https://host.example/@me/x")]
    [InlineData("https://host.example?q=https://me:pw@other", "https://host.example?q=https://me:pw@other")]
    [InlineData("https://host.example\\@other.example/", "https://host.example\\@other.example/")]
    [InlineData("doi:10.1000/a@b", "doi:10.1000/a@b")]
    [InlineData("mailto:me@host.example", "mailto:me@host.example")]
    public void A_password_in_an_address_is_taken_out(string typed, string stored) =>
        Assert.Equal(stored, UriNormalizer.WithoutCredentials(typed));

    [Fact]
    public async Task An_address_is_stored_without_the_password_in_it_wherever_it_comes_from()
    {
        const string address = "https://someone:secretpw@host.example/z";
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var draft = Drafts.PageNote("A note", Page(address, "") with { Claims = [new(address + "?claim", "rel-canonical")] });
        await store.WriteAsync(mei, draft with { Received = new Received { Targets = [new Target(address + "?target")] } });
        await store.Texts.StoreAsync(mei, Drafts.Text("Words of a text."), Page(address + "?text", "").Details(), Ct);
        using var file = new MemoryStream(
            Encoding.UTF8.GetBytes($$"""{"uri":"{{address}}?import","text":"Imported","user":"acct:mei@library.example"}"""));
        await store.Importer.ImportAsync(mei, file, new ImportOptions { DefaultAuthority = "library.example" }, null, Ct);
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        var words = await db.Database.SqlQuery<string>(
            $"""
            select concat_ws(' ', (select string_agg(a::text, ' ') from annotation a), (select string_agg(s::text, ' ') from source s),
                (select string_agg(u::text, ' ') from source_uri u), (select string_agg(c::text, ' ') from uri_claim c),
                (select string_agg(t::text, ' ') from annotation_target t), (select string_agg(x::text, ' ') from snapshot x),
                (select string_agg(e::text, ' ') from source_search e)) as "Value"
            """).SingleAsync(Ct);
        foreach (var kind in new[] { "claim", "target", "text", "import" })
            Assert.Contains($"host.example/z?{kind}", words, StringComparison.Ordinal);
        Assert.DoesNotContain("secretpw", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_that_are_one_now_are_merged_and_those_that_are_two_are_parted_once()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        // One page that was two: its host in letters and in punycode.
        var letters = await store.WriteAsync(mei, Drafts.CommentOn("Words", "In letters", Page("https://bücher.example/a", "Books")));
        var punycode = await store.WriteAsync(mei, Drafts.CommentOn("Words", "In punycode", Page("https://other.example/", "Books")));
        // Two pages that were one: words of a dictionary in EUC-KR.
        var ga = await store.WriteAsync(mei, Drafts.PageNote("ga", Page("http://dic.example.kr/view?word=%B0%A1", "A word")));
        var na = await store.WriteAsync(mei, Drafts.PageNote("na", Page("http://dic.example.kr/view?word=%B0%A1&", "A word")));
        var reply = await store.WriteAsync(mei, Drafts.ReplyTo(na, "a reply to na"));
        Assert.Equal(ga.SourceId, na.SourceId);
        await using (var db = await store.Databases.CreateDbContextAsync(Ct))
        {
            var old = Guid.CreateVersion7();
            await db.Database.ExecuteSqlAsync(
                $"""
                update source_uri set key = gen_random_uuid(), uri = 'https://xn--bcher-kva.example/a/' where source_id = {punycode.SourceId};
                update annotation set uri = 'https://xn--bcher-kva.example/a/' where id = {punycode.Id};
                update annotation set uri = 'http://dic.example.kr/view?word=%B3%AA' where id = {na.Id};
                update source_uri set key = {old} where source_id = {ga.SourceId};
                update source_uri set version = 0
                """, Ct);
        }

        var report = await store.Addresses.RenewAsync(Ct);

        Assert.Equal(2, report.Count);
        Assert.StartsWith($"merged source {PublicId.Of(punycode.SourceId)} into {PublicId.Of(letters.SourceId)}", report[0]);
        Assert.Contains("word=%B3%AA is another page", report[1]);
        var books = await store.Sources.ReadAsync(Viewer.Visitor, letters.SourceId, Ct);
        Assert.Equal([letters.Id, punycode.Id], books.Annotations.Select(a => a.Id).Order());
        Assert.Single(books.Passages);
        Assert.Equal([ga.Id], (await store.Sources.ReadAsync(Viewer.Visitor, ga.SourceId, Ct)).Annotations.Select(a => a.Id));
        var parted = (await store.Reader.FindAsync(mei, na.Id, Ct)).SourceId;
        var other = await store.Sources.ReadAsync(Viewer.Visitor, parted, Ct);
        Assert.Equal([na.Id, reply.Id], other.Annotations.Select(a => a.Id).Order());
        Assert.Equal(["http://dic.example.kr/view?word=%B3%AA"], other.Source.Uris);
        Assert.Equal(
            2, (await store.Search.FindAsync(Viewer.Visitor, SearchQuery.Parse($"source:{PublicId.Of(parted)}"), new(), Ct)).Counted);
        Assert.Equal(
            parted,
            (await store.WriteAsync(mei, Drafts.PageNote("later", Page("http://dic.example.kr/view?word=%b3%aa", "A word")))).SourceId);
        Assert.Empty(await store.Addresses.RenewAsync(Ct));
    }

    [Fact]
    public async Task A_page_that_is_parted_comes_to_the_source_that_it_has_already()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var one = await store.WriteAsync(mei, Drafts.CommentOn("Words", "one", Page("https://app.example/#!/1", "App")));
        var two = await store.WriteAsync(mei, Drafts.CommentOn("Words", "two", Page("https://app.example/#!/2", "App")));
        var astray = await store.WriteAsync(mei, Drafts.CommentOn("Words", "two too", Page("https://app.example/#!/1", "App")));
        await using (var db = await store.Databases.CreateDbContextAsync(Ct))
        {
            await db.Database.ExecuteSqlAsync(
                $"update annotation set uri = 'https://app.example/#!/2' where id = {astray.Id}; update source_uri set version = 0", Ct);
        }
        Assert.NotEmpty(await store.Addresses.RenewAsync(Ct));
        Assert.Equal([one.Id], (await store.Sources.ReadAsync(mei, one.SourceId, Ct)).Annotations.Select(a => a.Id));
        var reading = await store.Sources.ReadAsync(mei, two.SourceId, Ct);
        Assert.Equal([two.Id, astray.Id], reading.Annotations.Select(a => a.Id).Order());
        Assert.Single(reading.Passages);
    }

    [Fact]
    public async Task What_stays_as_it_is_is_left_alone()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var written = await store.WriteAsync(mei, Drafts.CommentOn("Words", "A comment"));
        await using (var db = await store.Databases.CreateDbContextAsync(Ct))
            await db.SourceUris.ExecuteUpdateAsync(set => set.SetProperty(u => u.Version, 0), Ct);
        Assert.Empty(await store.Addresses.RenewAsync(Ct));
        await using (var db = await store.Databases.CreateDbContextAsync(Ct))
            Assert.Equal([UriNormalizer.Version], await db.SourceUris.Select(u => u.Version).Distinct().ToListAsync(Ct));
        Assert.Equal(written.SourceId, (await store.WriteAsync(mei, Drafts.PageNote("Another"))).SourceId);
    }
}
