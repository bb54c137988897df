using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;

namespace Annotator.Tests.Domain.Access;

/// <summary>All ways to the texts of sources. What is found are names of <see cref="Matrix.Texts"/>.</summary>
internal static class TextDoors
{
    public static readonly Door[] All =
    [
        new("library of texts", ["/"], LibraryAsync),
        new("title of a text", [
            "/sources/new", "/sources/text", "/sources/{id}/changes",
        ], (store, matrix, viewer) => EachAsync(matrix, async it =>
            await store.Sources.TitleAsync(viewer, it.SourceId, Ct) is not null
                && await store.Sources.IsReadableAsync(viewer, it.SourceId, Ct))),
        new("reader", ["/sources/{Id}", "/sources/{id}/commentary"], (store, matrix, viewer) => EachAsync(matrix, async it =>
            (await store.Sources.ReadAsync(viewer, it.SourceId, new() { Text = it.Id }, Ct))
                .Text!.Text.Contains(it.As.Name, StringComparison.Ordinal))),
        new("highlight in a text", ["/sources/{id}/highlights"], (store, matrix, viewer) => EachAsync(matrix, async it =>
            await Assert.ThrowsAnyAsync<Refusal>(() => store.Writer.CreateAsync(
                viewer,
                Drafts.PageNote("") with { Source = null, SourceId = it.SourceId, SnapshotId = it.Id, Quote = new("no such words") },
                Ct)) is Invalid)) { NeedsAccount = true },
        new("newer text", ["/sources/text"], (store, matrix, viewer) => EachAsync(matrix, async it =>
            await store.Texts.StoreAsync(
                viewer, Drafts.Text($"Newer, by {viewer.PersonId}."), new() { SourceId = it.SourceId, Shared = false }, Ct) is not null))
                {
                    NeedsAccount = true,
                },
        new("share", ["/snapshots/{id}/share"], (store, matrix, viewer) => EachAsync(matrix, async it =>
        {
            var isChanged = await IsAllowedAsync(() => store.Texts.ShareAsync(viewer, it.Id, it.As.State is not State.OnlyMe, Ct));
            Assert.Equal(MayChange(matrix, viewer, it), isChanged);
            return true;
        })) { NeedsAccount = true },
        // Whoever may remove it is not let: the others are yet to come.
        new("remove", ["/snapshots/{id}/remove"], (store, matrix, viewer) => EachAsync(matrix, async it =>
        {
            if (!MayChange(matrix, viewer, it))
                Assert.False(await IsAllowedAsync(() => store.Texts.RemoveAsync(viewer, it.Id, Ct)));
            return await store.Sources.ReadAsync(viewer, it.SourceId, new() { Text = it.Id }, Ct) is not null;
        })) { NeedsAccount = true },
    ];

    // Administrators change what they see.
    private static bool MayChange(Matrix matrix, Viewer viewer, TextCase it) =>
        viewer.IsAdministrator || viewer.PersonId == matrix.Viewers[it.As.Author].PersonId;

    private static async Task<bool> IsAllowedAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Forbidden refusal)
        {
            Assert.Equal("change_text", refusal.Action);
            return false;
        }
    }

    private static async Task<IEnumerable<string>> LibraryAsync(TestStore store, Matrix matrix, Viewer viewer)
    {
        List<string> titles = [];
        string? after = null;
        do
        {
            var page = await store.Library.BrowseAsync(viewer, new LibraryQuery(Order: LibraryOrder.Added, After: after), Ct);
            titles.AddRange(page.Items.Select(s => s.Title));
            after = page.Next;
        } while (after is not null);
        return matrix.Texts.Where(t => titles.Contains($"Text {t.As.Name}", StringComparer.Ordinal)).Select(t => t.As.Name);
    }

    private static async Task<IEnumerable<string>> EachAsync(Matrix matrix, Func<TextCase, Task<bool>> isThere)
    {
        List<string> found = [];
        foreach (var it in matrix.Texts)
        {
            try
            {
                if (await isThere(it))
                    found.Add(it.As.Name);
            }
            catch (Missing)
            {
                // As it should be for whoever may not see it.
            }
        }

        return found;
    }
}
