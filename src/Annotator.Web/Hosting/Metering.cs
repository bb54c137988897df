using Annotator.Domain.Kernel;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Annotator.Web.Hosting;

/// <summary>
/// Metrics for Prometheus on an address of their own (<see cref="AnnotatorOptions.Metrics"/>), metrics and traces for a collector where
/// OpenTelemetry's own setting <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one. Without either nothing is measured.
/// </summary>
internal static class Metering
{
    private const string Path = "/metrics";
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // The meters of ASP.NET Core (requests, circuits, limits), Npgsql (queries, connections), .NET (memory, collections) and our own.
    private static readonly string[] Meters =
    [
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Components.Server.Circuits",
        "Microsoft.AspNetCore.RateLimiting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Npgsql",
        "System.Runtime",
        Telemetry.Name,
    ];

    /// <summary>Adds the address of the metrics to those the program listens on, and what measures.</summary>
    public static void AddMetering(this WebApplicationBuilder builder, AnnotatorOptions options)
    {
        var toCollector = !string.IsNullOrEmpty(builder.Configuration[Collector]);
        if (options.Metrics is null && !toCollector)
            return;
        var measuring = builder.Services.AddOpenTelemetry().ConfigureResource(r => r.AddService("annotator"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters);
                if (options.Metrics is not null)
                    metrics.AddPrometheusExporter();
                if (toCollector)
                    metrics.AddOtlpExporter();
            });
        if (toCollector)
        {
            measuring.WithTracing(traces => traces
                // A stream lasts for hours, and a supervisor asks for health all the time.
                .AddAspNetCoreInstrumentation(o => o.Filter = http =>
                    !http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
                    && !http.Request.Path.Value!.EndsWith("/changes", StringComparison.Ordinal))
                .AddSource("Npgsql", Telemetry.Name)
                .AddOtlpExporter());
        }

        if (options.Metrics is not null)
            builder.WebHost.UseUrls([.. ListensOn(builder.Configuration), options.Metrics]);
    }

    /// <summary>The first middleware: the address of the metrics answers nothing else, and no other address answers them.</summary>
    public static void UseMetering(this WebApplication app, AnnotatorOptions options)
    {
        if (options.Metrics is null)
            return;
        var port = BindingAddress.Parse(options.Metrics).Port;
        app.UseWhen(
            http => http.Connection.LocalPort == port,
            own =>
            {
                own.UseOpenTelemetryPrometheusScrapingEndpoint(Path);
                own.Run(http =>
                {
                    http.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                });
            });
    }

    /// <summary>The addresses that people use, of those the program listens on.</summary>
    public static IEnumerable<string> ForPeople(this IEnumerable<string> urls, AnnotatorOptions options) =>
        options.Metrics is null
            ? urls
            : urls.Where(url => BindingAddress.Parse(url).Port != BindingAddress.Parse(options.Metrics).Port);

    private static IEnumerable<string> ListensOn(ConfigurationManager configuration)
    {
        if (configuration["urls"] is { Length: > 0 } urls)
            return urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return configuration["http_ports"] is { Length: > 0 } ports
            ? ports.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(port => $"http://*:{port}")
            : [AnnotatorApp.DefaultUrl];
    }
}
