using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Changes;

/// <summary>Much gets other readers at once: a group of another kind, a person who is silenced or speaks again.</summary>
public sealed class ReadershipChangeTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private TestStore Store => shared.Store;

    [Fact]
    public async Task Silence_leaves_a_record_of_the_person_and_one_for_each_source_and_audience()
    {
        var circle = $"silence{Guid.CreateVersion7():N}";
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}", circle);
        var open = await Store.WriteAsync(ada, Drafts.PageNote("One.", Drafts.Unique("Open")));
        await Store.WriteAsync(ada, Drafts.ReplyTo(open, "Two."));
        var ours = await Store.WriteAsync(ada, Drafts.PageNote("Ours.", Drafts.Unique("Ours")) with { GroupId = circle });
        var mine = await Store.WriteAsync(ada, Drafts.PageNote("Mine.", Drafts.Unique("Mine")) with { Shared = false });
        var held = await Store.WriteAsync(ada, Drafts.PageNote("Held.", Drafts.Unique("Held")));
        await Store.Moderation.ModerateAsync(
            new Viewer(ada.PersonId) { IsAdministrator = true }, held.Id, ModerationState.Hidden, null, Ct);
        var gone = await Store.WriteAsync(ada, Drafts.PageNote("Gone.", Drafts.Unique("Gone")));
        await Store.Removal.DeleteAsync(ada, gone.Id, Ct);
        var text = await Store.Texts.StoreAsync(ada, Drafts.Text("A text."), Drafts.Unique("Text").Details(), Ct);
        foreach (var isSilenced in new[] { true, false })
        {
            var records = await RecordsAsync(() => SilenceAsync(ada, isSilenced));
            string Said(Audience seen) => isSilenced ? $"{seen} Moderators" : $"Moderators {seen}";
            Assert.All(records, c => Assert.Equal(ada.PersonId, c.AuthorId));
            var ofPerson = Assert.Single(records, c => c.SourceId is null);
            Assert.Equal((ChangeKind.Silence, Said(Audience.World)), (ofPerson.Kind, Seen(ofPerson)));
            Assert.Equal(
                [
                    (ChangeKind.Annotation, open.SourceId, Said(Audience.World)),
                    (ChangeKind.Annotation, ours.SourceId, Said(Audience.Group)),
                    (ChangeKind.Snapshot, text.SourceId, Said(Audience.World)),
                ],
                records.Where(c => c.SourceId is not null)
                    .Select(c => (c.Kind, c.SourceId!.Value, Seen(c)))
                    .OrderBy(c => c.Kind)
                    .ThenBy(c => c.Value));
            Assert.All(
                records.Where(c => c.Kind is ChangeKind.Annotation),
                c => Assert.Equal((ChangeAction.Many, null), (c.Action, c.AnnotationId)));
        }

        Assert.DoesNotContain(
            await RecordsAsync(() => new PeopleDirectory(Store.Databases).RenameAsync(ada.RequirePerson(), "Ada", Ct)),
            c => c.Kind is not ChangeKind.Person);
    }

    [Fact]
    public async Task Another_kind_of_a_group_leaves_a_record_of_the_group_and_one_for_each_source_and_audience()
    {
        var circle = $"kind{Guid.CreateVersion7():N}";
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}", circle);
        var mute = await Store.PersonAsync($"Mute{Guid.CreateVersion7():N}", circle);
        var first = await Store.WriteAsync(ada, Drafts.PageNote("First.", Drafts.Unique("First")) with { GroupId = circle });
        await Store.WriteAsync(ada, Drafts.ReplyTo(first, "More."));
        var held = await Store.WriteAsync(ada, Drafts.PageNote("Held.", Drafts.Unique("Held")) with { GroupId = circle });
        await Store.Moderation.ModerateAsync(ada with { Moderates = [circle] }, held.Id, ModerationState.Spam, null, Ct);
        var muted = await Store.WriteAsync(mute, Drafts.PageNote("Muted.", Drafts.Unique("Muted")) with { GroupId = circle });
        await SilenceAsync(mute, true);
        await Store.WriteAsync(ada, Drafts.PageNote("Mine.", Drafts.Unique("Mine")) with { GroupId = circle, Shared = false });
        var text = await Store.Texts.StoreAsync(
            ada, Drafts.Text("Our text."), Drafts.Unique("Text").Details() with { GroupId = circle }, Ct);
        foreach (var (kind, seen) in new[]
        {
            (GroupKind.Restricted, "Group World"), (GroupKind.Open, "World World"), (GroupKind.Private, "World Group"),
        })
        {
            var records = await RecordsAsync(() => BecomeAsync(circle, kind));
            Assert.All(records, c => Assert.Equal(circle, c.GroupId));
            Assert.Equal((ChangeKind.Group, seen), (records[0].Kind, Seen(records[0])));
            Assert.Equal(
                [
                    (ChangeKind.Annotation, first.SourceId, seen, null),
                    (ChangeKind.Annotation, held.SourceId, "Moderators Moderators", ada.PersonId),
                    (ChangeKind.Annotation, muted.SourceId, "Moderators Moderators", mute.PersonId),
                    (ChangeKind.Snapshot, text.SourceId, seen, ada.PersonId),
                ],
                records.Skip(1).Select(c => (c.Kind, c.SourceId!.Value, Seen(c), c.AuthorId)).OrderBy(c => c.Kind).ThenBy(c => c.Value));
        }

        Assert.Empty(await RecordsAsync(() => BecomeAsync(circle, GroupKind.Private)));
    }

    [Fact]
    public async Task Only_pages_that_show_something_else_then_are_told_and_are_of_another_version()
    {
        var circle = $"pages{Guid.CreateVersion7():N}";
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}", circle);
        var mei = await Store.PersonAsync($"Mei{Guid.CreateVersion7():N}", circle);
        var noor = await Store.PersonAsync($"Noor{Guid.CreateVersion7():N}");
        // Everybody reads the source; what ada says there is for the circle.
        var said = await Store.WriteAsync(noor, Drafts.PageNote("For all.", Drafts.Unique("Pages")));
        await Store.WriteAsync(
            ada, Drafts.PageNote("") with { Source = null, SourceId = said.SourceId, Body = "For us.", GroupId = circle });
        var elsewhere = await Store.WriteAsync(noor, Drafts.PageNote("Elsewhere.", Drafts.Unique("Elsewhere")));
        var viewers = new Dictionary<string, Viewer> { ["ada"] = ada, ["mei"] = mei, ["noor"] = noor, ["visitor"] = Viewer.Visitor };

        Assert.Equal("ada mei", await ToldAsync(() => SilenceAsync(ada, true)));
        Assert.Equal("ada mei", await ToldAsync(() => SilenceAsync(ada, false)));
        Assert.Equal("ada mei noor visitor", await ToldAsync(() => BecomeAsync(circle, GroupKind.Restricted)));
        Assert.Equal("ada mei noor visitor", await ToldAsync(() => BecomeAsync(circle, GroupKind.Private)));
        await SilenceAsync(ada, true);
        Assert.Equal("ada", await ToldAsync(() => BecomeAsync(circle, GroupKind.Open)));

        async Task<string> ToldAsync(Func<Task> act)
        {
            var log = new ChangeLog(Store.Databases);
            var hub = new ChangeHub();
            var pages = viewers
                .SelectMany(v => new[] { said.SourceId, elsewhere.SourceId }.Select(s => (v.Key, Page: hub.Subscribe(v.Value, s))))
                .ToList();
            var before = await VersionsAsync();
            foreach (var change in await RecordsAsync(act))
                hub.Publish(change);
            var after = await VersionsAsync();
            var told = pages.Where(p => p.Page.IsSignalled).ToList();
            Assert.DoesNotContain(told, p => p.Page.SourceId == elsewhere.SourceId);
            Assert.Equal(
                told.Select(p => p.Page),
                pages.Select(p => p.Page).Where((_, i) => !string.Equals(before[i], after[i], StringComparison.Ordinal)));
            return string.Join(' ', told.Select(p => p.Key));

            async Task<List<string>> VersionsAsync()
            {
                List<string> versions = [];
                foreach (var (_, page) in pages)
                    versions.Add(await log.VersionAsync(page.Viewer, page.SourceId, Ct));
                return versions;
            }
        }
    }

    private static string Seen(Change change) => $"{change.SeenBefore} {change.SeenAfter}";

    private Task SilenceAsync(Viewer person, bool isSilenced) => SaveAsync(async db =>
    {
        var found = await db.People.SingleAsync(p => p.Id == person.PersonId, Ct);
        if (isSilenced)
            found.Silence();
        else
            found.Unsilence();
    });

    private Task BecomeAsync(string group, GroupKind kind) =>
        SaveAsync(async db => (await db.Groups.SingleAsync(g => g.Id == group, Ct)).Become(kind));

    private async Task SaveAsync(Func<AnnotatorDb, Task> change)
    {
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        await change(db);
        await db.SaveChangesAsync(Ct);
    }

    private async Task<List<Change>> RecordsAsync(Func<Task> act)
    {
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        var last = await db.Changes.MaxAsync(c => c.Id, Ct);
        await act();
        return await db.Changes.AsNoTracking().Where(c => c.Id > last).OrderBy(c => c.Id).ToListAsync(Ct);
    }
}
