using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.Search;

namespace Annotator.Tests.Domain.Search;

public sealed class SavedSearchesTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task A_search_is_kept_once_under_its_last_name()
    {
        var mei = await _store.PersonAsync("Keeper");
        await SaveAsync(mei, "时间 tag:ethics", "First");
        await SaveAsync(mei, "时间   tag:ethics", " Second ");
        await SaveAsync(mei, "other", null);
        Assert.Equal([("other", "other"), ("Second", "时间 tag:ethics")], await ListAsync(mei));
    }

    [Fact]
    public async Task Nobody_sees_or_removes_the_searches_of_others()
    {
        var mei = await _store.PersonAsync("Owner");
        var tom = await _store.PersonAsync("Other");
        await SaveAsync(mei, "mine", null);
        var saved = Assert.Single(await _store.SavedSearches.ListAsync(mei, Ct));
        Assert.Empty(await ListAsync(tom));
        Assert.Empty(await ListAsync(Viewer.Visitor));
        await _store.SavedSearches.RemoveAsync(tom, saved.Id, Ct);
        Assert.Single(await ListAsync(mei));
        await _store.SavedSearches.RemoveAsync(mei, saved.Id, Ct);
        Assert.Empty(await ListAsync(mei));
    }

    [Fact]
    public async Task What_cannot_be_kept_is_refused()
    {
        var mei = await _store.PersonAsync("Refused");
        await Assert.ThrowsAsync<Forbidden>(() => SaveAsync(Viewer.Visitor, "word", null));
        Assert.Equal("required", (await Assert.ThrowsAsync<Invalid>(() => SaveAsync(mei, " ", null))).Reason);
        Assert.Equal("name", (await Assert.ThrowsAsync<Invalid>(() => SaveAsync(mei, "word", new string('x', Limits.Title + 1)))).Field);
    }

    private Task SaveAsync(Viewer viewer, string query, string? name) =>
        _store.SavedSearches.SaveAsync(viewer, SearchQuery.Parse(query), name, Ct);

    private async Task<IEnumerable<(string, string)>> ListAsync(Viewer viewer) =>
        (await _store.SavedSearches.ListAsync(viewer, Ct)).Select(s => (s.Name, s.Query));
}
