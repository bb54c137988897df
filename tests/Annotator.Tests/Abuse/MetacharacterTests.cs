using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Annotator.Domain.Search;

namespace Annotator.Tests.Abuse;

/// <summary>Signs that mean something to SQL, <c>like</c>, <c>tsquery</c> and regular expressions are what they are in any text.</summary>
public sealed class MetacharacterTests(SharedStore shared) : IClassFixture<SharedStore>
{
    // Each is written into a tag, beside one in which another sign stands instead: a pattern would find both.
    private static readonly string[] Signs =
    [
        "%", "_", "\\", "'", "\"", ";", "--", "/*", "*/", "$1", "$$", "{0}", "@p0", ":p", "?", "!", "&", "|", "<->", "(", ")", "[a-z]",
        "^", "+", ".",
        ".*", "~", "#", "''", "\\'", "\\\\", "' or '1'='1", "'; drop table annotation; --", "') union select 1 --", "a:*", "a:A",
        "!a", "a & b", "\u00a0", "\u2019", "\ufe6a", "\uff05", "\uff3f", "0x27", "%00", "\\u0000", "\\x00", "${a}", "=", "<", ">",
    ];

    [Fact]
    public async Task Any_sign_is_kept_in_every_field_and_a_tag_is_found_by_itself_alone()
    {
        var (store, person) = await WithPersonAsync();
        var tags = Signs.Select(sign => $"tag{sign}end").ToList();
        foreach (var (sign, tag) in Signs.Zip(tags))
        {
            var citation = Drafts.Unique($"Of {tag}") with { Author = $"Author {sign} a" };
            var draft = Drafts.CommentOn($"quote {sign} q", $"body {sign} b", citation) with { Tags = [tag] };
            var made = await store.WriteAsync(person, draft);
            var kept = await store.Sources.ReadAsync(Viewer.Visitor, made.SourceId, Ct);
            Assert.Equal((citation.Title, citation.Author), (kept.Source.Title, kept.Source.Author));
            Assert.Equal((draft.Body, tag, draft.Quote!.Exact), (made.Body, made.Tags.Single(), kept.Passages.Single().Quote.Exact));
        }

        foreach (var tag in tags)
        {
            var listed = await store.Library.BrowseAsync(Viewer.Visitor, new LibraryQuery(Tag: tag), Ct);
            Assert.Equal([$"Of {tag}"], listed.Items.Select(s => s.Title));
            // Tags that fold alike are the same tag.
            var alike = tags.Where(t => string.Equals(Fold(t), Fold(tag), StringComparison.Ordinal)).Order(StringComparer.Ordinal);
            var query = new SearchQuery(SearchFilter.Tagged(tag), []);
            Assert.Equal(query, SearchQuery.Parse(query.ToString()));
            var found = (await store.Search.FindAsync(Viewer.Visitor, query, new SearchOptions { WithFacets = false }, Ct)).Hits;
            Assert.Equal(alike, found.Select(h => h.Annotation.Tags.Single()).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task A_sign_finds_nobody_and_nothing_by_a_pattern()
    {
        var (store, person) = await WithPersonAsync();
        await store.WriteAsync(person, Drafts.PageNote("Plain words.", Drafts.Unique("Plain title")));
        foreach (var sign in Signs.Where(s => !s.Any(char.IsLetterOrDigit)))
        {
            string[] queries =
            [
                sign, $"\"{sign}\"",
                .. ((SearchField[])[SearchField.User, SearchField.Group, SearchField.Tag, SearchField.Field])
                    .Select(f => new SearchFilter(f, sign).ToString()),
                new SearchFilter(SearchField.Source, $"a{sign}e").ToString(),
            ];
            foreach (var query in queries)
            {
                if (SearchQuery.Parse(query) is not { IsEmpty: false } asked)
                    continue;
                var found = await store.Search.FindAsync(Viewer.Visitor, asked, new SearchOptions(), Ct);
                Assert.True(found.Named.People.Count == 0, query);
                Assert.False(found.Named.Sources.Any(s => s.Title is "Plain title"), query);
                Assert.False(found.Hits.Any(h => h.Annotation.Body is "Plain words."), $"{query}: {asked}");
            }
        }
    }

    private static string Fold(string text) => Annotator.Domain.Analysis.Analyzer.Fold(text);

    private async Task<(TestStore Store, Viewer Person)> WithPersonAsync() =>
        (shared.Store, await shared.Store.PersonAsync($"p{Guid.CreateVersion7():N}"));
}
