using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Changes;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Changes;

/// <summary>The version of a source, as each viewer has it.</summary>
public sealed class ChangeLogTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private TestStore Store => shared.Store;

    private ChangeLog Log => new(Store.Databases);

    [Fact]
    public async Task What_others_write_for_themselves_or_in_a_group_leaves_the_version_of_outsiders_as_it_is()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}", "chamber");
        var mei = await Store.PersonAsync($"Mei{Guid.CreateVersion7():N}");
        var said = await Store.WriteAsync(ada, Drafts.PageNote("For all.", Drafts.Unique("Versions")));
        var about = Drafts.PageNote("") with { Source = null, SourceId = said.SourceId };
        Assert.Equal("", await ChangedAsync(() => Task.CompletedTask));
        Assert.Equal(
            "ada",
            await ChangedAsync(() => Store.WriteAsync(ada, about with { Id = Guid.CreateVersion7(), Body = "Mine.", Shared = false })));
        Assert.Equal(
            "ada",
            await ChangedAsync(() =>
                Store.WriteAsync(ada, about with { Id = Guid.CreateVersion7(), Body = "Ours.", GroupId = "chamber" })));
        Assert.Equal(
            "ada mei visitor",
            await ChangedAsync(() => Store.WriteAsync(mei, about with { Id = Guid.CreateVersion7(), Body = "Everybody's." })));
        Assert.Equal(
            "ada mei visitor",
            await ChangedAsync(() => Store.Writer.EditAsync(ada, said.Id, new AnnotationEdit(1, "No more.", "en", [], false), Ct)));
        Assert.Equal(
            "ada",
            await ChangedAsync(() =>
                Store.Writer.EditAsync(ada, said.Id, new AnnotationEdit(2, "Nothing of yours.", "en", [], false), Ct)));

        async Task<string> ChangedAsync(Func<Task> act)
        {
            var viewers = new Dictionary<string, Viewer> { ["ada"] = ada, ["mei"] = mei, ["visitor"] = Viewer.Visitor };
            var before = await VersionsAsync();
            await act();
            var after = await VersionsAsync();
            return string.Join(' ', viewers.Keys.Where(v => !string.Equals(before[v], after[v], StringComparison.Ordinal)));

            async Task<Dictionary<string, string>> VersionsAsync()
            {
                var versions = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var (name, viewer) in viewers)
                    versions[name] = await Log.VersionAsync(viewer, said.SourceId, Ct);
                return versions;
            }
        }
    }

    [Fact]
    public async Task A_slow_transaction_with_a_smaller_id_makes_another_version()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var slow = await Store.WriteAsync(ada, Drafts.PageNote("Slow.", Drafts.Unique("Late")));
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        (await db.Annotations.SingleAsync(a => a.Id == slow.Id, Ct)).Delete(Store.Clock.GetUtcNow());
        await db.SaveChangesAsync(Ct);
        await Store.WriteAsync(ada, Drafts.PageNote("Quick.") with { Source = null, SourceId = slow.SourceId });
        var before = await Log.VersionAsync(ada, slow.SourceId, Ct);
        await transaction.CommitAsync(Ct);
        Assert.NotEqual(before, await Log.VersionAsync(ada, slow.SourceId, Ct));
    }

    [Fact]
    public async Task A_person_who_is_called_otherwise_makes_another_version_of_every_page()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var said = await Store.WriteAsync(ada, Drafts.PageNote("By me.", Drafts.Unique("Renamed")));
        var before = await Log.VersionAsync(Viewer.Visitor, said.SourceId, Ct);
        await new Annotator.Domain.People.PeopleDirectory(Store.Databases).RenameAsync(ada.PersonId!.Value, "Countess of Lovelace", Ct);
        Assert.NotEqual(before, await Log.VersionAsync(Viewer.Visitor, said.SourceId, Ct));
    }

    [Fact]
    public async Task Old_records_are_pruned_and_new_ones_stay()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var said = await Store.WriteAsync(ada, Drafts.PageNote("Old.", Drafts.Unique("Pruned")));
        await Store.WriteAsync(ada, Drafts.ReplyTo(said, "New."));
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        var records = db.Changes.Where(c => c.SourceId == said.SourceId);
        var old = await records.MinAsync(c => c.Id, Ct);
        await db.Database.ExecuteSqlAsync($"update change set at = now() - {ChangeLog.Kept} - interval '1 minute' where id = {old}", Ct);
        Assert.Equal(1, await Log.PruneAsync(Ct));
        Assert.NotEqual(old, await records.Select(c => c.Id).SingleAsync(Ct));
    }

    [Fact]
    public async Task Who_sees_a_record_is_the_same_in_memory_and_in_the_store()
    {
        var (writer, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Viewer[] viewers =
        [
            Viewer.Visitor, new(writer), new(other), new(writer) { Reads = ["parlour"] }, new(other) { Reads = ["parlour"] },
            new(other) { Moderates = ["parlour"] }, new(other) { IsAdministrator = true },
        ];
        var source = Guid.CreateVersion7();
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        await ChangeLog.AddAsync(
            db,
            from before in Enum.GetValues<Audience>()
            from after in Enum.GetValues<Audience>()
            from @group in new[] { Viewer.PublicGroup, "parlour" }
            select Change.OfAnnotation(ChangeAction.Update, source, Guid.CreateVersion7(), @group, writer, before, after),
            Ct);
        var all = await db.Changes.AsNoTracking().Where(c => c.SourceId == source).OrderBy(c => c.Id).ToListAsync(Ct);
        Assert.Equal(50, all.Count);
        foreach (var viewer in viewers)
        {
            var asked = await db.Changes.Where(c => c.SourceId == source)
                .Where(Change.SeenBy(viewer))
                .OrderBy(c => c.Id)
                .Select(c => c.Id)
                .ToListAsync(Ct);
            Assert.Equal(all.Where(c => c.IsSeenBy(viewer)).Select(c => c.Id), asked);
        }
    }
}
