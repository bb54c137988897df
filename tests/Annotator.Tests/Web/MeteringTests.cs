using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Annotator.Web;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Annotator.Tests.Web;

/// <summary>What operators measure stands on an address of its own, and says nothing of what people read and write.</summary>
public sealed class MeteringTests : IAsyncLifetime
{
    private TestDatabase? _database;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await _database!.DropAsync();

    [Fact]
    public async Task Metrics_are_answered_on_their_own_address_alone()
    {
        var address = FreeAddress();
        await using var app = await StartAsync(address);
        using var people = Client(Assert.Single(app.Urls.ForPeople(new AnnotatorOptions { Metrics = address })));
        using var operators = Client(address);

        using var page = await people.GetAsync(new Uri("/search?q=unheard-of-word", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        await Until.HoldsAsync(async () =>
        {
            var metrics = await operators.GetStringAsync(new Uri("/metrics", UriKind.Relative), Ct);
            Assert.DoesNotContain("unheard-of-word", metrics, StringComparison.Ordinal);
            return metrics.Contains("http_server_request_duration_seconds_count", StringComparison.Ordinal)
                && metrics.Contains("annotator_search_duration_seconds_count", StringComparison.Ordinal)
                && metrics.Contains("db_client_", StringComparison.Ordinal);
        });

        using var elsewhere = await people.GetAsync(new Uri("/metrics", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        using var library = await operators.GetAsync(new Uri("/", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, library.StatusCode);
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_answered_nor_measured()
    {
        await using var app = await StartAsync(metrics: null);
        using var people = Client(Assert.Single(app.Urls));
        using var metrics = await people.GetAsync(new Uri("/metrics", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, metrics.StatusCode);
        Assert.Null(app.Services.GetService<MeterProvider>());
    }

    [Fact]
    public async Task A_collector_gets_traces_of_requests_queries_and_searches_without_what_was_searched_for()
    {
        var received = new ConcurrentQueue<(string Path, string Text)>();
        await using var collector = await CollectAsync(received);
        await using var app = await StartAsync(
            null, $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Urls.Single()}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
        using var people = Client(Assert.Single(app.Urls));
        using (var page = await people.GetAsync(new Uri("/search?q=unheard-of-word", UriKind.Relative), Ct))
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        // The trace of a request ends after its answer.
        await Until.HoldsAsync(() =>
        {
            app.Services.GetRequiredService<TracerProvider>().ForceFlush();
            return Traces().Contains("GET /search", StringComparison.Ordinal);
        });
        app.Services.GetRequiredService<MeterProvider>().ForceFlush();
        var traces = Traces();
        Assert.Contains("postgresql", traces, StringComparison.Ordinal);
        Assert.Contains("search", traces, StringComparison.Ordinal);
        Assert.Contains(received, r => r.Path is "/v1/metrics" && r.Text.Contains("annotator.search.duration", StringComparison.Ordinal));
        Assert.DoesNotContain(received, r => r.Text.Contains("unheard", StringComparison.Ordinal));

        string Traces() => string.Concat(received.Where(r => r.Path is "/v1/traces").Select(r => r.Text));
    }

    [Fact]
    public async Task Each_answer_has_a_number_and_the_page_of_a_failure_says_it()
    {
        await using var app = await StartAsync(metrics: null);
        app.MapGet("/fails", string () => throw new InvalidOperationException("Nobody expects it."));
        using var people = Client(Assert.Single(app.Urls));
        using var library = await people.GetAsync(new Uri("/", UriKind.Relative), Ct);
        using var failure = await people.GetAsync(new Uri("/fails", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.InternalServerError, failure.StatusCode);
        var number = Assert.Single(failure.Headers.GetValues("X-Request-Id"));
        Assert.Contains($"<code>{number}</code>", await failure.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.NotEqual(number, Assert.Single(library.Headers.GetValues("X-Request-Id")));
    }

    private async Task<WebApplication> StartAsync(string? metrics, params string[] settings)
    {
        var builder = AnnotatorApp.Prepare(["--urls", "http://127.0.0.1:0", "--applicationName", "Annotator.Web", .. settings]);
        builder.Logging.ClearProviders();
        var app = AnnotatorApp.Build(builder, _database!.ConnectionString, new AnnotatorOptions { Metrics = metrics });
        await app.StartAsync(Ct);
        return app;
    }

    private static async Task<WebApplication> CollectAsync(ConcurrentQueue<(string Path, string Text)> received)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var collector = builder.Build();
        collector.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var body = new StreamReader(request.Body, Encoding.Latin1);
            received.Enqueue((request.Path.Value!, await body.ReadToEndAsync(Ct)));
            return TypedResults.Ok();
        });
        await collector.StartAsync(Ct);
        return collector;
    }

    // A port that was free a moment ago.
    private static string FreeAddress()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return $"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}";
    }

    private static HttpClient Client(string address)
    {
#pragma warning disable RS0030 // The program itself is what is asked.
        return new HttpClient { BaseAddress = new Uri(address) };
#pragma warning restore RS0030
    }
}
