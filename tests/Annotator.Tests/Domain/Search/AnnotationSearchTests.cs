using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Search;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Search;

/// <summary>Each test writes in a group of its own and searches as its only member, so that counts are its own.</summary>
public sealed class AnnotationSearchTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task A_Chinese_word_is_found_inside_a_sentence()
    {
        var mei = await AloneAsync("chinese");
        var found = await WriteAsync(mei, "本报告讨论模型的时间跨度。");
        await WriteAsync(mei, "这里没有那个词。");
        Assert.Equal([found], await IdsAsync(mei, "时间"));
        Assert.Equal([found], await IdsAsync(mei, "时间跨度"));
        Assert.Empty(await IdsAsync(mei, "间时"));
    }

    [Fact]
    public async Task Tags_body_and_passage_are_searched_and_a_title_finds_its_source()
    {
        var mei = await AloneAsync("fields");
        var body = await WriteAsync(mei, "An **aardvark** was here.");
        var tagged = await WriteAsync(mei, "Nothing", with: d => d with { Tags = ["Aardvark"] });
        var quoting = await WriteAsync(mei, "Nothing", with: d => d with { Quote = new("The aardvark digs at night") });
        await WriteAsync(mei, "Nothing", with: d => d with { Source = Drafts.Unique("Aardvark studies") with { Language = "en" } });
        Assert.Equal([quoting, tagged, body], await IdsAsync(mei, "aardvark"));
        var results = await _store.Search.FindAsync(mei, SearchQuery.Parse("aardvarks tag:none"), new SearchOptions(), Ct);
        Assert.Equal(["Aardvark studies"], results.Named.Sources.Select(s => s.Title));
    }

    [Fact]
    public async Task Every_word_must_occur_and_phrases_as_typed()
    {
        var mei = await AloneAsync("words");
        var inOrder = await WriteAsync(mei, "a quiet desperation");
        var apart = await WriteAsync(mei, "desperation is never quiet");
        await WriteAsync(mei, "quiet only");
        Assert.Equal([apart, inOrder], await IdsAsync(mei, "quiet desperation"));
        Assert.Equal([inOrder], await IdsAsync(mei, "\"quiet desperation\""));
        Assert.Empty(await IdsAsync(mei, "quiet unicorn"));
    }

    [Fact]
    public async Task An_edit_changes_what_is_found()
    {
        var mei = await AloneAsync("edited");
        var written = await WriteAsync(mei, "before");
        await _store.Writer.EditAsync(mei, written, new AnnotationEdit(1, "after", null, ["late"], true), Ct);
        Assert.Empty(await IdsAsync(mei, "before"));
        Assert.Equal([written], await IdsAsync(mei, "after late"));
    }

    [Fact]
    public async Task Results_are_narrowed_by_tag_language_person_and_source()
    {
        var mei = await AloneAsync("filters");
        var source = Drafts.Unique("100%_Filtered");
        var first = await WriteAsync(
            mei, "one", with: d => d with { Tags = ["Ethics", "two words"], Language = "zh-Hans", Source = source });
        var second = await WriteAsync(
            mei, "two", with: d => d with { Tags = ["ethics of war"], Language = "zh", Source = Drafts.Unique("1000 Filtered") });
        var view = await _store.Reader.FindAsync(mei, first, Ct);
        Assert.Equal([first], await IdsAsync(mei, "tag:ethics"));
        Assert.Equal([first], await IdsAsync(mei, "tag:ETHICS tag:\"Two words\""));
        Assert.Empty(await IdsAsync(mei, "tag:ethic"));
        Assert.Equal([second, first], await IdsAsync(mei, "lang:zh"));
        Assert.Equal([first], await IdsAsync(mei, "lang:ZH-hans"));
        Assert.Equal([second, first], await IdsAsync(mei, "user:Alone.Filters"));
        Assert.Equal([second, first], await IdsAsync(mei, "user:alonefilters@Library.example"));
        Assert.Equal([second, first], await IdsAsync(mei, "user:acct:Alone.Filters@library.example"));
        Assert.Empty(await IdsAsync(mei, "user:alonefilters@elsewhere.example"));
        Assert.Equal([first], await IdsAsync(mei, "source:100%_filtered"));
        Assert.Equal([first], await IdsAsync(mei, $"source:{source.Uri}"));
        Assert.Equal([first], await IdsAsync(mei, $"source:{PublicId.Of(view.SourceId)}"));
        Assert.Equal([second], await IdsAsync(mei, "war lang:zh"));
    }

    [Fact]
    public async Task Tags_in_every_script_are_found_without_regard_to_case()
    {
        var mei = await AloneAsync("scripts");
        foreach (var tag in new[] { "Éthique", "ЭТИКА", "倫理", "C++", "🌲", "ﬁ", "比：較", "say \"hello\"" })
        {
            var written = await WriteAsync(mei, "tagged", with: d => d with { Tags = [tag] });
            var query = SearchQuery.Empty.With(new SearchFilter(SearchField.Tag, tag.ToLowerInvariant()));
            Assert.Equal([written], await IdsAsync(mei, query.ToString()));
        }
    }

    [Fact]
    public async Task A_title_that_looks_like_an_old_id_is_still_a_title()
    {
        var mei = await AloneAsync("lookalike");
        var written = await WriteAsync(mei, "i18n", with: d => d with { Source = Drafts.Unique("On internationalization") });
        Assert.Equal([written], await IdsAsync(mei, "source:internationalization"));
    }

    [Fact]
    public async Task All_pages_together_are_all_hits_newest_first()
    {
        var mei = await AloneAsync("pages");
        var moment = _store.Clock.GetUtcNow();
        // Some cannot be shown, because the characters are there and not the word, and many share a moment.
        var drafts = Enumerable.Range(0, 3 * AnnotationSearch.PageSize + 5)
            .Select(i => Drafts.PageNote(i % 3 == 0 ? "京都東京、都会" : "東京都", Drafts.Unique("Pages"))
                .Imported("Pager", moment.AddSeconds(i / 7)) with { GroupId = "pages" })
            .ToList();
        Assert.All(await _store.Batches.WriteAsync(drafts, Ct, new WriteMode(MakesGroups: true)), outcome => Assert.True(outcome.IsNew));
        var expected = drafts.Where((_, i) => i % 3 != 0)
            .OrderByDescending(d => d.Provenance!.Created)
            .ThenByDescending(d => d.Id, ByBytes)
            .Select(d => d.Id)
            .ToList();
        var query = SearchQuery.Parse("東京都");
        var paged = new List<Guid>();
        string? after = null;
        do
        {
            Assert.True(paged.Count < drafts.Count, "The pages do not end.");
            var results = await _store.Search.FindAsync(mei, query, new SearchOptions { After = after }, Ct);
            paged.AddRange(results.Hits.Select(h => h.Annotation.Id));
            after = results.Next;
        } while (after is not null);

        Assert.Equal(expected, paged);
        var all = new List<Guid>();
        await foreach (var hit in _store.Search.AllAsync(mei, query, Ct))
            all.Add(hit.Annotation.Id);
        Assert.Equal(expected, all);
    }

    [Fact]
    public async Task Hits_come_with_their_passage_and_source_and_are_counted()
    {
        var mei = await AloneAsync("facets");
        var source = Drafts.Unique("Counted");
        var first = await WriteAsync(
            mei, "one", with: d => d with { Source = source, Tags = ["a", "b"], Language = "en", Quote = new("quoted words") });
        await WriteAsync(mei, "two", with: d => d with { Source = source, Tags = ["b"], Language = "fr" });
        var results = await _store.Search.FindAsync(mei, SearchQuery.Empty, new SearchOptions(), Ct);
        Assert.Equal((2, null), (results.Counted, results.Next));
        Assert.Equal(("Counted", "quoted words"), (results.Hits[1].Source.Title, results.Hits[1].Passage?.Exact));
        Assert.Null(results.Hits[0].Passage);
        Assert.Equal([new("b", 2), new("a", 1)], results.Facets!.Tags);
        Assert.Equal([new("en", 1), new("fr", 1)], results.Facets!.Languages);
        Assert.Equal([new("Alone.Facets", 2)], results.Facets!.People);
        Assert.Equal([new(PublicId.Of((await _store.Reader.FindAsync(mei, first, Ct)).SourceId), "Counted", 2)], results.Facets!.Sources);
    }

    [Fact]
    public async Task Signs_alone_find_nothing_rather_than_everything()
    {
        var mei = await AloneAsync("signs");
        var written = await WriteAsync(mei, "words");
        Assert.Empty(await IdsAsync(mei, "…"));
        Assert.Equal([written], await IdsAsync(mei, "words …"));
        Assert.Equal(0, (await _store.Search.FindAsync(mei, SearchQuery.Parse("…"), new SearchOptions(), Ct)).Counted);
    }

    [Fact]
    public async Task Nothing_that_is_typed_makes_the_search_fail()
    {
        var mei = await AloneAsync("anything");
        await WriteAsync(mei, "it's a\\b 'quoted' & | ! <-> :* (x)");
        var part = Gen.OneOf(
            "'", "\\", "&", "|", "!", "<->", ":*", "(", ")", "%", "_", "\0", "\ud83d", "a", "it's", "中", "文字", " ", "tag:", "lang:",
            "user:", "source:", "@", "~", "\"");
        await part.Array[0, 8].SampleAsync(
            parts => _store.Search.FindAsync(mei, SearchQuery.Parse(string.Concat(parts)), new SearchOptions { After = "~" }, Ct),
            iter: 150,
            threads: 2);
        await Gen.String.SampleAsync(
            text => _store.Search.FindAsync(mei, SearchQuery.Parse(text), new SearchOptions { After = text }, Ct), iter: 50, threads: 2);
    }

    [Fact]
    public async Task A_misspelt_word_is_answered_with_one_that_finds_something()
    {
        var mei = await AloneAsync("spelling");
        var zoe = await AloneAsync("secrets");
        await WriteAsync(mei, "Quiet desperation and the жизнь", with: d => d with { Language = "en" });
        await WriteAsync(zoe, "desparation is somebody's secret");
        Assert.Equal("desperation quiet", (await FindAsync(mei, "desparation quiet")).Suggestion?.ToString());
        Assert.Equal("desperation", (await FindAsync(mei, "desprations")).Suggestion?.ToString());
        Assert.Equal("жизнь", (await FindAsync(mei, "жизн")).Suggestion?.ToString());
        Assert.Null((await FindAsync(mei, "xyzzyx")).Suggestion);
        Assert.Null((await FindAsync(mei, "quiet tag:none")).Suggestion);
        Assert.Null((await FindAsync(mei, "文件系统")).Suggestion);
    }

    [Fact]
    public async Task A_search_that_takes_too_long_is_cancelled_and_refused()
    {
        var mei = await AloneAsync("patience");
        await WriteAsync(mei, "word");
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await db.Database.ExecuteSqlRawAsync("lock table annotation_search in access exclusive mode", Ct);
        var hasty = new AnnotationSearch(_store.Databases, new TimeWindows(_store.Clock), _store.Clock);
        var refused = await Assert.ThrowsAsync<Invalid>(() => hasty.FindAsync(mei, SearchQuery.Parse("word"), new SearchOptions(), Ct));
        Assert.Equal(("query", "takes_too_long"), (refused.Field, refused.Reason));
        Assert.Equal(
            0,
            await db.Database
                .SqlQuery<int>(
                    $"""select count(*)::int as "Value" from pg_stat_activity where datname = current_database() and state = 'active' and query like '%annotation_search e%' and pid <> pg_backend_pid()""")
                .SingleAsync(Ct));
    }

    // PostgreSQL compares uuids as bytes; Guid.CompareTo agrees, for it compares the parts unsigned from the first.
    private static readonly Comparer<Guid> ByBytes =
        Comparer<Guid>.Create((a, b) => a.ToByteArray(bigEndian: true).AsSpan().SequenceCompareTo(b.ToByteArray(bigEndian: true)));

    private async Task<Viewer> AloneAsync(string group) =>
        await _store.PersonAsync($"Alone.{char.ToUpperInvariant(group[0])}{group[1..]}", group);

    private async Task<Guid> WriteAsync(Viewer author, string body, Func<AnnotationDraft, AnnotationDraft>? with = null)
    {
        var draft = Drafts.PageNote(body, Drafts.Unique("A text")) with { GroupId = author.Writes[0] };
        return (await _store.WriteAsync(author, with?.Invoke(draft) ?? draft)).Id;
    }

    private Task<SearchResults> FindAsync(Viewer viewer, string query) =>
        _store.Search.FindAsync(viewer, SearchQuery.Parse(query), new SearchOptions(), Ct);

    private async Task<IEnumerable<Guid>> IdsAsync(Viewer viewer, string query) =>
        (await FindAsync(viewer, query)).Hits.Select(h => h.Annotation.Id);
}
