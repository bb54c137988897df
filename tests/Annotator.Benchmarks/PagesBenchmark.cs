using System.Diagnostics;
using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Annotator.Web;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Annotator.Benchmarks;

/// <summary>What to measure and how.</summary>
/// <param name="Seconds">How long each page is asked for under load.</param>
/// <param name="Only">Part of the names of the pages to measure; null for all.</param>
internal sealed record PagesPlan(int Requests, string? Only, bool Explain, int Seconds);

/// <summary>Runs the program on a loaded store, asks for its pages, and runs the SQL they sent by hand.</summary>
internal static class PagesBenchmark
{
    public static async Task RunAsync(string connectionString, PagesPlan plan, CancellationToken ct)
    {
        var (times, sql) = (new ServerTimes(), new SentSql());
        await using var app = Build(connectionString, times, sql);
        await Database.MigrateAsync(app.Services, ct);
        await app.StartAsync(ct);
        using var browser = new Browser(app.Urls.First());
        await using var hand = await HandRun.OpenAsync(connectionString, ct);
        var scenery = await Scenery.PrepareAsync(app.Services, ct);
        var pages = await ProgramPages.ListAsync(scenery, browser, connectionString, ct);
        await Out.LineAsync($"");
        await Out.LineAsync($"Milliseconds on the server, one request at a time; \"SQL\" is the same queries run by hand with Npgsql.");
        await Out.LineAsync(
            $"{"Page",-44}{"target",7}{"median",9}{"p95",9}{"least",9} |{"SQL",8}{"least",9}{"ratio",7}{"queries",9}{"allocated",11}{"HTML",8}");
        foreach (var page in pages.Where(_ => plan.Requests > 0)
            .Where(p => plan.Only is null || p.Name.Contains(plan.Only, StringComparison.OrdinalIgnoreCase)))
        {
            var run = await new PageRun(browser, times, sql, hand).MeasureAsync(page, plan.Requests, ct);
            await Out.LineAsync(
                $"{page.Name,-44}{Target(page),7}{run.Served.Median,9:N1}{run.Served.P95,9:N1}{run.Served.Least,9:N1} |{run.ByHand.Median,8:N1}{run.ByHand.Least,9:N1}{run.Served.Median / run.ByHand.Median,7:N1}{run.Queries.Count,9}{run.Allocated / 1024,8:N0} KB{run.Length / 1024.0,5:N0} KB");
            if (plan.Explain)
                await hand.ExplainAsync(run.Queries, ct);
        }

        await FacetsAsync(app.Services, ct);
        if (plan.Seconds > 0)
            await ThroughputBenchmark.RunAsync(app, connectionString, pages, scenery, plan, ct);
        await app.StopAsync(ct);
    }

    // Pages find them counted, except the first in some seconds.
    private static async Task FacetsAsync(IServiceProvider services, CancellationToken ct)
    {
        var measured = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await new LibraryMenu(services.GetRequiredService<Library>(), TimeProvider.System).ForAsync(Viewer.Visitor, ct);
            measured.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var spread = Spread.Of(measured);
        await Out.LineAsync($"Facets of the library, counted anew: median {spread.Median:N1} ms, least {spread.Least:N1} ms");
    }

    private static WebApplication Build(string connectionString, ServerTimes times, SentSql sql)
    {
        // The name finds the style sheets and scripts of the program beside this one's.
        var builder = AnnotatorApp.Prepare(["--urls", "http://127.0.0.1:0", "--applicationName", "Annotator.Web"]);
        builder.Services
            .AddSingleton(Observability.CreateLogging(builder.Configuration, LogLevel.Warning))
            .AddSingleton<IStartupFilter>(times)
            .ConfigureDbContext<Domain.Data.AnnotatorDb>(options => options.AddInterceptors(sql));
        return AnnotatorApp.Build(builder, connectionString, Scenery.Settings);
    }

    private static string Target(ProgramPage page) => page.Target is { } target ? $"≤ {target}" : "";
}
