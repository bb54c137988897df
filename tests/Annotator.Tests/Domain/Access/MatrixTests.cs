using System.Text;
using System.Text.Json;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Exchange;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Search;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Access;

/// <summary>Who sees what, asked at every door, for every kind of viewer, group, role and state.</summary>
public sealed class MatrixTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task Every_door_shows_every_viewer_what_they_may_see_and_nothing_else()
    {
        var matrix = await Matrix.CreateAsync(_store);
        List<string> wrong = [];
        foreach (var (name, viewer) in matrix.Viewers)
        {
            await CompareAsync(Doors.All, matrix.Cases);
            await CompareAsync(TextDoors.All, matrix.Texts.Select(t => t.As));
            await AssertUndoAsync(matrix, name, viewer);
            await AssertLiveAsync(matrix, name, viewer);
            await AssertImportAsync(name, viewer);
            await AssertSavedSearchesAsync(name, viewer);

            async Task CompareAsync(Door[] doors, IEnumerable<Case> cases)
            {
                var expected = cases.Where(c => Matrix.IsFor(name, c)).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
                foreach (var door in doors.Where(d => d.IsOpenTo(viewer)))
                {
                    var found = (await door.FindAsync(_store, matrix, viewer)).ToHashSet(StringComparer.Ordinal);
                    wrong.AddRange(found.Except(expected).Select(f => $"{door.Name} shows {f} to {name}"));
                    wrong.AddRange(expected.Except(found).Select(f => $"{door.Name} does not show {f} to {name}"));
                }
            }
        }

        Assert.Equal([], wrong);
    }

    // Only authors restore, and they see what they have deleted.
    private async Task AssertUndoAsync(Matrix matrix, string name, Viewer viewer)
    {
        foreach (var it in matrix.Cases.Where(c => viewer.PersonId is not null && !string.Equals(c.Author, name, StringComparison.Ordinal)))
            await Assert.ThrowsAsync<Missing>(() => _store.Removal.RestoreAsync(viewer, it.View.Id, Ct));
    }

    // Whoever sees neither the state before a change nor the one after it is not told. Silence is a change of the person.
    private async Task AssertLiveAsync(Matrix matrix, string name, Viewer viewer)
    {
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        var changes = await db.Changes.AsNoTracking().Where(c => c.AnnotationId != null).ToListAsync(Ct);
        foreach (var it in matrix.Cases.Where(c => c.Author is not "silenced"))
        {
            var wasShared = it with { State = State.Approved };
            var sees = Matrix.IsFor(name, it) || (it.State is not State.OnlyMe && Matrix.IsFor(name, wasShared));
            var isTold = changes.Exists(c => c.AnnotationId == it.View.Id && c.IsSeenBy(viewer));
            if (!(viewer.IsAdministrator && it.Kind is GroupKind.Private))
                Assert.True(sees == isTold, $"{name} is {(isTold ? "" : "not ")}told of {it.Name}");
        }
    }

    // Into each group, as whoever imports. What they may not write there is theirs alone; the operator's import makes members.
    private async Task AssertImportAsync(string name, Viewer viewer)
    {
        if (viewer.IsOperator)
            return;
        var circles = Matrix.Circles.ToDictionary(c => $"Imported by {name} in {c.Id}", StringComparer.Ordinal);
        var records = circles.Select(c => JsonSerializer.Serialize(new
        {
            uri = "https://matrix.example/imported",
            text = c.Key,
            user = $"acct:{name}@matrix.example",
            group = c.Value.Id,
            permissions = new { read = new[] { $"group:{c.Value.Id}" } },
        }));
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', records)));
        var import = _store.Importer.ImportAsync(viewer, file, new ImportOptions { DefaultAuthority = "matrix.example" }, null, Ct);
        if (viewer.PersonId is null)
        {
            Assert.Equal("sign_in", (await Assert.ThrowsAsync<Forbidden>(() => import)).Action);
            return;
        }

        Assert.Equal(circles.Count, (await import).Stored);
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        var stored = await db.Annotations.Where(a => circles.Keys.Contains(a.Body)).ToDictionaryAsync(a => a.Body, Ct);
        foreach (var (body, circle) in circles)
        {
            Assert.Equal(
                (body, Matrix.Belongs(name, circle.Kind), viewer.PersonId),
                (
                    body,
                    string.Equals(stored[body].GroupId, circle.Id, StringComparison.Ordinal) && stored[body].Shared,
                    stored[body].AuthorId));
        }
    }

    // Everybody has their own, and nobody another's.
    private async Task AssertSavedSearchesAsync(string name, Viewer viewer)
    {
        if (viewer.PersonId is null)
            await Assert.ThrowsAsync<Forbidden>(() => _store.SavedSearches.SaveAsync(viewer, SearchQuery.Parse(name), name, Ct));
        else
            await _store.SavedSearches.SaveAsync(viewer, SearchQuery.Parse(name), name, Ct);
        Assert.Equal(viewer.PersonId is null ? [] : [name], (await _store.SavedSearches.ListAsync(viewer, Ct)).Select(s => s.Name));
    }

    [Fact]
    public async Task Hits_whose_lexemes_are_out_of_date_are_neither_counted_nor_suggested()
    {
        var mei = await _store.PersonAsync("Mei.Stale");
        var root = await _store.WriteAsync(mei, Drafts.CommentOn("root", "Xylophonist", Drafts.Unique("Stale")));
        var reply = await _store.WriteAsync(mei, Drafts.ReplyTo(root, "Glockenspieler"));
        await using (var db = await _store.Databases.CreateDbContextAsync(Ct))
            // Past the program: the index still says that it is shared.
            await db.Annotations.Where(a => a.Id == reply.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Shared, false), Ct);
        var word = SearchQuery.Parse("Glockenspieler");
        Assert.Equal(0, await _store.Search.CountAsync(Viewer.Visitor, word, Ct));
        Assert.Equal(0, (await _store.Search.FindAsync(Viewer.Visitor, word, new SearchOptions(), Ct)).Counted);
        Assert.Null(
            (await _store.Search.FindAsync(Viewer.Visitor, SearchQuery.Parse("Glockenspielex"), new SearchOptions(), Ct)).Suggestion);
        Assert.Equal(0, await _store.Search.CountAsync(Viewer.Visitor, SearchQuery.Parse("Xylophonist has:replies"), Ct));
        Assert.Equal(1, await _store.Search.CountAsync(mei, SearchQuery.Parse("Xylophonist has:replies"), Ct));
    }

    [Fact]
    public async Task Texts_are_read_like_annotations()
    {
        var tom = await _store.PersonAsync("Tom.Texts", "texts");
        var zoe = await _store.PersonAsync("Zoe.Texts", "texts");
        var alone = await _store.PersonAsync("Alone.Texts");
        var details = Drafts.Unique("Shared in a group").Details() with { GroupId = "texts" };
        var text = await _store.Texts.StoreAsync(tom, Drafts.Text("Only for the group."), details, Ct);
        Assert.NotNull((await _store.Sources.ReadAsync(zoe, text.SourceId, Ct)).Text);
        foreach (var viewer in new[] { alone, Viewer.Visitor })
        {
            await Assert.ThrowsAsync<Missing>(() => _store.Sources.ReadAsync(viewer, text.SourceId, Ct));
            Assert.Null(await _store.Sources.TitleAsync(viewer, text.SourceId, Ct));
        }

        await Assert.ThrowsAsync<Missing>(() => _store.Texts.RemoveAsync(alone, text.Id, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => _store.Texts.RemoveAsync(zoe, text.Id, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => _store.Texts.StoreAsync(alone, Drafts.Text("Mine."), details, Ct));
        await Assert.ThrowsAsync<Missing>(() =>
            _store.Texts.StoreAsync(alone, Drafts.Text("Mine."), new() { SourceId = text.SourceId }, Ct));
    }

    [Fact]
    public async Task Only_an_operators_import_makes_groups_and_members()
    {
        var draft = Drafts.PageNote("From elsewhere", Drafts.Unique("Members"))
            .Imported("Newcomer", _store.Clock.GetUtcNow()) with { GroupId = "imported" };
        var refused = Assert.Single(await _store.Batches.WriteAsync([draft], Ct));
        Assert.IsType<Forbidden>(refused.Refusal);
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        Assert.False(await db.Groups.AnyAsync(g => g.Id == "imported", Ct));
        Assert.True(Assert.Single(await _store.Batches.WriteAsync([draft], Ct, new WriteMode(MakesGroups: true))).IsNew);
        Assert.True(await db.Memberships.AnyAsync(m => m.GroupId == "imported", Ct));
    }

    [Fact]
    public async Task Who_has_left_a_group_is_not_made_a_member_again_by_what_they_write()
    {
        var left = await _store.PersonAsync("Left", "circle");
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        await db.Memberships.Where(m => m.PersonId == left.PersonId).ExecuteDeleteAsync(Ct);
        await Assert.ThrowsAsync<Forbidden>(() =>
            _store.WriteAsync(left, Drafts.PageNote("Still here?", Drafts.Unique("Circle")) with { GroupId = "circle" }));
        Assert.False(await db.Memberships.AnyAsync(m => m.PersonId == left.PersonId, Ct));
    }

    [Fact]
    public async Task No_person_or_group_goes_while_something_is_written_there()
    {
        var ann = await _store.PersonAsync("Ann.Stays", "stays");
        await _store.WriteAsync(ann, Drafts.PageNote("Stays", Drafts.Unique("Stays")) with { GroupId = "stays" });
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => db.Groups.Where(g => g.Id == "stays").ExecuteDeleteAsync(Ct));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => db.People.Where(p => p.Id == ann.PersonId).ExecuteDeleteAsync(Ct));
    }

    [Fact]
    public async Task A_group_that_opens_or_closes_is_searched_rightly_before_and_after_its_entries_are_rewritten()
    {
        var tom = await _store.PersonAsync("Tom.Doors", "doors");
        await _store.WriteAsync(tom, Drafts.PageNote("Drawbridge", Drafts.Unique("Doors")) with { GroupId = "doors" });
        await AssertFoundAsync(0);
        foreach (var (kind, count) in new[] { (GroupKind.Restricted, 1), (GroupKind.Private, 0) })
        {
            await using (var db = await _store.Databases.CreateDbContextAsync(Ct))
            {
                (await db.Groups.FindAsync(["doors"], Ct))!.Become(kind);
                await db.SaveChangesAsync(Ct);
            }

            await AssertFoundAsync(count);
            Assert.Equal(1, await _store.Upkeep.RegroupAsync(Ct));
            await AssertFoundAsync(count);
            Assert.Equal(0, await _store.Upkeep.RegroupAsync(Ct));
        }

        async Task AssertFoundAsync(int count)
        {
            var query = SearchQuery.Parse("Drawbridge");
            Assert.Equal(count, await _store.Search.CountAsync(Viewer.Visitor, query, Ct));
            Assert.Equal(1, await _store.Search.CountAsync(tom with { Reads = ["doors"] }, query, Ct));
        }
    }
}
