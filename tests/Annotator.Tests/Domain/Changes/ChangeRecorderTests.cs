using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Changes;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.People;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Tests.Domain.Changes;

/// <summary>What the change log holds, and what the database notifies, when something is written.</summary>
public sealed class ChangeRecorderTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private TestStore Store => shared.Store;

    [Fact]
    public async Task Writing_editing_deleting_and_restoring_are_each_recorded_once()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var said = await Store.WriteAsync(ada, Drafts.CommentOn("A quote", "One.", Drafts.Unique("Said")));
        var answer = await Store.WriteAsync(ada, Drafts.ReplyTo(said, "An answer."));
        await Store.Writer.EditAsync(ada, said.Id, new AnnotationEdit(1, "Two.", "en", [], true), Ct);
        await Store.Removal.DeleteAsync(ada, said.Id, Ct);
        await Store.Removal.RestoreAsync(ada, said.Id, Ct);
        var changes = await ChangesAsync(said.SourceId);
        Assert.Equal(
            [
                "Create Nobody World", "Create Nobody World", "Update World World", "Delete World Nobody", "Restore Nobody World",
            ],
            changes.Select(Said));
        Assert.Equal([said.Id, answer.Id, said.Id, said.Id, said.Id], changes.Select(c => c.AnnotationId!.Value));
        Assert.All(changes, c => Assert.Equal((ChangeKind.Annotation, ada.PersonId, Viewer.PublicGroup), (c.Kind, c.AuthorId, c.GroupId)));
    }

    [Fact]
    public async Task The_record_says_who_could_see_it_before_and_who_can_after()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}", "circle");
        var said = await Store.WriteAsync(ada, Drafts.PageNote("For me.", Drafts.Unique("Mine")) with { Shared = false });
        await Store.Writer.EditAsync(ada, said.Id, new AnnotationEdit(1, "For me alone.", "en", [], false), Ct);
        await Store.Writer.EditAsync(ada, said.Id, new AnnotationEdit(2, "For all.", "en", [], true), Ct);
        await Store.Writer.EditAsync(ada, said.Id, new AnnotationEdit(3, "For me again.", "en", [], false), Ct);
        var ofSource = (await ChangesAsync(said.SourceId)).ToLookup(c => c.Kind);
        Assert.Equal(
            ["Create Nobody Author", "Update Author Author", "Update Author World", "Update World Author"],
            ofSource[ChangeKind.Annotation].Select(Said));
        // Once the note is public, everybody knows the title that came with it.
        Assert.Equal(["Update World World"], ofSource[ChangeKind.Source].Select(Said));
        var circle = await Store.WriteAsync(ada, Drafts.PageNote("For us.", Drafts.Unique("Ours")) with { GroupId = "circle" });
        var change = Assert.Single(await ChangesAsync(circle.SourceId));
        Assert.Equal(("Create Nobody Group", "circle"), (Said(change), change.GroupId));
    }

    [Fact]
    public async Task What_a_silenced_person_writes_is_told_to_nobody_else_and_moves_nothing()
    {
        var name = $"Mute{Guid.CreateVersion7():N}";
        var (mute, noor) = (await Store.PersonAsync(name), await Store.PersonAsync($"Noor{Guid.CreateVersion7():N}"));
        var source = Drafts.Unique("Public");
        var open = await Store.WriteAsync(noor, Drafts.PageNote("For all.", source));
        await using (var db = await Store.Databases.CreateDbContextAsync(Ct))
        {
            (await db.People.SingleAsync(p => p.Id == mute.PersonId, Ct)).Silence();
            await db.SaveChangesAsync(Ct);
        }

        var before = await ActivityAsync(open.SourceId);
        var said = await Store.WriteAsync(mute, Drafts.PageNote("Muted.", source));
        await Store.Writer.EditAsync(mute, said.Id, new AnnotationEdit(1, "Mine.", "en", [], false), Ct);
        await Store.Writer.EditAsync(mute, said.Id, new AnnotationEdit(2, "Muted again.", "en", [], true), Ct);
        await Store.Removal.DeleteAsync(mute, said.Id, Ct);
        var (author, now) = (new Userid(name, "library.example"), Store.Clock.GetUtcNow());
        await Store.Batches.WriteAsync(
            [Drafts.PageNote("Muted too.", source) with { Provenance = new Provenance(author, null, now, now) }], Ct);
        await Store.Texts.StoreAsync(mute, Drafts.Text("A muted text."), source.Details(), Ct);
        var changes = (await ChangesAsync(open.SourceId)).Where(c => c.AuthorId == mute.PersonId).ToList();
        Assert.Equal(
            [
                "Create Nobody Moderators", "Update Moderators Author", "Update Author Moderators", "Delete Moderators Nobody",
                "Create Nobody Moderators", "Create Nobody Moderators",
            ],
            changes.Select(Said));
        Assert.All(changes, c => Assert.False(c.IsSeenBy(Viewer.Visitor) || c.IsSeenBy(noor)));
        Assert.Equal(before, await ActivityAsync(open.SourceId));
        var spam = await Store.WriteAsync(mute, Drafts.PageNote("Muted.", Drafts.Unique("A title that nobody shall read")));
        await using var again = await Store.Databases.CreateDbContextAsync(Ct);
        Assert.False((await again.Sources.SingleAsync(s => s.Id == spam.SourceId, Ct)).TitleGiven);
    }

    [Fact]
    public async Task An_import_is_one_record_for_each_source_however_large_it_is()
    {
        foreach (var count in new[] { 3, 60 })
        {
            var sources = new[] { Drafts.Unique("Imported"), Drafts.Unique("Imported") };
            List<AnnotationDraft> batch =
            [
                .. sources.SelectMany(s => Enumerable.Range(0, count)
                    .Select(i => Drafts.PageNote($"Note {i}.", s)
                        .Imported("Mei", new DateTimeOffset(2026, 3, 1, 0, 0, i % 60, TimeSpan.Zero)))),
            ];
            await using var ear = await Ear.OpenAsync(Store);
            await Store.Batches.WriteAsync(batch, Ct);
            var ids = await ear.HeardAsync();
            await using var db = await Store.Databases.CreateDbContextAsync(Ct);
            Guid[] ends = [batch[0].Id, batch[^1].Id];
            var found = await db.Annotations.Where(a => ends.Contains(a.Id)).Select(a => a.SourceId).ToListAsync(Ct);
            Assert.Equal(2, found.Count);
            foreach (var source in found)
            {
                var change = Assert.Single(await ChangesAsync(source), c => c.Kind is ChangeKind.Annotation);
                Assert.Equal("Many Nobody World", Said(change));
                Assert.Null(change.AnnotationId);
                Assert.Contains(change.Id, ids);
            }
        }
    }

    [Fact]
    public async Task Notifications_of_thousands_of_records_are_few_and_short()
    {
        await using var ear = await Ear.OpenAsync(Store);
        await using (var db = await Store.Databases.CreateDbContextAsync(Ct))
            await ChangeLog.AddAsync(db, Enumerable.Range(0, 2_000).Select(_ => Change.OfPerson(Guid.CreateVersion7())), Ct);
        var heard = await ear.HeardAsync();
        Assert.Equal(2_000, heard.Distinct().Count());
        Assert.InRange(ear.Payloads.Count, 1, 20);
        Assert.All(ear.Payloads, p => Assert.InRange(p.Length, 1, 7_999));
    }

    [Fact]
    public async Task Texts_are_recorded_when_they_come_when_their_readers_change_and_when_they_go()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var text = await Store.Texts.StoreAsync(
            ada, Drafts.Text("Some words."), Drafts.Unique("Text").Details() with { Shared = false }, Ct);
        await Store.Texts.ShareAsync(ada, text.Id, true, Ct);
        await Store.Texts.ShareAsync(ada, text.Id, true, Ct);
        await Store.Texts.ShareAsync(ada, text.Id, false, Ct);
        await Store.Texts.RemoveAsync(ada, text.Id, Ct);
        var changes = (await ChangesAsync(text.SourceId)).Where(c => c.Kind is ChangeKind.Snapshot).ToList();
        Assert.Equal(["Create Nobody Author", "Update Author World", "Update World Author", "Delete Author Nobody"], changes.Select(Said));
        Assert.All(changes, c => Assert.Equal(ada.PersonId, c.AuthorId));
    }

    [Fact]
    public async Task The_language_and_the_place_of_a_passage_are_recorded_for_whoever_sees_the_passage()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var source = Drafts.Unique("Placed");
        var text = await Store.Texts.StoreAsync(ada, Drafts.Text("Some words stand here."), source.Details(), Ct);
        var said = await Store.WriteAsync(ada, Drafts.CommentOn("Some words", "Mine alone.", source) with { Shared = false });
        await Store.Writer.EditAsync(
            ada, said.Id, new AnnotationEdit(1, said.Body, said.Language, said.Tags, false) { PassageLanguage = "fr" }, Ct);
        await Store.Placer.PlaceAsync(ada, said.PassageId!.Value, text.Id, new Quote("words stand"), Ct);
        var changes = (await ChangesAsync(said.SourceId)).Where(c => c.Kind is ChangeKind.Passage or ChangeKind.Placement).ToList();
        Assert.Equal([ChangeKind.Passage, ChangeKind.Placement], changes.Select(c => c.Kind));
        Assert.All(changes, c => Assert.Equal(("Update Author Author", ada.PersonId), (Said(c), c.AuthorId)));
    }

    [Fact]
    public async Task What_is_purged_leaves_a_record_that_nobody_is_told_of()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var said = await Store.WriteAsync(ada, Drafts.PageNote("Goes for good.", Drafts.Unique("Purged")));
        await Store.Removal.DeleteAsync(ada, said.Id, Ct);
        Store.Clock.Advance(Annotation.Restorable + TimeSpan.FromMinutes(1));
        await Store.Removal.PurgeAsync(Ct);
        var last = (await ChangesAsync(said.SourceId))[^1];
        Assert.Equal(("Purge Nobody Nobody", said.Id, ada.PersonId), (Said(last), last.AnnotationId, last.AuthorId));
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        Assert.False(await db.Sources.AnyAsync(s => s.Id == said.SourceId, Ct));
    }

    [Fact]
    public async Task A_record_names_the_program_that_wrote_it()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        ChangeClient.Set("window-1");
        var said = await Store.WriteAsync(ada, Drafts.PageNote("From here.", Drafts.Unique("Window")));
        ChangeClient.Set("no id\n");
        await Store.WriteAsync(ada, Drafts.ReplyTo(said, "From nowhere."));
        Assert.Equal(["window-1", null], (await ChangesAsync(said.SourceId)).Select(c => c.ClientId));
    }

    [Fact]
    public async Task Nothing_is_recorded_of_what_is_rolled_back_and_notifications_come_with_the_commit()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var said = await Store.WriteAsync(ada, Drafts.PageNote("Stays.", Drafts.Unique("Rolled back")));
        await using var ear = await Ear.OpenAsync(Store);
        foreach (var isCommitted in new[] { false, true })
        {
            await using var db = await Store.Databases.CreateDbContextAsync(Ct);
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            (await db.Annotations.SingleAsync(a => a.Id == said.Id, Ct)).Delete(Store.Clock.GetUtcNow());
            await db.SaveChangesAsync(Ct);
            Assert.Empty(await ear.HeardAsync());
            if (isCommitted)
                await transaction.CommitAsync(Ct);
            else
                await transaction.RollbackAsync(Ct);
            Assert.Equal(isCommitted ? 1 : 0, (await ear.HeardAsync()).Count);
            Assert.Equal(isCommitted ? 2 : 1, (await ChangesAsync(said.SourceId)).Count);
        }
    }

    [Fact]
    public async Task Nothing_is_recorded_of_what_could_not_be_saved_and_a_second_try_is_recorded_once()
    {
        var ada = await Store.PersonAsync($"Ada{Guid.CreateVersion7():N}");
        var said = await Store.WriteAsync(ada, Drafts.PageNote("First.", Drafts.Unique("Too late")));
        await using var late = await Store.Databases.CreateDbContextAsync(Ct);
        var read = await late.Annotations.SingleAsync(a => a.Id == said.Id, Ct);
        await Store.Writer.EditAsync(ada, said.Id, new AnnotationEdit(1, "Second.", "en", [], true), Ct);
        await using var ear = await Ear.OpenAsync(Store);
        read.Delete(Store.Clock.GetUtcNow());
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => late.SaveChangesAsync(Ct));
        Assert.Empty(await ear.HeardAsync());
        var entry = late.Entry(read);
        entry.OriginalValues.SetValues((await entry.GetDatabaseValuesAsync(Ct))!);
        await late.SaveChangesAsync(Ct);
        Assert.Single(await ear.HeardAsync());
    }

    private async Task<DateTimeOffset> ActivityAsync(Guid source)
    {
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        return await db.Sources.Where(s => s.Id == source).Select(s => s.LastActivity).SingleAsync(Ct);
    }

    private static string Said(Change change) => $"{change.Action} {change.SeenBefore} {change.SeenAfter}";

    private async Task<List<Change>> ChangesAsync(Guid source)
    {
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        return await db.Changes.AsNoTracking().Where(c => c.SourceId == source).OrderBy(c => c.Id).ToListAsync(Ct);
    }

    /// <summary>A connection that is notified of changes.</summary>
    private sealed class Ear : IAsyncDisposable
    {
        private readonly NpgsqlConnection _connection;
        private readonly List<long> _heard = [];

        private Ear(NpgsqlConnection connection)
        {
            _connection = connection;
            _connection.Notification += (_, notification) =>
            {
                Payloads.Add(notification.Payload);
                _heard.AddRange(ChangeReading.Ids(notification.Payload));
            };
        }

        public List<string> Payloads { get; } = [];

        public static async Task<Ear> OpenAsync(TestStore store)
        {
            var ear = new Ear(
                new NpgsqlConnection(new NpgsqlConnectionStringBuilder(store.ConnectionString) { Pooling = false }.ConnectionString));
            await ear._connection.OpenAsync(Ct);
            await using var listen = new NpgsqlCommand($"listen {ChangeLog.Channel}", ear._connection);
            await listen.ExecuteNonQueryAsync(Ct);
            return ear;
        }

        /// <summary>
        /// Ids that were notified since the last call. What was committed before arrives no later than the answer to a question.
        /// </summary>
        public async Task<IReadOnlyList<long>> HeardAsync()
        {
            await using (var ask = new NpgsqlCommand("select 1", _connection))
                await ask.ExecuteScalarAsync(Ct);
            List<long> heard = [.. _heard];
            _heard.Clear();
            return heard;
        }

        public ValueTask DisposeAsync() => _connection.DisposeAsync();
    }
}
