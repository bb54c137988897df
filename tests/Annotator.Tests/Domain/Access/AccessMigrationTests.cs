using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Annotator.Tests.Domain.Access;

/// <summary>What people wrote before there were kinds of groups is read as before.</summary>
public sealed class AccessMigrationTests
{
    private static readonly Guid Member = Guid.CreateVersion7();
    private static readonly Guid Source = Guid.CreateVersion7();

    [Fact]
    public async Task Groups_of_before_stay_private_and_what_was_written_in_them_stays_with_their_members()
    {
        var database = await TestDatabase.CreateAsync();
        var options = new DbContextOptionsBuilder<AnnotatorDb>();
        AnnotatorDb.Configure(options, database.ConnectionString);
        await using (var db = new AnnotatorDb(options.Options))
        {
            await db.Database.EnsureDeletedAsync(Ct);
            await db.GetService<IMigrator>().MigrateAsync("Snapshots", Ct);
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into person (id, username, authority, name_key, created) values ({Member}, 'Member', 'old.example', 'member', now());
                insert into "group" (id, name, created) values ('old', 'Old', now());
                insert into membership (person_id, group_id, since) values ({Member}, 'old', now());
                insert into source (id, title, language, added, last_activity) values ({Source}, 'Old', 'en', now(), now());
                insert into snapshot (id, source_id, added_by_id, shared, format, added, html, text) values ({Guid.CreateVersion7()}, {Source}, {Member}, true, 'text/plain', now(), '<p>Old</p>', 'Old');
                insert into annotation (id, source_id, author_id, group_id, shared, body, language, language_given, tags, created, updated, version, "references")
                select gen_random_uuid(), {Source}, {Member}, g, s, 'Old', 'en', false, array[]::text[], now(), now(), 1, array[]::uuid[]
                from unnest(array['old', '__world__']) g, unnest(array[true, false]) s
                """, Ct);
            await db.Database.MigrateAsync(Ct);
            Assert.Equal(GroupKind.Private, (await db.Groups.SingleAsync(g => g.Id == "old", Ct)).Kind);
            Assert.Equal(GroupKind.Public, (await db.Groups.SingleAsync(g => g.Id == Viewer.PublicGroup, Ct)).Kind);
            Assert.Equal(4, await db.Annotations.VisibleTo(new Viewer(Member) { Reads = ["old"] }).CountAsync(Ct));
            Assert.Equal(1, await db.Annotations.VisibleTo(Viewer.Visitor).CountAsync(Ct));
            Assert.Equal(1, await db.Snapshots.VisibleTo(Viewer.Visitor).CountAsync(Ct));
            Assert.Equal(4, await db.Annotations.CountAsync(a => a.Moderation == ModerationState.Approved, Ct));
        }

        await database.DropAsync();
    }
}
