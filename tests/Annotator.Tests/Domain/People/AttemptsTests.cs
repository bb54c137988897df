using Annotator.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.People;

public sealed class AttemptsTests : IAsyncLifetime
{
    private static readonly AttemptLimit Three = new("test", 3, TimeSpan.FromMinutes(5));

    private TestStore? _store;
    private TestStore Store => _store!;

    public async ValueTask InitializeAsync() => _store = await TestStore.CreateAsync();

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    [Fact]
    public async Task After_the_most_that_are_allowed_one_waits_until_the_time_is_over()
    {
        for (var i = 0; i < 3; i++)
            Assert.Null(await CountAsync("ada"));
        Store.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(TimeSpan.FromMinutes(3), await CountAsync("ada"));
        Assert.Null(await CountAsync("mei"));
        Assert.Null(await new Attempts(Store.Databases, Store.Clock).CountAsync(Three with { Name = "other" }, "ada", Ct));
        Store.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Null(await CountAsync("ada"));
    }

    [Fact]
    public async Task What_is_refused_does_not_make_the_wait_longer()
    {
        for (var i = 0; i < 20; i++)
            await CountAsync("ada");
        Store.Clock.Advance(TimeSpan.FromMinutes(5));
        for (var i = 0; i < 3; i++)
            Assert.Null(await CountAsync("ada"));
    }

    [Fact]
    public async Task Of_many_at_once_only_as_many_as_are_allowed_get_through()
    {
        var waits = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => CountAsync("ada")));
        Assert.Equal(3, waits.Count(w => w is null));
    }

    [Fact]
    public async Task Forgotten_attempts_do_not_count()
    {
        for (var i = 0; i < 3; i++)
            await CountAsync("ada");
        await new Attempts(Store.Databases, Store.Clock).ForgetAsync(Three, "ada", Ct);
        Assert.Null(await CountAsync("ada"));
    }

    [Fact]
    public async Task Only_counts_whose_time_is_over_are_removed()
    {
        await CountAsync("ada");
        Store.Clock.Advance(TimeSpan.FromMinutes(5));
        await CountAsync("mei");
        await new Attempts(Store.Databases, Store.Clock).PruneAsync(Ct);
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        Assert.Equal(1, await db.Attempts.CountAsync(Ct));
    }

    private Task<TimeSpan?> CountAsync(string who) => new Attempts(Store.Databases, Store.Clock).CountAsync(Three, who, Ct);
}
