using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Search;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Search;

/// <summary>Each test has a store of its own, for a rebuild is about all that is in it.</summary>
public sealed class IndexUpkeepTests
{
    [Fact]
    public async Task What_was_written_past_the_program_is_found_after_a_sweep()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var written = await store.WriteAsync(mei, Drafts.PageNote("an aardvark", Drafts.Unique("Burrows")));
        await ExecuteAsync(store, "delete from annotation_search; delete from source_search");
        Assert.Empty(await IdsAsync(store, mei, "aardvark"));
        Assert.Equal(2, await store.Upkeep.SweepAsync(Ct));
        Assert.Equal([written.Id], await IdsAsync(store, mei, "aardvark"));
        Assert.Equal("Burrows", Assert.Single((await FindAsync(store, mei, "burrows")).Named.Sources).Title);
        Assert.Equal(0, await store.Upkeep.SweepAsync(Ct));
    }

    [Fact]
    public async Task A_rebuild_takes_over_what_changes_while_it_runs()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        var kept = await store.WriteAsync(mei, Drafts.PageNote("aardvark kept", Drafts.Unique("A")));
        var edited = await store.WriteAsync(mei, Drafts.PageNote("aardvark edited", Drafts.Unique("B")));
        var deleted = await store.WriteAsync(mei, Drafts.PageNote("aardvark deleted", Drafts.Unique("C")));
        await ExecuteAsync(store, "update annotation_search set version = 0");
        Assert.True(await store.Upkeep.IsOutdatedAsync(Ct));
        Guid added = default;
        var meanwhile = new Meanwhile(async () =>
        {
            await store.Writer.EditAsync(mei, edited.Id, new AnnotationEdit(1, "aardwolf", null, [], true), Ct);
            await store.Removal.DeleteAsync(mei, deleted.Id, Ct);
            added = (await store.WriteAsync(mei, Drafts.PageNote("aardvark added", Drafts.Unique("D")))).Id;
        });
        Assert.True(await store.Upkeep.RebuildAsync(meanwhile, Ct));
        Assert.False(await store.Upkeep.IsOutdatedAsync(Ct));
        Assert.Equal([added, kept.Id], await IdsAsync(store, mei, "aardvark"));
        Assert.Equal([edited.Id], await IdsAsync(store, mei, "aardwolf"));
        // And again: the new table is as good as the first.
        Assert.True(await store.Upkeep.RebuildAsync(null, Ct));
        Assert.Equal([added, kept.Id], await IdsAsync(store, mei, "aardvark"));
        await store.Removal.DeleteAsync(mei, added, Ct);
        Assert.Equal([kept.Id], await IdsAsync(store, mei, "aardvark"));
    }

    [Fact]
    public async Task A_rebuild_that_was_stopped_goes_on_where_it_was()
    {
        await using var store = await TestStore.CreateAsync();
        var mei = await store.PersonAsync("Mei");
        for (var i = 0; i < 3; i++)
            await store.WriteAsync(mei, Drafts.PageNote($"aardvark {i}", Drafts.Unique("A")));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var steps = new List<RebuildProgress>();
        var stopping = new Listening(p =>
        {
            if (p.Done > 0)
                stop.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Upkeep.RebuildAsync(stopping, stop.Token));
        Assert.Equal(3, (await IdsAsync(store, mei, "aardvark")).Count());
        Assert.True(await store.Upkeep.RebuildAsync(new Listening(steps.Add), Ct));
        Assert.Equal(new RebuildProgress(3, 3), steps[0]);
        Assert.Equal(3, (await IdsAsync(store, mei, "aardvark")).Count());
    }

    private static async Task ExecuteAsync(TestStore store, string sql)
    {
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        await db.Database.ExecuteSqlRawAsync(sql, Ct);
    }

    private static Task<SearchResults> FindAsync(TestStore store, Viewer viewer, string query) =>
        store.Search.FindAsync(viewer, SearchQuery.Parse(query), new SearchOptions(), Ct);

    private static async Task<IEnumerable<Guid>> IdsAsync(TestStore store, Viewer viewer, string query) =>
        (await FindAsync(store, viewer, query)).Hits.Select(h => h.Annotation.Id);

    private sealed class Listening(Action<RebuildProgress> listener) : IProgress<RebuildProgress>
    {
        public void Report(RebuildProgress value) => listener(value);
    }

    /// <summary>Does something when the rows that were there have been read.</summary>
    private sealed class Meanwhile(Func<Task> work) : IProgress<RebuildProgress>
    {
        private bool _isDone;

        public void Report(RebuildProgress value)
        {
            if (value.Done < value.Total || _isDone)
                return;
            _isDone = true;
            Task.Run(work).GetAwaiter().GetResult();
        }
    }
}
