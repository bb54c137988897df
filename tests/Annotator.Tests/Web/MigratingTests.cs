using Annotator.Domain.Data;
using Annotator.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Annotator.Tests.Web;

/// <summary>A change of the tables while the program of the version before is at work on them.</summary>
public sealed class MigratingTests : IAsyncLifetime
{
    private TestDatabase? _database;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await _database!.DropAsync();

    [Fact]
    public async Task Waits_for_a_table_in_use_without_making_others_wait_behind_it()
    {
        await using var services =
            new ServiceCollection().AddAnnotatorDomain(_database!.ConnectionString).AddLogging().BuildServiceProvider();
        var databases = services.GetRequiredService<IDbContextFactory<AnnotatorDb>>();
        await using var slow = await databases.CreateDbContextAsync(Ct);
        await using var quick = await databases.CreateDbContextAsync(Ct);
        // Down by the last change of the table of annotations, which is then to be made again.
        await quick.GetService<IMigrator>().MigrateAsync("20261127212759_PrivateContexts", Ct);

        await using var reading = await slow.Database.BeginTransactionAsync(Ct);
        await slow.Database.ExecuteSqlAsync($"lock table annotation in access share mode", Ct);
        await slow.Database.ExecuteSqlAsync($"lock table annotation in row exclusive mode", Ct);
        var migrating = Database.MigrateAsync(services, Ct);
        await Until.HoldsAsync(() => WaitsAsync(quick));
        await Until.HoldsAsync(async () => !await WaitsAsync(quick));
        Assert.False(migrating.IsCompleted);
        await reading.RollbackAsync(Ct);

        await migrating;
        Assert.Empty(await quick.Database.GetPendingMigrationsAsync(Ct));
    }

    // Whether somebody waits for the table, and everybody else behind them.
    private static Task<bool> WaitsAsync(AnnotatorDb db) => db.Database.SqlQuery<bool>(
        $"""
        select exists (
            select from pg_locks where not granted and relation = 'annotation'::regclass and pid <> pg_backend_pid()) as "Value"
        """).SingleAsync(Ct);
}
