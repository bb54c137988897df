using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace Annotator.Benchmarks;

/// <summary>Requests per second, with the program, PostgreSQL and the load generator on the same cores.</summary>
internal static partial class ThroughputBenchmark
{
    public static async Task RunAsync(
        WebApplication app,
        string connectionString,
        IReadOnlyList<ProgramPage> pages,
        Scenery scenery,
        PagesPlan plan,
        CancellationToken ct)
    {
        var address = app.Urls.First();
        await using var database = NpgsqlDataSource.Create(connectionString);
        var run = new LoadRun(address, database);
        var (chinese, english) = (Named(pages, "Search: two characters"), Named(pages, "Search: frequent word"));
        var source = $"/sources/{scenery.Long}";
        var (cookie, tag) = await SeenAsync(address, source, ct);
        (string Name, LoadPlan Load, int? Target)[] loads =
        [
            ("Library, as kept for visitors", new("/"), 1_000),
            ("Library, rendered each time", new("/", Varies: true), null),
            ("Library of a reader, rendered", new("/", Cookie: scenery.Cookie), null),
            ("Source, 50 comments, as kept", new(source), 350),
            ("Source, 50 comments, rendered", new(source, Varies: true), null),
            ("Source, 50 comments, of a reader", new(source, Cookie: scenery.Cookie), null),
            ("Source, unchanged (304)", new(source, Cookie: cookie, Tag: tag, Expected: 304), 3_000),
            ("Search in English, as kept", new(english), 250),
            ("Search in English, rendered", new(english, Varies: true), null),
            ("Search in Chinese, as kept", new(chinese), 250),
            ("Search in Chinese, rendered", new(chinese, Varies: true), null),
            ("Permalink, as kept", new($"/a/{scenery.Comment}"), 1_500),
            ("Permalink, rendered", new($"/a/{scenery.Comment}", Varies: true), null),
        ];
        await Out.LineAsync($"");
        await Out.LineAsync(
            $"Requests per second, 8 connections, load generator on the same {Environment.ProcessorCount} cores; \"kept\" pages of visitors are rendered once per state of the store.");
        await Out.LineAsync(
            $"{"Page",-36}{"target",8}{"per s",8}{"failed",8}{"p50 ms",8}{"p99 ms",8} | CPU ms per request:{"program",9}{"PG",7}{"client",8}");
        foreach (var (name, load, target) in loads.Where(l => plan.Only is null
            || l.Name.Contains(plan.Only, StringComparison.OrdinalIgnoreCase)))
        {
            var f = await run.MeasureAsync(load with { Seconds = plan.Seconds }, ct);
            var least = target is null ? "" : $"≥ {target.Value.ToString("N0", CultureInfo.InvariantCulture)}";
            await Out.LineAsync(
                $"{name,-36}{least,8}{f.PerSecond,8:N0}{f.Failed,8}{f.Median,8:N1}{f.P99,8:N1} |{f.Program,28:N2}{f.Postgres,7:N2}{f.Generator,8:N2}");
        }
    }

    private static string Named(IReadOnlyList<ProgramPage> pages, string name) =>
        pages.First(p => p.Name.StartsWith(name, StringComparison.Ordinal)).Path;

    // A browser that has the page already: the cookie of its forms, and the ETag.
    private static async Task<(string Cookie, string Tag)> SeenAsync(string address, string path, CancellationToken ct)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
        using var first = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(address), path)), ct);
        var cookie = Cookie().Match(string.Join(';', first.Headers.GetValues("Set-Cookie"))).Value;
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(address), path));
        again.Headers.Add("Cookie", cookie);
        using var second = await http.SendAsync(again, ct);
        return (cookie, second.Headers.ETag?.ToString() ?? throw new InvalidOperationException("The page has no ETag."));
    }

    [GeneratedRegex("[.]AspNetCore[.]Antiforgery[^;]*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Cookie();
}
