using System.Diagnostics;
using Npgsql;

namespace Annotator.Benchmarks.Search;

/// <summary>Brings records of the corpus into the store and says what that takes: time, memory, room on the disk.</summary>
internal static class StoreLoad
{
    private const int Target = 5_000;

    // The table and its indexes, then the whole database.
    private const string Sizes = """
        select name, pg_size_pretty(size) from (
          select 1 turn, 'annotation_search, rows' name, pg_table_size('annotation_search') size
          union all select 2, indexrelid::regclass::text, pg_relation_size(indexrelid) from pg_index where indrelid = 'annotation_search'::regclass
          union all select 3, 'database', pg_database_size(current_database())) sizes
        order by turn, name
        """;

    /// <param name="present">Records of the corpus that the store has already.</param>
    public static async Task RunAsync(
        IServiceProvider services, string connectionString, CorpusFile corpus, int present, Scorecard card, CancellationToken ct)
    {
        await using (var input = corpus.OpenRead(present))
            card.AtLeast("import, records/s", await ImportBenchmark.ImportAsync(services, input, Target, ct), Target);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        var start = Stopwatch.GetTimestamp();
        await ImportBenchmark.VacuumAsync(connection, ct);
        await Out.LineAsync($"Vacuum and statistics: {Stopwatch.GetElapsedTime(start).TotalSeconds:N1} s");
        await using var sizes = new NpgsqlCommand(Sizes, connection);
        await using var reader = await sizes.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            await Out.LineAsync($"  {reader.GetString(0),-44}{reader.GetString(1),10}");
    }
}
