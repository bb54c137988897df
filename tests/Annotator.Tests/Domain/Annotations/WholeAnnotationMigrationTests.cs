using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Annotator.Tests.Domain.Annotations;

/// <summary>What was received lay in one JSON object; it is parted into targets, unknown keys per format, and whose it was.</summary>
public sealed class WholeAnnotationMigrationTests
{
    private static readonly string[] Extras =
    [
        """{"original":{"user":"acct:noor@elsewhere.example","displayName":"}{","group":"__world__"},"colour":{"ink":"bl\u0075e}{"}}""",
        """
        {"document":{"title":["T"],"dc":{"identifier":["x"]}},"target":[{"source":"https://a.example/","description":"one"},{"source":"https://b.example/","selector":[{"type":"T"}],"n":1},{"source":"https://c.example/"}]}
        """,
        """{"odd":"\u0000","target":[{"source":"https://a.example/"},{"source":"https://b.example/"}]}""",
        """{"document":{"title":["T"]}}""",
    ];

    [Fact]
    public async Task What_was_received_is_carried_over()
    {
        await using var store = await TestStore.CreateAsync();
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        await db.Database.ExecuteSqlAsync($"drop schema public cascade", Ct);
        await db.Database.ExecuteSqlAsync($"create schema public", Ct);
        await db.GetService<IMigrator>().MigrateAsync("Snapshots", cancellationToken: Ct);
        var ids = Extras.Select(_ => Guid.CreateVersion7()).ToArray();
        await db.Database.ExecuteSqlAsync(
            $$"""
            insert into person (id, username, authority, name_key, created) values ({{ids[0]}}, 'mei', 'a.example', 'mei', now());
            insert into source (id, title, language, added, last_activity) values ({{ids[0]}}, 'T', 'en', now(), now());
            insert into source_uri (key, source_id, uri) values ({{ids[0]}}, {{ids[0]}}, 'https://a.example/?x');
            insert into annotation (id, source_id, author_id, group_id, shared, body, language, language_given, tags, created, updated, version, "references", selectors, extra)
            select id, {{ids[0]}}, {{ids[0]}}, '__world__', true, 'x', 'en', true, '{}', now(), now(), 2, '{}', '[{"type":"R"}]', extra::json
            from unnest({{ids}}, {{Extras}}) as received (id, extra);
            insert into revision (annotation_id, version, body, language, tags, shared, written)
            select id, 1, 'y', 'en', '{}', true, now() from annotation
            """, Ct);

        await db.Database.MigrateAsync(Ct);

        var annotations = await db.Annotations.AsNoTracking()
            .Include(a => a.FurtherTargets)
            .Include(a => a.Revisions)
            .ToDictionaryAsync(a => a.Id, Ct);
        Assert.All(annotations.Values, a => Assert.Equal(("https://a.example/?x", """[{"type":"R"}]"""), (a.Uri, a.Selectors)));
        Assert.Equal(
            """{"hypothesis":{"colour":{"ink":"bl\u0075e}{"}},"original":{"user":"acct:noor@elsewhere.example","displayName":"}{","group":"__world__"}}""",
            annotations[ids[0]].Extra);
        Assert.Equal(
            """{"hypothesis":{"document":{"dc":{"identifier":["x"]}},"target":{"description":"one"}}}""", annotations[ids[1]].Extra);
        Assert.Equal(
            [new("https://b.example/", """[{"type":"T"}]""", """{"hypothesis":{"n":1}}"""), new Target("https://c.example/")],
            annotations[ids[1]].Content.Received.Targets);
        Assert.Equal($$"""{"hypothesis":{{Extras[2]}}}""", annotations[ids[2]].Extra);
        Assert.Empty(annotations[ids[2]].FurtherTargets);
        Assert.Null(annotations[ids[3]].Extra);
        var revision = Assert.Single(annotations[ids[1]].Revisions);
        Assert.Equal((annotations[ids[1]].Extra, "https://a.example/?x"), (revision.Extra, revision.Uri));
        Assert.Contains("https://c.example/", revision.FurtherTargets, StringComparison.Ordinal);
        Assert.Equal(annotations[ids[1]].Content.Received, (await store.Reader.HistoryAsync(Viewer.Visitor, ids[1], Ct))[0].Received);
    }
}
