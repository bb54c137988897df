using System.Text;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Exchange;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Sources;

/// <summary>Whose word counts when somebody says that two addresses are one document.</summary>
public sealed class UriClaimTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;
    private readonly string _doi = $"doi:10.5555/{Guid.CreateVersion7():N}";

    [Fact]
    public async Task A_person_brings_their_own_notes_to_the_source_of_a_doi()
    {
        var (mei, tom) = (await _store.PersonAsync("MeiA"), await _store.PersonAsync("TomA"));
        var there = await _store.WriteAsync(mei, Drafts.PageNote("Under the DOI", new Citation(_doi, "The paper", null, "en")));
        var brought = await _store.WriteAsync(tom, Drafts.PageNote("On the page", Claiming(Drafts.Unique("The page"))));
        Assert.Equal(there.SourceId, brought.SourceId);
    }

    [Fact]
    public async Task A_doi_that_nobody_wrote_under_leads_to_the_page_that_names_it()
    {
        var (mei, tom) = (await _store.PersonAsync("MeiB"), await _store.PersonAsync("TomB"));
        var page = await _store.WriteAsync(mei, Drafts.PageNote("On the page", Claiming(Drafts.Unique("The page"))));
        var byDoi = await _store.WriteAsync(
            tom, Drafts.PageNote("Under the DOI", new Citation("https://doi.org/" + _doi[4..].ToUpperInvariant(), null, null, null)));
        Assert.Equal(page.SourceId, byDoi.SourceId);
    }

    [Fact]
    public async Task Nobody_s_word_alone_joins_what_two_others_wrote_about()
    {
        var (mei, tom, mallory) = (
            await _store.PersonAsync("MeiC"), await _store.PersonAsync("TomC"), await _store.PersonAsync("MalloryC"));
        var page = Drafts.Unique("Somebody's page");
        var onPage = await _store.WriteAsync(mei, Drafts.PageNote("On the page", page));
        var underDoi = await _store.WriteAsync(tom, Drafts.PageNote("Under the DOI", new Citation(_doi, "The paper", null, "en")));
        for (var i = 0; i < 2; i++)
        {
            var claimed = await _store.WriteAsync(mallory, Drafts.PageNote($"They are one, {i}", Claiming(page)));
            Assert.Equal(onPage.SourceId, claimed.SourceId);
        }

        Assert.NotEqual(onPage.SourceId, (await _store.Reader.FindAsync(tom, underDoi.Id, Ct)).SourceId);
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        var key = SourceUri.KeyOf(_doi);
        Assert.Equal(
            [(mallory.PersonId!.Value, "highwire-doi")],
            (await db.UriClaims.Where(c => c.Key == key).ToListAsync(Ct)).Select(c => (c.PersonId, c.Kind)).Distinct());
    }

    [Fact]
    public async Task Nobody_s_word_alone_gives_somebody_else_s_page_a_doi()
    {
        var (mei, tom, mallory) = (
            await _store.PersonAsync("MeiD"), await _store.PersonAsync("TomD"), await _store.PersonAsync("MalloryD"));
        var page = Drafts.Unique("Somebody's page");
        await _store.WriteAsync(mei, Drafts.PageNote("On the page", page));
        var claimed = await _store.WriteAsync(mallory, Drafts.PageNote("It has a DOI", Claiming(page)));
        var underDoi = await _store.WriteAsync(tom, Drafts.PageNote("Under the DOI", new Citation(_doi, "The paper", null, "en")));
        Assert.NotEqual(claimed.SourceId, underDoi.SourceId);
    }

    [Fact]
    public async Task Two_who_say_the_same_join_sources()
    {
        var (mei, tom, zoe) = (await _store.PersonAsync("MeiE"), await _store.PersonAsync("TomE"), await _store.PersonAsync("ZoeE"));
        var page = Drafts.Unique("A page");
        await _store.WriteAsync(mei, Drafts.PageNote("On the page", page));
        var underDoi = await _store.WriteAsync(tom, Drafts.PageNote("Under the DOI", new Citation(_doi, "The paper", null, "en")));
        var first = await _store.WriteAsync(zoe, Drafts.PageNote("They are one", Claiming(page)));
        Assert.NotEqual(underDoi.SourceId, first.SourceId);
        var second = await _store.WriteAsync(tom, Drafts.PageNote("They are", Claiming(page)));
        Assert.Equal((await _store.Reader.FindAsync(tom, underDoi.Id, Ct)).SourceId, second.SourceId);
    }

    [Fact]
    public async Task A_private_claim_counts_when_it_is_shared()
    {
        var (mei, tom) = (await _store.PersonAsync("MeiF"), await _store.PersonAsync("TomF"));
        var there = await _store.WriteAsync(mei, Drafts.PageNote("Under the DOI", new Citation(_doi, "The paper", null, "en")));
        var note = await _store.WriteAsync(tom, Drafts.PageNote("For me", Claiming(Drafts.Unique("The page"))).Private());
        Assert.NotEqual(there.SourceId, note.SourceId);
        await _store.Writer.EditAsync(tom, note.Id, new AnnotationEdit(note.Version, "For all", null, [], true), Ct);
        var both = new[] { await _store.Reader.FindAsync(tom, note.Id, Ct), await _store.Reader.FindAsync(tom, there.Id, Ct) };
        Assert.Single(both.Select(a => a.SourceId).Distinct());
    }

    [Fact]
    public async Task A_claim_follows_the_annotation_that_it_came_with()
    {
        var (mei, tom, zoe) = (await _store.PersonAsync("MeiM"), await _store.PersonAsync("TomM"), await _store.PersonAsync("ZoeM"));
        var (page, elsewhere) = (Drafts.Unique("A page"), Drafts.Unique("Elsewhere"));
        await _store.WriteAsync(mei, Drafts.PageNote("On the page", page));
        var underDoi = await _store.WriteAsync(mei, Drafts.PageNote("Under the DOI", new Citation(_doi, "The paper", null, "en")));
        var claimed = await _store.WriteAsync(zoe, Drafts.PageNote("They are one", Claiming(page)));
        var moved = new AnnotationEdit(1, "On another page", null, [], true) { Target = new(elsewhere, null) };
        await _store.Writer.EditAsync(zoe, claimed.Id, moved, Ct);
        Assert.Empty(await ClaimsAsync(claimed.Id));
        // Nobody else says it any more.
        var second = await _store.WriteAsync(tom, Drafts.PageNote("They are", Claiming(page)));
        Assert.NotEqual(underDoi.SourceId, second.SourceId);
        // Back again, it counts.
        await _store.Writer.EditAsync(zoe, claimed.Id, moved with { Version = 2, Target = new(Claiming(page), null) }, Ct);
        Assert.Single(await ClaimsAsync(claimed.Id));
        Assert.Single(
            new[]
            {
                (await _store.Reader.FindAsync(tom, second.Id, Ct)).SourceId,
                (await _store.Reader.FindAsync(mei, underDoi.Id, Ct)).SourceId,
            }.Distinct());
        // A quote that moves within the page changes nothing of it.
        await _store.Writer.EditAsync(zoe, claimed.Id, moved with { Version = 3, Target = new(null, new Quote("Words")) }, Ct);
        Assert.Single(await ClaimsAsync(claimed.Id));
    }

    [Fact]
    public async Task A_claim_counts_no_longer_when_its_annotation_is_deleted_and_again_when_it_is_restored()
    {
        var (mei, tom, zoe) = (await _store.PersonAsync("MeiR"), await _store.PersonAsync("TomR"), await _store.PersonAsync("ZoeR"));
        var page = Drafts.Unique("A page");
        await _store.WriteAsync(mei, Drafts.PageNote("On the page", page));
        var underDoi = await _store.WriteAsync(mei, Drafts.PageNote("Under the DOI", new Citation(_doi, "The paper", null, "en")));
        var claimed = await _store.WriteAsync(zoe, Drafts.PageNote("They are one", Claiming(page)));
        await _store.Removal.DeleteAsync(zoe, claimed.Id, Ct);
        var second = await _store.WriteAsync(tom, Drafts.PageNote("They are", Claiming(page)));
        Assert.NotEqual(underDoi.SourceId, second.SourceId);
        await _store.Removal.RestoreAsync(zoe, claimed.Id, Ct);
        Assert.Single(
            new[]
            {
                (await _store.Reader.FindAsync(tom, second.Id, Ct)).SourceId,
                (await _store.Reader.FindAsync(mei, underDoi.Id, Ct)).SourceId,
            }.Distinct());
    }

    [Fact]
    public async Task A_purged_annotation_that_holds_a_thread_claims_nothing()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var root = await store.WriteAsync(
            mei, Drafts.PageNote("A root", Claiming(Drafts.Unique("A page") with { Author = "Somebody" })).Private());
        await store.WriteAsync(mei, Drafts.ReplyTo(root, "A reply"));
        await store.Removal.DeleteAsync(mei, root.Id, Ct);
        store.Clock.Advance(Annotation.Restorable + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await store.Removal.PurgeAsync(Ct));
        Assert.Equal(0, await store.Removal.PurgeAsync(Ct));
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        Assert.False(await db.UriClaims.AnyAsync(Ct));
        Assert.Equal(
            [(null, null)], (await db.Annotations.Where(a => a.Id == root.Id).ToListAsync(Ct)).Select(a => (a.CitedTitle, a.CitedAuthor)));
    }

    [Fact]
    public async Task Claims_get_the_keys_of_the_present_normal_forms()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var page = Drafts.Unique("A page");
        var claimed = await store.WriteAsync(mei, Drafts.PageNote("They are one", Claiming(page)));
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        await db.Database.ExecuteSqlAsync(
            $"update uri_claim set key = gen_random_uuid(), claimant_key = gen_random_uuid(); update source_uri set version = 0", Ct);
        await store.Addresses.RenewAsync(Ct);
        var claim = Assert.Single(await db.UriClaims.AsNoTracking().Where(c => c.AnnotationId == claimed.Id).ToListAsync(Ct));
        Assert.Equal((SourceUri.KeyOf(_doi), SourceUri.KeyOf(page.Uri!)), (claim.Key, claim.ClaimantKey));
    }

    [Fact]
    public async Task A_canonical_link_is_kept_and_joins_nothing()
    {
        var mei = await _store.PersonAsync("MeiG");
        var front = await _store.WriteAsync(mei, Drafts.PageNote("The front page", Drafts.Unique("Front")));
        var address = (await _store.Sources.ReadAsync(mei, front.SourceId, Ct)).Source.WebUri!;
        var page = Drafts.Unique("Some page") with { Claims = [new ClaimedUri(address, "rel-canonical")] };
        Assert.NotEqual(front.SourceId, (await _store.WriteAsync(mei, Drafts.PageNote("Some page", page))).SourceId);
    }

    [Fact]
    public async Task Claims_of_imported_documents_are_read_as_Hypothesis_reads_them()
    {
        var name = Guid.CreateVersion7().ToString("N");
        var file = $$$"""
            {"id":null,"uri":"https://texts.example/{{{name}}}","user":"acct:ada@elsewhere.example","text":"A paper","created":"2026-01-01T00:00:00Z",
            "document":{"title":["A paper"],"link":[{"href":"https://texts.example/{{{name}}}"},{"href":"https://texts.example/{{{name}}}/canonical","rel":"canonical"},
            {"href":"doi:10.5555/x"},{"href":"https://texts.example/a.pdf","type":"application/pdf"},{"href":"urn:x-pdf:{{{name}}}"},{"href":"javascript:alert(1)","rel":"next"},{"rel":"none"},7],
            "highwire":{"doi":[" doi:10.5555/{{{name}}} "],"pdf_url":["https://texts.example/{{{name}}}.pdf"]},"dc":{"identifier":["10.5555/{{{name}}}","ISSN 1234"]} } }
            """.ReplaceLineEndings("");
        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(file));
        await _store.Importer.ImportAsync(
            Viewer.Operator,
            stream,
            new ImportOptions { Format = ImportFormat.Hypothesis, KeepAuthors = true, DefaultAuthority = "elsewhere.example" },
            null,
            Ct);
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        var claimant = SourceUri.KeyOf("https://texts.example/" + name);
        var claims = await db.UriClaims.Where(c => c.ClaimantKey == claimant)
            .OrderBy(c => c.Kind)
            .ThenBy(c => c.Uri)
            .Select(c => new { c.Kind, c.Uri })
            .ToListAsync(Ct);
        Assert.Equal(
            [
                ("", $"urn:x-pdf:{name}"), ("dc-doi", $"doi:10.5555/{name}"), ("highwire-doi", $"doi:10.5555/{name}"),
                ("highwire-pdf", $"https://texts.example/{name}.pdf"), ("rel-canonical", $"https://texts.example/{name}/canonical"),
            ],
            claims.Select(c => (c.Kind, c.Uri)));
        Assert.Equal(3, await db.SourceUris.CountAsync(u => u.SourceId == db.SourceUris.First(s => s.Key == claimant).SourceId, Ct));
    }

    [Fact]
    public async Task Batches_of_an_import_keep_a_source_of_two_addresses_in_one_lane()
    {
        var mei = await _store.PersonAsync("MeiH");
        var page = Drafts.Unique("Two addresses");
        var written = await _store.WriteAsync(mei, Drafts.PageNote("On the page", Claiming(page)));
        var drafts = Enumerable.Range(0, 400)
            .Select(i => Drafts.CommentOn($"Words {i / 4}", $"Comment {i}", new Citation(i % 2 == 0 ? page.Uri : _doi, null, null, null))
                .Imported("ada", _store.Clock.GetUtcNow()))
            .ToList();
        var outcomes = await _store.Batches.WriteAsync(drafts, Ct, new WriteMode { IsOneOfMany = true, MakesGroups = true });
        Assert.All(outcomes, o => Assert.Null(o.Refusal));
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        var onPassages = await db.Annotations.Where(a => a.SourceId == written.SourceId && a.PassageId != null)
            .GroupBy(a => a.PassageId)
            .Select(g => g.Count())
            .ToListAsync(Ct);
        Assert.Equal(Enumerable.Repeat(4, 100), onPassages);
    }

    private async Task<IReadOnlyList<UriClaim>> ClaimsAsync(Guid annotation)
    {
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        return await db.UriClaims.AsNoTracking().Where(c => c.AnnotationId == annotation).ToListAsync(Ct);
    }

    private Citation Claiming(Citation page) => page with { Claims = [new ClaimedUri(_doi, "highwire-doi")] };
}
