using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Annotator.Tests.Web;

/// <summary>However long what people write is, a page that shows many of them stays within bounds, and all of each can be read.</summary>
public sealed class LongCommentTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    private const int Most = 6_000_000;

    private static readonly string Ampersands = Repeated("&", 60_000);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_long_comments_make_no_long_page()
    {
        var drafts = await WriteAsync(57, (_, source) => Drafts.PageNote(Ampersands, source));
        var (page, bytes) = await SourceAsync(drafts[0]);
        Assert.InRange(bytes, 1, 1_500_000);
        Assert.Equal(57, page.QuerySelectorAll(".card").Length);
        Assert.All(page.QuerySelectorAll(".card"), card =>
        {
            var beginning = card.QuerySelector(".prose")!.TextContent;
            Assert.InRange(beginning.Length, 1_500, 2_000);
            Assert.EndsWith("&…", beginning, StringComparison.Ordinal);
            var rest = card.QuerySelector(".rest a")!;
            Assert.Equal("Read all of it", rest.TextContent);
            Assert.Equal($"/a/{card.Id![2..]}", rest.GetAttribute("href"));
        });
        var (permalink, _) = await GetAsync($"/a/{PublicId.Of(drafts[3].Id)}");
        Assert.Equal(Ampersands, permalink.QuerySelector(".prose")!.TextContent);
        Assert.Null(permalink.QuerySelector(".rest"));
    }

    [Fact]
    public async Task An_open_page_gets_the_same_as_a_new_one()
    {
        var drafts = await WriteAsync(
            3, (i, source) => Drafts.CommentOn(Repeated($"word{i} ", 3_000), Repeated("long *text* ", 3_000), source));
        var (page, _) = await SourceAsync(drafts[0]);
        var (part, _) = await GetAsync(page.QuerySelector("[data-commentary]")!.GetAttribute("data-commentary")!);
        Assert.Equal(6, page.QuerySelectorAll(".rest").Length);
        Assert.Equal(Shown(page), Shown(part));

        static IEnumerable<string> Shown(IParentNode shown) => shown.QuerySelectorAll(".prose, .quote, .rest").Select(e => e.OuterHtml);
    }

    [Fact]
    public async Task A_beginning_is_text_in_its_own_language_and_ends_after_a_word()
    {
        var arabic = Repeated(Repeated("هذا **نص** طويل ", 20) + "\n\n", 100);
        var drafts = await WriteAsync(1, (_, source) => Drafts.PageNote(arabic, source) with { Language = "ar" });
        var (page, _) = await SourceAsync(drafts[0]);
        var prose = page.QuerySelector(".card .prose")!;
        Assert.Equal(("ar", "rtl"), (prose.GetAttribute("lang"), prose.GetAttribute("dir")));
        Assert.Matches(@"^(هذا نص طويل\s+)+(هذا|هذا نص|هذا نص طويل)?\s*…$", prose.TextContent);
        Assert.DoesNotContain('*', prose.TextContent);
        Assert.InRange(prose.TextContent.Length, 1_900, 2_000);
    }

    /// <summary>About 2,600 words, as somebody may well write.</summary>
    [Fact]
    public async Task A_long_honest_comment_is_whole()
    {
        var honest = Repeated("A paragraph of some words that says *one thing* about what was read.\n\n", 200);
        var drafts = await WriteAsync(4, (_, source) => Drafts.CommentOn("a short passage", honest, source));
        var (page, _) = await SourceAsync(drafts[0]);
        Assert.Empty(page.QuerySelectorAll(".rest"));
        Assert.Equal(800, page.QuerySelectorAll(".prose em").Length);
    }

    /// <summary>As many as one page shows, each as long as it may be without being folded alone.</summary>
    [Fact]
    public async Task Many_middling_comments_with_long_quotes_share_what_a_page_holds()
    {
        var drafts = await WriteAsync(200, (i, source) =>
            Drafts.CommentOn($"{i} " + Repeated("引用文字", 660), i % 2 == 0 ? "A short one." : Repeated("a&b ", 2_450), source) with
            {
                Tags = [.. Enumerable.Range(0, Limits.Tags).Select(t => $"{t}{new string('標', Limits.Tag - 2)}")],
            });
        var (page, bytes) = await SourceAsync(drafts[0]);
        Assert.InRange(bytes, 1, Most);
        var cards = page.QuerySelectorAll(".card");
        Assert.Equal(200, cards.Length);
        Assert.Equal(100, cards.Count(c => c.QuerySelector(".prose")!.TextContent.Trim() is "A short one."));
        Assert.All(cards, card => Assert.NotNull(card.QuerySelector(".tags .rest a")));
        var (permalink, _) = await GetAsync($"/a/{PublicId.Of(drafts[1].Id)}");
        Assert.Equal(Limits.Tags, permalink.QuerySelectorAll(".tags li").Length);
        Assert.Equal(drafts[1].Quote!.Exact, permalink.QuerySelector(".quote mark")!.TextContent);
        Assert.Equal(Repeated("a&b ", 2_450).Trim(), permalink.QuerySelector(".prose")!.TextContent.Trim());
        // Results of a search hold snippets and the same tags.
        var (_, results) = await GetAsync("/search?q=short");
        Assert.InRange(results, 1, 1_000_000);
    }

    [Fact]
    public async Task A_permalink_shows_a_bounded_part_of_its_thread()
    {
        var root = Drafts.PageNote("The first one.", Drafts.Unique("Much discussed"));
        var time = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        List<AnnotationDraft> drafts =
        [
            root.Imported("ada", time),
            .. Enumerable.Range(1, 450).Select(i => Drafts.PageNote($"Answer {i}.", root.Source).Imported("ben", time.AddMinutes(i)) with
            {
                References = [root.Id],
            }),
        ];
        await program.Services.GetRequiredService<BatchWriter>().WriteAsync(drafts, Ct);
        var (page, _) = await GetAsync($"/a/{PublicId.Of(drafts[7].Id)}");
        var shown = page.QuerySelectorAll(".card .prose").Select(p => p.TextContent.Trim()).ToList();
        Assert.Equal(200, shown.Count);
        Assert.Equal(["The first one.", "Answer 7.", "Answer 253."], shown[..3]);
        Assert.Equal("Answer 450.", shown[^1]);
        Assert.Contains("newest 200", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_of_long_versions_goes_on_on_further_pages()
    {
        var person = await program.JoinAsync("writer");
        var viewer = new Viewer(person);
        var writer = program.Services.GetRequiredService<AnnotationWriter>();
        var written = await writer.CreateAsync(viewer, Drafts.PageNote(Ampersands, Drafts.Unique("Often edited")), Ct);
        for (var i = 1; i < 12; i++)
        {
            await writer.EditAsync(viewer, written.Id, new AnnotationEdit(i, $"{i}{Ampersands}", "und", [], Shared: true), Ct);
        }

        var seen = new List<string>();
        for (var path = $"/a/{written.PublicId}/history"; path is not null;)
        {
            var (page, bytes) = await GetAsync(path);
            Assert.InRange(bytes, 1, 3_000_000);
            seen.AddRange(page.QuerySelectorAll(".versions strong").Select(s => s.TextContent));
            path = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(Enumerable.Range(1, 12).Reverse().Select(i => $"Version {i}"), seen);
    }

    private async Task<IReadOnlyList<AnnotationDraft>> WriteAsync(int count, Func<int, Citation, AnnotationDraft> draft)
    {
        var source = Drafts.Unique("Of long comments");
        var time = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var drafts = Enumerable.Range(0, count).Select(i => draft(i, source).Imported($"person{i}", time.AddMinutes(i))).ToList();
        await program.Services.GetRequiredService<BatchWriter>().WriteAsync(drafts, Ct);
        return drafts;
    }

    private async Task<(IHtmlDocument Page, int Bytes)> SourceAsync(AnnotationDraft one)
    {
        var found = await program.Services.GetRequiredService<AnnotationReader>().FindAsync(Viewer.Visitor, one.Id, Ct);
        return await GetAsync($"/sources/{PublicId.Of(found.SourceId)}");
    }

    private async Task<(IHtmlDocument Page, int Bytes)> GetAsync(string path)
    {
        using var browser = program.Browser();
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync(Ct);
        return (new HtmlParser().ParseDocument(html), Encoding.UTF8.GetByteCount(html));
    }

    private static string Repeated(string piece, int count) => string.Concat(Enumerable.Repeat(piece, count));
}
