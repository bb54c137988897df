using System.Diagnostics;
using Annotator.Domain.Access;
using Annotator.Domain.Exchange;
using Annotator.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Annotator.Benchmarks;

/// <summary>Imports records into an empty store.</summary>
internal static class ImportBenchmark
{
    public static async Task RunAsync(string connectionString, FileInfo? records, CancellationToken ct)
    {
        await using var services = new ServiceCollection().AddAnnotatorDomain(connectionString).BuildServiceProvider();
        await Database.MigrateAsync(services, ct);
        await using Stream input = records is null ? await MadeUpAsync(new MadeUpRecords(), ct) : records.OpenRead();
        await ImportAsync(services, input, target: 2_000, ct);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await VacuumAsync(connection, ct);
        await using var size = new NpgsqlCommand("select pg_size_pretty(pg_database_size(current_database()))", connection);
        await Out.LineAsync($"Database: {await size.ExecuteScalarAsync(ct)}");
    }

    /// <param name="target">Records a second, printed beside the figure.</param>
    /// <returns>Records a second.</returns>
    public static async Task<double> ImportAsync(IServiceProvider services, Stream input, int target, CancellationToken ct)
    {
        var options = new ImportOptions { DefaultAuthority = "benchmark.example", KeepAuthors = true };
        var memory = new Memory(input.Length);
        var (start, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var report = await services.GetRequiredService<Importer>().ImportAsync(Viewer.Operator, input, options, memory, ct);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var computed = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        await Out.LineAsync(
            $"Import: {report.Stored:N0} of {report.Read:N0} records stored in {seconds:N1} s, {report.Read / seconds:N0} records/s (target: at least {target:N0} on two cores); the program computed for {computed:N1} s of that, besides PostgreSQL");
        await Out.LineAsync(
            $"Peak working set: {Out.Megabytes(Memory.Peak)} ({Out.Megabytes(memory.AtQuarter)} after a quarter of the file)");
        return report.Read / seconds;
    }

    /// <summary>What autovacuum does within a minute or two of a large import.</summary>
    public static async Task VacuumAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var vacuum = new NpgsqlCommand("vacuum (analyze)", connection) { CommandTimeout = 0 };
        await vacuum.ExecuteNonQueryAsync(ct);
    }

    /// <returns>A file that goes when it is closed.</returns>
    public static async Task<Stream> MadeUpAsync(MadeUpRecords records, CancellationToken ct)
    {
        var file = File.Create(
            Path.Combine(Path.GetTempPath(), $"annotator-benchmark-{Environment.ProcessId}.jsonl"), 1 << 16, FileOptions.DeleteOnClose);
        await records.WriteAsync(file, ct);
        file.Position = 0;
        return file;
    }

    /// <summary>Bounded memory shows in a peak that is reached early.</summary>
    private sealed class Memory(long bytes) : IProgress<ImportProgress>
    {
        public static long Peak
        {
            get
            {
                using var process = Process.GetCurrentProcess();
                return process.PeakWorkingSet64;
            }
        }

        public long AtQuarter { get; private set; }

        public void Report(ImportProgress value)
        {
            if (AtQuarter == 0 && value.BytesRead >= bytes / 4)
                AtQuarter = Peak;
        }
    }
}
