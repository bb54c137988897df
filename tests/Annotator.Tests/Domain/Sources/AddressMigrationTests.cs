using Annotator.Domain.Access;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Annotator.Tests.Domain.Sources;

/// <summary>A store in which sources have what was given first, whoever gave it.</summary>
public sealed class AddressMigrationTests
{
    [Fact]
    public async Task What_was_given_privately_goes_back_to_whoever_gave_it()
    {
        await using var store = await TestStore.CreateAsync();
        var (mei, tom, kept, open) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var db = await store.Databases.CreateDbContextAsync(Ct))
        {
            await db.Database.ExecuteSqlAsync($"drop schema public cascade", Ct);
            await db.Database.ExecuteSqlAsync($"create schema public", Ct);
            await db.GetService<IMigrator>().MigrateAsync("Snapshots", cancellationToken: Ct);
            await db.Database.ExecuteSqlAsync(
                $$"""
                insert into person (id, username, authority, name_key, created) values ({{mei}}, 'mei', 'a.example', 'mei', now()), ({{tom}}, 'tom', 'a.example', 'tom', now());
                insert into source (id, title, author, language, added, last_activity) values ({{kept}}, 'Kept title', 'Kept author', 'en', now(), now()), ({{open}}, 'Open title', 'Open author', 'en', now(), now());
                insert into source_uri (key, source_id, uri) values ({{kept}}, {{kept}}, 'https://bücher.example/?utm_source=kept'), ({{open}}, {{open}}, 'https://open.example/');
                insert into passage (id, source_id, exact, prefix, suffix, language, words_key, created)
                values ({{kept}}, {{kept}}, 'words', 'kept before', '', 'en', {{kept}}, now()), ({{open}}, {{open}}, 'words', 'open before', '', 'en', {{open}}, now());
                insert into annotation (id, source_id, passage_id, author_id, group_id, shared, body, language, language_given, tags, created, updated, version, "references")
                values ({{kept}}, {{kept}}, {{kept}}, {{mei}}, '__world__', false, 'x', 'en', true, '{}', now(), now(), 1, '{}'),
                    ({{open}}, {{open}}, {{open}}, {{mei}}, '__world__', true, 'x', 'en', true, '{}', now(), now(), 1, '{}'),
                    ({{tom}}, {{kept}}, {{kept}}, {{tom}}, '__world__', false, 'x', 'en', true, '{}', now() + interval '1 day', now(), 1, '{}')
                """, Ct);
            await db.Database.MigrateAsync(Ct);
        }

        Assert.Empty(await store.Addresses.RenewAsync(Ct));

        Viewer Person(Guid id) => new(id);
        var own = await store.Sources.ReadAsync(Person(mei), kept, Ct);
        Assert.Equal(("Kept title", "Kept author"), (own.Source.Title, own.Source.Author));
        Assert.Equal("kept before", Assert.Single(own.Passages).Quote.Prefix);
        var others = await store.Sources.ReadAsync(Person(tom), kept, Ct);
        Assert.Equal(("https://bücher.example", null), (others.Source.Title, others.Source.Author));
        Assert.Equal("", Assert.Single(others.Passages).Quote.Prefix);
        var all = await store.Sources.ReadAsync(Viewer.Visitor, open, Ct);
        Assert.Equal(
            ("Open title", "Open author", "open before"), (all.Source.Title, all.Source.Author, Assert.Single(all.Passages).Quote.Prefix));
        var later = await store.WriteAsync(
            Person(mei), Drafts.PageNote("Later", new Citation("https://xn--bcher-kva.example/", null, null, null)));
        Assert.Equal(kept, later.SourceId);
    }
}
