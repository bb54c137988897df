using Annotator.Domain.Annotations;
using Annotator.Domain.Passages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Annotator.Tests.Domain.Passages;

/// <summary>A store in which passages were placed by contexts that somebody gave privately.</summary>
public sealed class PrivateContextMigrationTests
{
    [Fact]
    public async Task Places_that_a_private_context_told_are_looked_for_anew()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var page = Drafts.Unique("Page");
        var text = await store.AddTextAsync(mei, page, shared: true, "Words that stand there.");
        var (found, said, orphan) = (Quoting("found"), Quoting("said"), Quoting("orphan"));
        var open = await store.WriteAsync(mei, Drafts.CommentOn(new Quote("open", "before "), "For all", page));
        var written = new List<AnnotationView>();
        foreach (var draft in new[] { found, said, orphan })
            written.Add(await store.WriteAsync(mei, draft.Private()));
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        await db.GetService<IMigrator>().MigrateAsync("SourceActivity", cancellationToken: Ct);
        var passages = written.Append(open).Select(a => a.PassageId!.Value).ToArray();
        var kinds = new[] { (int)PlacementKind.Exact, (int)PlacementKind.Changed, (int)PlacementKind.Exact, (int)PlacementKind.Exact };
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into passage_place (snapshot_id, passage_id, kind, position_start, position_end, confidence, text)
            select {text}, p.*, 0, 5, 1, '' from unnest({passages}, {kinds}) p;
            update passage set context_of_id = gen_random_uuid() where id = {passages[2]}
            """, Ct);
        await db.Database.MigrateAsync(Ct);

        // What somebody has said, and what everybody knows.
        Assert.Equal(new[] { passages[1], passages[3] }.Order(), (await db.PassagePlaces.Select(p => p.PassageId).ToListAsync(Ct)).Order());
        var prefixes = await db.Passages.ToDictionaryAsync(p => p.Id, p => p.Quote.Prefix, Ct);
        Assert.Equal(["before ", "before ", "", "before "], passages.Select(p => prefixes[p]));

        AnnotationDraft Quoting(string words) => Drafts.CommentOn(new Quote(words, "before "), "Kept", page);
    }
}
