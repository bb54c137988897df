using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Annotations;

/// <summary>A comment is written by a short path of its own, a batch by another: both store the same.</summary>
public sealed class OneByOneTests
{
    private static readonly (string Body, string? Language, string[] Tags)[] Said =
    [
        ("Die Gedanken sind frei, wer kann sie erraten, sie fliegen vorbei wie nächtliche Schatten.", null, ["Lied", "ä"]),
        ("學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？", "zh-Hant", ["論語"]),
        ("The mass of men lead lives of *quiet* desperation, and go to the grave with the song still in them.", null, []),
        ("الكتابُ خيرُ جليسٍ في الزمانِ", "ar", ["كتاب"]),
        ("", null, ["only tags"]),
    ];

    [Fact]
    public async Task A_hundred_drafts_are_stored_alike_one_by_one_and_together()
    {
        await using var single = await TestStore.CreateAsync();
        await using var batch = await TestStore.CreateAsync();
        var drafts = Enumerable.Range(0, 100).Select(Draft).ToList();
        var now = single.Clock.GetUtcNow();
        var viewer = await single.PersonAsync("mei", "circle");
        await batch.PersonAsync("mei", "circle");
        foreach (var draft in drafts)
            await single.Writer.CreateAsync(viewer, draft, Ct);
        // A reply of a batch says whole what the writer of a single one works out.
        var roots = drafts.ToDictionary(d => d.Id);
        var whole =
            drafts.ConvertAll(d => (d.References is [var root]
                ? d with
                {
                    Source = roots[root].Source! with { Title = null, Author = null },
                    GroupId = roots[root].GroupId,
                    Shared = d.Shared && roots[root].Shared,
                }
                : d)
                with { Provenance = new Provenance(new Userid("mei", "library.example"), null, now, now) });
        Assert.All(await batch.Batches.WriteAsync(whole, Ct), outcome => Assert.Null(outcome.Refusal));

        foreach (var table in new[]
        {
            "annotation", "annotation_search", "annotation_target", "revision", "passage", "source", "source_uri", "source_search",
            "person", "\"group\"", "membership",
        })
        {
            var (one, other) = (await RowsAsync(single, table), await RowsAsync(batch, table));
            Assert.Equal(one, other);
            Assert.True(one.Count > 0 || table is "revision", table);
        }
    }

    private static AnnotationDraft Draft(int number)
    {
        var (body, language, tags) = Said[number % Said.Length];
        var draft = new AnnotationDraft
        {
            Id = IdOf(number),
            Body = body,
            Language = language,
            Tags = tags,
            Shared = number % 4 > 0,
            GroupId = number % 7 == 0 ? "circle" : Viewer.PublicGroup,
        };
        if (number % 10 == 9)
        {
            return draft with
            {
                References = [IdOf(number - 2)], Body = $"A reply, number {number}", Language = "en", GroupId = Viewer.PublicGroup,
            };
        }
        draft = draft with
        {
            Source = number % 3 == 0 ? Drafts.Analects : Drafts.Walden with { Uri = $"https://texts.example/walden/{number % 5}" },
        };
        if (number % 6 == 5)
            return draft with { Body = $"A note, number {number}", Language = "en" };
        draft = draft with { Quote = new Quote($"Words that are quoted, {number % 17}", number % 2 == 0 ? "before " : "", " after") };
        return number % 2 == 1 ? draft : draft with
        {
            Received = new Received
            {
                Selectors = """[{"type":"RangeSelector"}]""", Extra = """{"hypothesis":{"n":1}}""", Targets = [new("https://b.example/")],
            },
        };
    }

    private static Guid IdOf(int number) => Guid.ParseExact($"019b76da{number:x4}7000800000000000abcd", "N");

    /// <summary>All rows but for ids that are made up: by what they stand for.</summary>
    private static async Task<List<string>> RowsAsync(TestStore store, string table)
    {
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        var sources = await db.Sources.Select(s => new { s.Id, Name = s.Title + s.Uris.Select(u => u.Uri).FirstOrDefault() })
            .ToListAsync(Ct);
        var passages = await db.Passages.Select(p => new { p.Id, Name = p.Quote.Exact + p.SourceId }).ToListAsync(Ct);
        var people = await db.People.Select(p => new { p.Id, Name = p.Username }).ToListAsync(Ct);
#pragma warning disable EF1002 // Names of tables, from above.
        var rows = await db.Database.SqlQueryRaw<string>($"""select to_jsonb(t)::text as "Value" from {table} t""").ToListAsync(Ct);
#pragma warning restore EF1002
        foreach (var (id, name) in passages.Select(p => (p.Id, p.Name))
            .Concat(sources.Select(s => (s.Id, s.Name)))
            .Concat(people.Select(p => (p.Id, p.Name))))
        {
            rows =
                rows.ConvertAll(r => r.Replace($"{id}", name, StringComparison.Ordinal)
                    .Replace(PublicId.Of(id), name, StringComparison.Ordinal));
        }
        return [.. rows.Order(StringComparer.Ordinal)];
    }
}
