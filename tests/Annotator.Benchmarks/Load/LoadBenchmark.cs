using Annotator.Domain.Kernel;
using Npgsql;

namespace Annotator.Benchmarks.Load;

/// <summary>What to measure.</summary>
/// <param name="OpenPages">Pages that are open at once afterwards.</param>
/// <param name="IsBrief">Whether only times and processor time are wanted.</param>
/// <param name="Program">Annotator.Web.dll of another build; null for this one's.</param>
internal sealed record LoadOptions(string? Data, int Records, CrowdPlan Crowd, int OpenPages, bool IsBrief, string? Program);

/// <summary>Many people read and write at once on a large store.</summary>
internal static class LoadBenchmark
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(90);

    public static async Task RunAsync(LoadOptions options, CancellationToken ct)
    {
        var plan = options.Crowd;
        await using var store = await LoadStore.OpenAsync(options.Data, options.Records, ct);
        var places = await LoadPlace.DrawAsync(store.ConnectionString, ct);
        // Every third reader has an account, as all writers have.
        var people = plan.Writers + plan.Readers / 3;
        var statements = await LoadScene.PrepareAsync(store.ConnectionString, people, places, ct);
        await using var served = await ServedProgram.StartAsync(
            options.Program ?? Path.Combine(AppContext.BaseDirectory, "Annotator.Web.dll"), store.ConnectionString, store.Folder, ct);
        var idle = options.IsBrief ? 0 : await SettledAsync(served, ct);
        var visitors = Enumerable.Range(0, plan.Readers + plan.Writers).Select(i => new LoadVisitor(served.Address, i)).ToList();
        for (var i = 0; i < people; i++)
            await visitors[i].SignInAsync(LoadScene.NameOf(i), LoadScene.Password, ct);
        var crowd = new Crowd(places, visitors[plan.Writers..], visitors[..plan.Writers]);
        // What is compiled and cached with the first requests is not measured.
        await new Crowd(places, visitors[plan.Writers..], visitors[..plan.Writers]).RunAsync(Math.Min(20, plan.Seconds), ct);
        var postgres = new PostgresUse(store.Folder);
        var (program, database) = (served.Cpu, postgres.Cpu);
        await crowd.RunAsync(plan.Seconds, ct);
        (program, database) = (served.Cpu - program, postgres.Cpu - database);
        var after = served.Memory;
        var requests = crowd.Pages.Count + crowd.Searches.Count + 2 * crowd.Comments.Count;
        await TimesAsync(crowd, plan);
        await Out.LineAsync(
            $"Comments acknowledged: {crowd.Stored.Count}, stored: {await StoredAsync(store.ConnectionString, crowd.Stored, ct)}");
        await Out.LineAsync(
            $"CPU ms per request: program {program.TotalMilliseconds / requests:N1}, PostgreSQL {1000 * database / requests:N1}; cores in use: {(program.TotalSeconds + database) / plan.Seconds:N2}");
        if (options.IsBrief)
        {
            visitors.ForEach(v => v.Dispose());
            return;
        }

        await PgBenchAsync(store, statements, crowd, plan, ct);
        visitors.ForEach(v => v.Dispose());
        await Out.LineAsync(
            $"Memory of the program: idle {Out.Megabytes(idle)} (target: at most 200 MB), at the end of the load {Out.Megabytes(after)}, at rest again {Out.Megabytes(await SettledAsync(served, ct))} (target: below 350 MB)");
        await OpenPagesAsync(served, places, options.OpenPages, ct);
    }

    // A program at rest gives memory back some minutes later at the latest.
    private static async Task<long> SettledAsync(ServedProgram served, CancellationToken ct)
    {
        var memory = served.Memory;
        for (var last = long.MaxValue; memory < last;)
        {
            last = memory - (memory / 100);
            await Task.Delay(Rest, ct);
            memory = served.Memory;
        }

        return memory;
    }

    private static async Task TimesAsync(Crowd crowd, CrowdPlan plan)
    {
        await Out.LineAsync(
            $"{plan.Readers} readers, a page every 2 s, a third of them searches; {plan.Writers} writers, a comment every 5 s; {plan.Seconds} s; times from when each was due.");
        await Out.LineAsync($"{"",-34}{"count",8}{"p50 ms",9}{"p95 ms",9}{"p99 ms",9}{"most",9}{"target",9}");
        await TimesAsync("Reads", [.. crowd.Pages, .. crowd.Searches], 300);
        await TimesAsync("  pages", [.. crowd.Pages], null);
        await TimesAsync("  searches", [.. crowd.Searches], null);
        await TimesAsync("Writes, form and sending", [.. crowd.Comments], 400);
        await TimesAsync("  sending", [.. crowd.Sendings], null);
        var slices = crowd.Course.GroupBy(c => (int)c.Due / 10).OrderBy(g => g.Key).Select(g => Spread.Of(g.Select(c => c.Took)).P95);
        await Out.LineAsync($"Reads, p95 ms of each 10 s: {string.Join(' ', slices.Select(ms => $"{ms:N0}"))}");
        await Out.LineAsync($"Errors: {crowd.Errors.Values.Sum()}");
        foreach (var (error, count) in crowd.Errors)
            await Out.LineAsync($"  {count} × {error}");
    }

    private static async Task TimesAsync(string name, List<double> times, int? target)
    {
        times.Sort();
        var (p50, p95, p99) = (At(0.5), At(0.95), At(0.99));
        var most = times.Count == 0 ? double.NaN : times[^1];
        await Out.LineAsync(
            $"{name,-34}{times.Count,8}{p50,9:N0}{p95,9:N0}{p99,9:N0}{most,9:N0}{(target is null ? "" : $"≤ {target}"),9}");

        double At(double share) => times.Count == 0 ? double.NaN : times[(int)(share * (times.Count - 1))];
    }

    private static async Task<long> StoredAsync(string connectionString, IEnumerable<string> ids, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var count = new NpgsqlCommand(
            "select count(*) from annotation a join annotation_search s on s.annotation_id = a.id where a.id = any($1)", connection)
        {
            Parameters = { new() { Value = ids.Select(id => PublicId.Parse(id, "annotation")).ToArray() } },
        };
        return (long)(await count.ExecuteScalarAsync(ct))!;
    }

    private static async Task PgBenchAsync(
        PrivateStore store, IReadOnlyList<IReadOnlyList<SentQuery>> statements, Crowd crowd, CrowdPlan plan, CancellationToken ct)
    {
        var reads = crowd.Pages.Concat(crowd.Searches).ToList();
        if (await PgBench.RunAsync(store, statements, plan.Readers / 2.0, ct) is not { } alone)
        {
            await Out.LineAsync($"There is no pgbench beside this PostgreSQL: no ratio.");
            return;
        }

        var spread = Spread.Of(reads.DefaultIfEmpty());
        await Out.LineAsync(
            $"The SQL of {statements.Count} of these reads by pgbench, as many a second, nobody writing: p50 {alone.Times.Median:N1} ms, p95 {alone.Times.P95:N1} ms, {1000 * alone.Cpu:N1} ms of CPU; reads are {spread.Median / alone.Times.Median:N1} × and {spread.P95 / alone.Times.P95:N1} × that");
    }

    private static async Task OpenPagesAsync(ServedProgram served, IReadOnlyList<LoadPlace> places, int count, CancellationToken ct)
    {
        if (count == 0)
            return;
        var before = await SettledAsync(served, ct);
        var pages = Enumerable.Range(0, count)
            .Select(i => new OpenPage(new Uri(served.Address, $"/sources/{places[i % places.Count].Source}"), i))
            .ToList();
        var few = new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct };
        await Parallel.ForEachAsync(pages, few, async (page, token) => await page.OpenAsync(token));
        await Out.LineAsync(
            $"{count} open source pages: {(await SettledAsync(served, ct) - before) / 1024.0 / count:N1} KB each (target: at most 60), {pages.Sum(p => p.Failures)} failed");
        pages.ForEach(p => p.Dispose());
    }
}
