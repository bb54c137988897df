using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Annotator.Domain.Search;
using Annotator.Web;
using Annotator.Web.Commands;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Access;

/// <summary>One way to what people wrote.</summary>
/// <param name="Edges">Routes and commands that lead through it.</param>
/// <param name="FindAsync">The names of the cases that a viewer finds there.</param>
internal sealed record Door(string Name, string[] Edges, Func<TestStore, Matrix, Viewer, Task<IEnumerable<string>>> FindAsync)
{
    /// <summary>It is closed to visitors and to the operator.</summary>
    public bool NeedsAccount { get; init; }

    /// <summary>It opens to the operator alone.</summary>
    public bool IsCommand { get; init; }

    public bool IsOpenTo(Viewer viewer) => (!NeedsAccount || viewer.PersonId is not null) && (!IsCommand || viewer.IsOperator);
}

/// <summary>All ways to what people wrote. A new page, endpoint or command belongs to one of these, or shows nothing of that.</summary>
internal static class Doors
{
    public static readonly Door[] All =
    [
        new("library", ["/"], (store, _, viewer) => LibraryAsync(store, viewer, null)),
        new("library by tag", ["/"], (store, _, viewer) => LibraryAsync(store, viewer, Matrix.Tag)),
        new(
            "tags",
            ["/", "/search"],
            async (store, matrix, viewer) => Named(matrix, (await store.Library.TagsAsync(viewer, 1_000, Ct)).Select(t => t.Value))),
        new("tags to choose from", ["/tags"], async (store, matrix, viewer) =>
            Named(matrix, await new LibraryMenu(store.Library, TimeProvider.System).TagsAsync(viewer, Ct))) { NeedsAccount = true },
        new("source", [
            "/sources/{Id}", "/sources/{id}/highlights", "/sources/{id}/commentary",
        ], (store, matrix, viewer) => EachAsync(matrix, async it =>
            (await store.Sources.ReadAsync(viewer, it.View.SourceId, Ct)).Annotations.Any(a => a.Id == it.View.Id))),
        new("title", ["/sources/new", "/sources/text", "/sources/{id}/changes"], (store, matrix, viewer) => EachAsync(matrix, async it =>
            await store.Sources.TitleAsync(viewer, it.View.SourceId, Ct) is not null
                && await store.Sources.IsReadableAsync(viewer, it.View.SourceId, Ct))),
        new("details of a source", ["/sources/{Id}/details"], (store, matrix, viewer) => EachAsync(matrix, async it =>
        {
            var mayCorrect = await store.Corrections.IsAllowedAsync(viewer, it.View.SourceId, Ct);
            Assert.Equal(viewer.IsAdministrator || viewer.PersonId == it.View.Author.Id, mayCorrect);
            return await store.Corrections.HistoryAsync(viewer, it.View.SourceId, Ct) is not null
                && await store.Sources.DetailsAsync(viewer, it.View.SourceId, Ct) is not null;
        })),
        // Whoever may remove it is not let: the others are yet to come.
        new("removal of a source", ["/sources/{id}/remove"], (store, matrix, viewer) => EachAsync(matrix, async it =>
        {
            var mayRemove = await store.SourceRemoval.PreviewAsync(viewer, it.View.SourceId, Ct) is not null;
            Assert.Equal(viewer.IsAdministrator || viewer.PersonId == it.View.Author.Id, mayRemove);
            if (!mayRemove)
                await Assert.ThrowsAsync<Forbidden>(() => store.SourceRemoval.RemoveAsync(viewer, it.View.SourceId, Ct));
            return true;
        })),
        new("permalink", ["/a/{Id}"], (store, matrix, viewer) => EachAsync(matrix, async it =>
            (await store.Sources.ReadThreadAsync(viewer, it.View.Id, Ct)).Thread.All.Any(a => a.Id == it.View.Id))),
        new("history", ["/a/{Id}/history"], (store, matrix, viewer) => EachAsync(matrix, async it =>
            await store.Reader.HistoryAsync(viewer, it.View.Id, Ct) is not null
                && await store.Reader.FindAsync(viewer, it.View.Id, Ct) is not null)),
        new("search, newest first", ["/search", "search"], async (store, matrix, viewer) =>
            await store.Search.AllAsync(viewer, SearchQuery.Parse($"tag:{Matrix.Tag}"), Ct)
                .Select(h => matrix.Cases.First(c => c.View.Id == h.Annotation.Id).Name)
                .ToListAsync(Ct)),
        new("search, best first", ["/search", "search"], BestAsync),
        new(
            "count, facets and named sources",
            ["/search", "search"],
            (store, matrix, viewer) => EachAsync(matrix, it => CountedAsync(store, viewer, it))),
        new(
            "edit form",
            ["/sources/{Id}", "/annotations/{id}/delete", "/passages/{id}/place", "/passages/{id}/pin"],
            (store, matrix, viewer) => EachAsync(matrix, it => IsEditRefusedOtherwiseAsync(store, viewer, it))),
        new("search command", ["search"], CommandAsync) { IsCommand = true },
        new("rule in SQL", [], async (store, matrix, viewer) =>
        {
            await using var db = await store.Databases.CreateDbContextAsync(Ct);
            var ids = await db.Annotations.VisibleTo(viewer).Select(a => a.Id).ToHashSetAsync(Ct);
            return matrix.Cases.Where(c => ids.Contains(c.View.Id)).Select(c => c.Name);
        }),
        new("rule in memory", [], async (store, matrix, viewer) =>
        {
            await using var db = await store.Databases.CreateDbContextAsync(Ct);
            var standing = Annotation.Standing.Compile();
            var all = await db.Annotations.AsNoTracking().Include(a => a.Author).Include(a => a.Group).ToDictionaryAsync(a => a.Id, Ct);
            return matrix.Cases.Where(c => Readership.Of(standing(all[c.View.Id])).Includes(viewer)).Select(c => c.Name);
        }),
    ];

    /// <summary>Routes and commands that show nothing of what people wrote, or check as one of the doors does.</summary>
    public static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["/annotations/{id}/restore"] =
            "one's own, or what a moderator removed: Nobody_restores_what_somebody_else_deleted, ModerationTests",
        ["/sources/{id}/restore"] = "what the viewer has removed, or an administrator read until then: SourceRemovalTests",
        ["/a/{Id}/moderate"] = "what the viewer sees and moderates: ControlTests, ModerationTests",
        ["/import"] = "writes: MatrixTests.AssertImportAsync, ImportRightsTests",
        ["import"] = "writes as the operator: Only_an_operators_import_makes_groups_and_members",
    };

    private static async Task<IEnumerable<string>> CommandAsync(TestStore store, Matrix matrix, Viewer viewer)
    {
        using var output = new StringWriter();
        var code = await CommandLine.RunAsync(
            ["search", $"tag:{Matrix.Tag}", "--json", "--limit", "all", $"--ConnectionStrings:Annotator={store.ConnectionString}"],
            _ => throw new InvalidOperationException("A command does not serve."),
            AnnotatorApp.OpenAsync,
            new Terminal(TextReader.Null, output, output, IsInteractive: false));
        Assert.Equal(CommandLine.Ok, code);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return matrix.Cases.Where(c => lines.Any(line => line.Contains(c.View.PublicId, StringComparison.Ordinal))).Select(c => c.Name);
    }

    private static async Task<IEnumerable<string>> LibraryAsync(TestStore store, Viewer viewer, string? tag)
    {
        List<string> found = [];
        string? after = null;
        do
        {
            var page = await store.Library.BrowseAsync(viewer, new LibraryQuery(Tag: tag, After: after), Ct);
            found.AddRange(
                page.Items.Where(s => s.Title.StartsWith("Title ", StringComparison.Ordinal)).Select(s => s.Title["Title ".Length..]));
            after = page.Next;
        } while (after is not null);
        return found;
    }

    private static async Task<IEnumerable<string>> BestAsync(TestStore store, Matrix matrix, Viewer viewer)
    {
        List<string> found = [];
        string? after = null;
        do
        {
            var page = await store.Search.FindAsync(
                viewer,
                SearchQuery.Parse($"comment tag:{Matrix.Tag}"),
                new SearchOptions { Order = SearchOrder.Best, After = after, WithFacets = false },
                Ct);
            found.AddRange(page.Hits.Select(h => matrix.Cases.First(c => c.View.Id == h.Annotation.Id).Name));
            after = page.Next;
        } while (after is not null);
        return found;
    }

    // All of them say the same, or the door is not one.
    private static async Task<bool> CountedAsync(TestStore store, Viewer viewer, Case it)
    {
        var results = await store.Search.FindAsync(viewer, SearchQuery.Parse(it.Name), new SearchOptions(), Ct);
        var isNamed = results.Named.Sources.Count == 1;
        Assert.Equal(isNamed, results.Counted == 1);
        Assert.Equal(isNamed, results.Hits.Count == 1);
        Assert.Equal(isNamed ? 1 : 0, results.Facets!.People.Sum(p => p.Count));
        return isNamed;
    }

    // A version that is not there: whoever may edit meets a conflict, whoever may not is forbidden to.
    private static async Task<bool> IsEditRefusedOtherwiseAsync(TestStore store, Viewer viewer, Case it)
    {
        var refusal =
            await Assert.ThrowsAnyAsync<Refusal>(() =>
                store.Writer.EditAsync(viewer, it.View.Id, new AnnotationEdit(0, "Changed", "en", [], true), Ct));
        Assert.Equal(refusal is EditConflict, refusal is not Missing && viewer.PersonId == it.View.Author.Id);
        return refusal is not Missing;
    }

    private static async Task<IEnumerable<string>> EachAsync(Matrix matrix, Func<Case, Task<bool>> isThere)
    {
        List<string> found = [];
        foreach (var it in matrix.Cases)
        {
            try
            {
                if (await isThere(it))
                    found.Add(it.Name);
            }
            catch (Missing)
            {
                // As it should be for whoever may not see it.
            }
        }

        return found;
    }

    private static IEnumerable<string> Named(Matrix matrix, IEnumerable<string> names) =>
        matrix.Cases.Select(c => c.Name).Intersect(names, StringComparer.Ordinal);
}
