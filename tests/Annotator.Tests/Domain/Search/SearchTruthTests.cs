using System.Globalization;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Search;
using Annotator.Domain.Analysis;
using Annotator.Domain.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Condition = Annotator.Domain.Search.Condition;

namespace Annotator.Tests.Domain.Search;

/// <summary>Whatever one asks, the search answers with what looking at every text gives.</summary>
public sealed class SearchTruthTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> Word = Gen.OneOf(
        "red", "red-blue", "blue", "Blue", "bluebell", "réd", "C++", "GPT-5", "gpt", "5", "时间", "時間", "间时", "时", "间距", "ファイル", "ファイ", "イル",
        "파일", "ไฟล์", "ملف", "**red**", "파 일", "Hue: red");

    private static readonly Gen<string> Phrase = Word.Array[1, 5].Select(words => string.Join(' ', words));

    private static readonly Gen<(string Body, string Quote, string[] Tags, string Language)> Text = Gen.Select(
        Phrase, Phrase, Word.Select(w => w.Trim('*')).Array[0, 2], Gen.OneOf("is", "zh-Hans", "zh-Hant", "ja"));

    private static readonly Gen<Condition> Leaf = Gen.OneOf(
        Word.Select(Condition (w) => new Term(w)),
        Phrase.Select(Condition (p) => new Term(p, TermKind.Phrase)),
        Gen.OneOf("re", "blue", "gp", "时").Select(Condition (p) => new Term(p, TermKind.Prefix)),
        Word.Select(Condition (w) => new SearchFilter(SearchField.Tag, w.Trim('*'))),
        Gen.OneOf("zh", "zh-Hant", "ja").Select(Condition (l) => new SearchFilter(SearchField.Lang, l)),
        Gen.Int[1, 28].Select(Condition (d) => new SearchFilter(d % 2 == 0 ? SearchField.After : SearchField.Before, $"2024-01-{d:D2}")),
        Gen.OneOf("red", "re*", "Blue").Select(Condition (v) => new SearchFilter(SearchField.Field, $"hue={v}")));

    [Fact]
    public async Task Any_query_finds_what_looking_at_every_text_finds()
    {
        var viewer = await shared.Store.PersonAsync("Truth", "truth");
        var drafts = Drafted(d => d with { GroupId = "truth" });
        await WriteAsync(shared.Store, drafts);
        await AssertTrueAsync(shared.Store, viewer, drafts, 400);
    }

    /// <summary>Where the index is not asked who may read, because most is public (<see cref="IndexStatistics"/>).</summary>
    [Fact]
    public async Task What_few_may_read_is_left_out_of_a_store_that_is_mostly_public()
    {
        await using var store = await TestStore.CreateAsync();
        var (member, other) = (await store.PersonAsync("Member", "circle"), await store.PersonAsync("Other"));
        var number = 0;
        var drafts = Drafted(d => (number++ % 4) switch
        {
            0 when number % 8 < 4 => d with { GroupId = "circle" },
            0 => d with { Shared = false },
            _ => d,
        });
        await WriteAsync(store, drafts);
        await using (var db = await store.Databases.CreateDbContextAsync(Ct))
            await db.Database.ExecuteSqlRawAsync("analyze annotation_search", Ct);
        foreach (var viewer in new[] { Viewer.Visitor, other, member })
        {
            var visible = drafts.Where(d => d.Shared && (d.GroupId is not "circle" || viewer == member)).ToList();
            await AssertTrueAsync(store, viewer, visible, 120);
        }
    }

    private static List<AnnotationDraft> Drafted(Func<AnnotationDraft, AnnotationDraft> placed) =>
        Text.Array[120].Single(texts => texts.Length > 0, "0003KXGfJcl1").Select((t, i) =>
            placed(Drafts.PageNote(t.Body, Drafts.Unique("Truth") with { Language = "is" }) with
            {
                Tags = [.. t.Tags.Distinct(StringComparer.OrdinalIgnoreCase)],
                Language = t.Language,
                Quote = new Quote(t.Quote),
            })
            .Imported("Writer", Start.AddHours(6 * i))).ToList();

    private static async Task WriteAsync(TestStore store, List<AnnotationDraft> drafts) =>
        Assert.All(await store.Batches.WriteAsync(drafts, Ct, new WriteMode(MakesGroups: true)), outcome => Assert.Null(outcome.Refusal));

    private static async Task AssertTrueAsync(TestStore store, Viewer viewer, List<AnnotationDraft> visible, int queries)
    {
        var found = 0;
        await Tree(2).SampleAsync(async condition =>
        {
            var query = new SearchQuery(condition, []);
            var expected = visible.Where(d => Holds(condition, d)).Select(d => d.Id).ToHashSet();
            var answer = new List<Guid>();
            await foreach (var hit in store.Search.AllAsync(viewer, query, Ct))
                answer.Add(hit.Annotation.Id);
            Assert.Equal(expected, answer.ToHashSet());
            Assert.Equal(expected.Count, await store.Search.CountAsync(viewer, query, Ct));
            Interlocked.Add(ref found, expected.Count > 0 && expected.Count < visible.Count ? 1 : 0);
        }, iter: queries, threads: 1);
        Assert.InRange(found, queries / 3, queries);
    }

    private static Gen<Condition> Tree(int depth) => depth == 0 ? Leaf : Gen.OneOf(
        Leaf,
        Tree(depth - 1).Select(Not.Of),
        Tree(depth - 1).Array[2, 3].Select(parts => AllOf.Joined(parts)!),
        Tree(depth - 1).Array[2, 3].Select(parts => AnyOf.Joined(parts)!));

    private static bool Holds(Condition condition, AnnotationDraft draft) => condition switch
    {
        Term term => Stands(term, draft),
        Not(var part) => !Holds(part, draft),
        AllOf(var parts) => parts.All(p => Holds(p, draft)),
        AnyOf(var parts) => parts.Any(p => Holds(p, draft)),
        SearchFilter { Field: SearchField.Tag } tag =>
            draft.Tags.Any(t => string.Equals(Analyzer.Fold(t), Analyzer.Fold(tag.Value), StringComparison.Ordinal)),
        SearchFilter { Field: SearchField.Lang } lang =>
            draft.Language!.Equals(lang.Value, StringComparison.Ordinal)
                || draft.Language.StartsWith(lang.Value + "-", StringComparison.Ordinal),
        SearchFilter { Field: SearchField.Field } field => HasLine(draft, field.Value.Split('=')[1]),
        SearchFilter time =>
            time.Field == SearchField.After == draft.Provenance!.Created >= DateTimeOffset.Parse(
                time.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    private static bool Stands(Term term, AnnotationDraft draft)
    {
        var wanted = Analyzer.Query(term.Text, prefix: term.Kind == TermKind.Prefix, stems: term.Kind == TermKind.Word);
        return draft.Tags.Append(MarkdownRenderer.PlainText(draft.Body)).Any(text => Analyzer.Find(text, wanted, draft.Language).Count > 0)
            || Analyzer.Find(draft.Quote!.Exact, wanted, "is").Count > 0;
    }

    private static bool HasLine(AnnotationDraft draft, string wanted)
    {
        var line = MarkdownRenderer.PlainText(draft.Body);
        if (!line.StartsWith("Hue: ", StringComparison.Ordinal))
            return false;
        var value = Analyzer.Fold(line["Hue: ".Length..].Trim());
        return wanted.EndsWith('*')
            ? value.StartsWith(wanted[..^1], StringComparison.Ordinal)
            : string.Equals(value, Analyzer.Fold(wanted), StringComparison.Ordinal);
    }
}
