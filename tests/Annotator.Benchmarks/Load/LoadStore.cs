using Annotator.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Annotator.Benchmarks.Load;

/// <summary>A store with very many made-up records, which may be kept for another run.</summary>
internal static class LoadStore
{
    /// <summary>A source that very many talk about has about one record of 230, as the 30 others that most talk about.</summary>
    private const int Crowded = 30;

    /// <param name="folder">Where it is kept; null for one that goes with the program.</param>
    /// <param name="records">How many are made up when it has fewer.</param>
    public static async Task<PrivateStore> OpenAsync(string? folder, int records, CancellationToken ct)
    {
        var store = folder is null ? await PrivateStore.StartAsync(ct) : await PrivateStore.StartAsync(folder, isKept: true, ct);
        try
        {
            await FillAsync(store.ConnectionString, records, ct);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private static async Task FillAsync(string connectionString, int records, CancellationToken ct)
    {
        await using var services = new ServiceCollection().AddAnnotatorDomain(connectionString).BuildServiceProvider();
        await Database.MigrateAsync(services, ct);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var count = new NpgsqlCommand("select count(*) from annotation", connection) { CommandTimeout = 0 };
        if ((long)(await count.ExecuteScalarAsync(ct))! >= records)
            return;
        // An import that was interrupted goes on: what is there is not stored again.
        await using var input = await ImportBenchmark.MadeUpAsync(new MadeUpRecords(records, Crowded), ct);
        await ImportBenchmark.ImportAsync(services, input, target: 2_000, ct);
        await ImportBenchmark.VacuumAsync(connection, ct);
    }
}
