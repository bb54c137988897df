using System.Text;
using Annotator.Domain.Annotations;
using Annotator.Domain.Passages;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Tests.Domain.Annotations;

/// <summary>Large batches are copied into the tables, small ones inserted.</summary>
public sealed class CopiedRowsTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private static readonly DateTimeOffset LongAgo = new(2019, 5, 4, 12, 0, 0, 123, 456, TimeSpan.Zero);

    private static readonly (string Body, string Language, string[] Tags)[] Remarks =
    [
        ("It's a **back\\slash** and 'quotes' of C++.\nGene: IDUA", "en", ["AI", "ai", "it's"]),
        ("學而時習之，不亦說乎 𠮷野家", "zh-Hant-TW", ["論語", "a\\b"]),
        ("الكتابُ والقِراءة", "ar", []),
        ("Les œuvres d'été, co-\nopération", "fr", ["éte", "Été", ":lang:en"]),
        ("", "und", ["𠮷"]),
    ];

    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task What_is_copied_is_what_would_be_inserted()
    {
        // The title of the source is public before: what a draft cites beside it depends on that.
        await _store.Batches.WriteAsync([Draft(1) with { Id = Guid.CreateVersion7() }], Ct, new WriteMode(MakesGroups: true));
        var drafts = Enumerable.Range(0, 60).Select(Draft).ToList();
        Assert.All(await _store.Batches.WriteAsync(drafts, Ct, new WriteMode(MakesGroups: true)), outcome => Assert.True(outcome.IsNew));
        var again = drafts.ConvertAll(d => d with { Id = Guid.CreateVersion7() });
        foreach (var some in again.Chunk(20))
            Assert.All(await _store.Batches.WriteAsync(some, Ct, new WriteMode(MakesGroups: true)), outcome => Assert.True(outcome.IsNew));

        Assert.Equal(await RowsAsync(again), await RowsAsync(drafts));
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        var passages = await db.Passages.Where(p => db.Annotations.Any(a => a.PassageId == p.Id && a.Id == drafts[0].Id)).ToListAsync(Ct);
        Assert.Equal(drafts[0].Quote, Assert.Single(passages).Quote);
    }

    [Fact]
    public async Task A_row_that_the_store_refuses_takes_its_batch_with_it()
    {
        var drafts = Batch(extra: "no JSON");
        await Assert.ThrowsAsync<PostgresException>(() => _store.Batches.WriteAsync(drafts, Ct, new WriteMode(MakesGroups: true)));
        Assert.Empty(await RowsAsync(drafts));
    }

    [Fact]
    public async Task A_row_that_cannot_be_sent_takes_its_batch_with_it()
    {
        var drafts = Batch(extra: "\"\ud800\"");
        await Assert.ThrowsAsync<EncoderFallbackException>(() => _store.Batches.WriteAsync(drafts, Ct, new WriteMode(MakesGroups: true)));
        Assert.Empty(await RowsAsync(drafts));
        Assert.True((await _store.Batches.WriteAsync(drafts[..60], Ct, new WriteMode(MakesGroups: true)))[0].IsNew);
    }

    private static List<AnnotationDraft> Batch(string extra) =>
        [.. Enumerable.Range(0, 60).Select(Draft), Draft(0) with { Id = Guid.CreateVersion7(), Received = new Received { Extra = extra } }];

    private static AnnotationDraft Draft(int number)
    {
        var (body, language, tags) = Remarks[number % Remarks.Length];
        var quote = new Quote($"{Drafts.Learning} {number}", "before", "after", number, number % 2 == 0 ? null : number + 9);
        var draft = number % 7 == 6
            ? Drafts.PageNote("A note.", Drafts.Analects) with { References = [Guid.CreateVersion7(), Guid.CreateVersion7()] }
            : Drafts.CommentOn(quote, body, Drafts.Analects) with { Tags = tags };
        draft = draft.Imported(
            $"Author{number % 3}", LongAgo.AddMinutes(number)) with
            {
                Language = language, Shared = number % 4 > 0, GroupId = number % 5 == 0 ? "circle" : "__world__",
            };
        return number % 2 == 0
            ? draft with
            {
                Received = new Received
                {
                    Extra = """{"hypothesis": {"x": ["y"]}}""", Targets = [new("https://b.example/"), new(null, "[]")],
                },
            }
            : draft;
    }

    /// <summary>Everything that is stored of the drafts, in their order, but their ids.</summary>
    private async Task<List<string>> RowsAsync(List<AnnotationDraft> drafts)
    {
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        var ids = drafts.ConvertAll(d => d.Id);
        return await db.Database.SqlQuery<string>(
            $"""
            select (to_jsonb(a) - 'id')::text || (to_jsonb(e) - 'annotation_id')::text
                || (select coalesce(jsonb_agg(to_jsonb(t) - 'annotation_id' order by t.position), '[]')::text from annotation_target t where t.annotation_id = a.id) as "Value"
            from unnest({ids}) with ordinality as draft (id, place)
            join annotation a on a.id = draft.id
            join annotation_search e on e.annotation_id = a.id
            order by draft.place
            """).ToListAsync(Ct);
    }
}
