using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Annotator.Benchmarks;

/// <summary>Requests for one page under load.</summary>
/// <param name="PerSecond">Answers.</param>
/// <param name="Failed">Answers with another status than expected, and broken connections.</param>
/// <param name="Program">CPU of the program, in milliseconds per request.</param>
/// <param name="Postgres">CPU of PostgreSQL's backends, in milliseconds per request; NaN where it runs elsewhere.</param>
/// <param name="Generator">CPU of the load generator, in milliseconds per request.</param>
internal sealed record LoadFigures(
    double PerSecond, int Failed, double Median, double P99, double Program, double Postgres, double Generator);

/// <summary>Asks for one page over several connections at once, from a process of its own on the same machine.</summary>
internal sealed class LoadRun(string address, NpgsqlDataSource database)
{
    public async Task<LoadFigures> MeasureAsync(LoadPlan plan, CancellationToken ct)
    {
        // What is compiled and remembered on the first requests is not measured.
        await GenerateAsync(plan with { Seconds = Math.Max(1, plan.Seconds / 3) }, ct);
        var (program, postgres) = (Environment.CpuUsage.TotalTime, await PostgresAsync(ct));
        var load = await GenerateAsync(plan, ct);
        var requests = Math.Max(1, load.Requests);
        return new LoadFigures(
            load.Requests / load.Seconds, load.Failed, load.Median, load.P99,
            (Environment.CpuUsage.TotalTime - program).TotalMilliseconds / requests,
            (await PostgresAsync(ct) - postgres) / requests,
            load.Cpu / requests);
    }

    private async Task<LoadResult> GenerateAsync(LoadPlan plan, CancellationToken ct)
    {
        using var process =
            Process.Start(new ProcessStartInfo(
                Environment.ProcessPath!, plan.Arguments(address)) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0
            ? LoadResult.Parse(said)
            : throw new InvalidOperationException($"The load generator ended with {process.ExitCode}: {said}");
    }

    // User and system time of the backends that serve this database, from /proc.
    private async Task<double> PostgresAsync(CancellationToken ct)
    {
        const int TicksPerSecond = 100;
        var ticks = 0L;
        await using var query = database.CreateCommand("select pid from pg_stat_activity where datname = current_database()");
        await using var pids = await query.ExecuteReaderAsync(ct);
        while (await pids.ReadAsync(ct))
        {
            var file = $"/proc/{pids.GetInt32(0)}/stat";
            if (!File.Exists(file))
                return double.NaN;
            var fields = (await File.ReadAllTextAsync(file, ct)).Split(") ")[^1].Split(' ');
            ticks += long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        }

        return ticks * 1000.0 / TicksPerSecond;
    }
}

/// <summary>What to ask for, how often at once and how long.</summary>
/// <param name="Varies">Whether each request is for another address, so that nothing kept answers it.</param>
/// <param name="Expected">The HTTP status of a good answer.</param>
internal sealed record LoadPlan(
    string Path, bool Varies = false, string? Cookie = null, string? Tag = null, int Expected = 200, int Connections = 8, int Seconds = 6)
{
    public IEnumerable<string> Arguments(string address)
    {
        List<string> arguments =
        [
            "requests", address, Path, "--connections", Text(Connections), "--seconds", Text(Seconds), "--expected", Text(Expected),
        ];
        if (Varies)
            arguments.Add("--vary");
        if (Cookie is not null)
            arguments.AddRange(["--cookie", Cookie]);
        if (Tag is not null)
            arguments.AddRange(["--tag", Tag]);
        return arguments;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What the load generator counted.</summary>
/// <param name="Median">Milliseconds.</param>
/// <param name="Cpu">Milliseconds of its own.</param>
internal sealed record LoadResult(int Requests, int Failed, double Seconds, double Median, double P99, double Cpu)
{
    public static LoadResult Parse(string line)
    {
        var numbers = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(n => double.Parse(n, CultureInfo.InvariantCulture))
            .ToArray();
        return new LoadResult((int)numbers[0], (int)numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Requests} {Failed} {Seconds} {Median} {P99} {Cpu}");
}
