using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Annotator.Domain.Data;
using Annotator.Web;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Annotator.Tests.Web;

/// <summary>People share the connections of the program; others of the database are not for it.</summary>
public sealed class PoolTests : IAsyncLifetime
{
    private readonly TakenLogs _log = new();
    private TestDatabase? _database;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await _database!.DropAsync();

    [Fact]
    public async Task More_requests_than_connections_wait_and_none_fails()
    {
        await using var app = await StartAsync("Maximum Pool Size=2;Timeout=120");
        using var browser = Browser(app);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(n =>
            browser.GetAsync(new Uri($"/search?q=word{n}", UriKind.Relative), Ct)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
        var used = await db.Database.SqlQuery<int>(
            $"""
            select count(*)::int as "Value" from pg_stat_activity
            where datname = current_database() and application_name = 'pool of the test'
            """).SingleAsync(Ct);
        Assert.InRange(used, 1, 2);
    }

    [Fact]
    public async Task Who_waits_too_long_for_a_connection_is_told_to_come_again()
    {
        ConcurrentQueue<string?> measured = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name is "annotator.database.refused")
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => measured.Enqueue(tags[0].Value as string));
        listener.Start();
        await using var app = await StartAsync("Maximum Pool Size=1;Timeout=1");
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
        await db.Database.OpenConnectionAsync(Ct);
        using var browser = Browser(app);
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        foreach (var page in (string[])["/", "/search?q=word"])
        {
            using var answer = await browser.GetAsync(new Uri(page, UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Contains("More pages are being asked for", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        Assert.InRange(measured.Count(why => why is "busy"), 2, int.MaxValue);
        // That is no outage.
        await Until.HoldsAsync(() => _log.Text.Contains("The program is busy", StringComparison.Ordinal));
        var outage = app.Services.GetRequiredService<DatabaseOutage>();
        Assert.False(outage.IsOn || outage.IsSilent);
        using (var style = await browser.GetAsync(new Uri("/app.css", UriKind.Relative), Ct))
            Assert.Equal(HttpStatusCode.OK, style.StatusCode);

        // Everybody else's connections are free: health has one of its own.
        using var ready = await browser.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        await db.Database.CloseConnectionAsync();
        using var again = await browser.GetAsync(new Uri("/", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Single(_log.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_page_whose_statements_take_too_long_is_refused_and_no_other()
    {
        await using var app = await StartAsync("Maximum Pool Size=1;Timeout=1;Command Timeout=2");
        using var browser = Browser(app);
        await using var db = Alone();
        await using var locked = await db.Database.BeginTransactionAsync(Ct);
        await db.Database.ExecuteSqlAsync($"lock table source, annotation in access exclusive mode", Ct);
        using var answer = await browser.GetAsync(new Uri("/", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        await Until.HoldsAsync(() => _log.Text.Contains("The program is busy", StringComparison.Ordinal));
        var outage = app.Services.GetRequiredService<DatabaseOutage>();
        Assert.False(outage.IsOn || outage.IsSilent);
        using var ready = await browser.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        await locked.RollbackAsync(Ct);
        using var again = await browser.GetAsync(new Uri("/", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Theory]
    [InlineData("Host=db", 7, 7)]
    [InlineData("Host=db;Maximum Pool Size=3", 7, 3)]
    [InlineData("Host=db;MaxPoolSize=3", 7, 3)]
    [InlineData("Host=db;Minimum Pool Size=9", 7, 9)]
    public async Task The_setting_bounds_connections_unless_the_connection_string_does(string given, int setting, int most)
    {
        await using var services = new ServiceCollection().AddLogging().AddAnnotatorDomain(given, setting).BuildServiceProvider();
        await using var db = await services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
        Assert.Equal(most, new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()).MaxPoolSize);
    }

    [Fact]
    public void Two_programs_leave_room_in_a_usual_PostgreSQL() =>
        Assert.InRange(2 * (new DatabaseOptions().Connections + 3) + Database.ConnectionsOfCommand, 1, 97);

    private async Task<WebApplication> StartAsync(string settings)
    {
        var own = new NpgsqlConnectionStringBuilder(_database!.ConnectionString) { ApplicationName = "pool of the test" };
        own.Remove("Maximum Pool Size");
        var builder = AnnotatorApp.Prepare(["--urls", "http://127.0.0.1:0", "--applicationName", "Annotator.Web"]);
        builder.Logging.ClearProviders().AddProvider(_log).SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft", LogLevel.None);
        var app = AnnotatorApp.Build(builder, $"{own.ConnectionString};{settings}", new AnnotatorOptions());
        await app.StartAsync();
        return app;
    }

    private AnnotatorDb Alone()
    {
        var options = new DbContextOptionsBuilder<AnnotatorDb>();
        AnnotatorDb.Configure(options, new NpgsqlConnectionStringBuilder(_database!.ConnectionString) { Pooling = false }.ConnectionString);
        return new AnnotatorDb(options.Options);
    }

    private static HttpClient Browser(WebApplication app)
    {
#pragma warning disable RS0030 // The program itself is what is asked.
        return new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromMinutes(5) };
#pragma warning restore RS0030
    }
}
