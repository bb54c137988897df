using Annotator.Domain.Data;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Annotator.Web.Hosting;

/// <summary>Logs and health.</summary>
internal static class Observability
{
    /// <summary>Readable lines on a terminal, JSON in a container.</summary>
    public static ILoggerFactory CreateLogging(IConfiguration configuration, LogLevel from = LogLevel.Information)
    {
        var log = new LoggerConfiguration()
            .MinimumLevel.Is(from is LogLevel.Information ? LogEventLevel.Information : LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
            // Silences the warning at each start that keys are not encrypted at rest: they are in the database, beside the data
            // that they protect.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            // Failures throw and are logged where they are caught; on a new database EF Core logs an error for its missing
            // migration table.
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Fatal)
            // A cookie or form that is none of this program's would add a stack trace each time; the answer says that it was refused.
            .MinimumLevel.Override("Microsoft.AspNetCore.Antiforgery", LogEventLevel.Fatal)
            // A failing start throws as well, and is reported in one line.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting", LogEventLevel.Fatal)
            .ReadFrom.Configuration(configuration)
            // Each question of a supervisor while the program starts, or in an outage, would be an error in the log.
            .Filter.ByExcluding(
                line => line.Properties.TryGetValue("HealthCheckName", out var name)
                    && name is ScalarValue { Value: WarmUp.Name or StoreAnswers.Name })
            // An outage has lines of its own (DatabaseOutage); frameworks would add a stack trace for each that it meets.
            .Filter.ByExcluding(line => DatabaseOutage.Explains(line.Exception))
            .Enrich.FromLogContext();
        var inContainer = string.Equals(
            Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER"), "true", StringComparison.OrdinalIgnoreCase);
        log = inContainer
            ? log.WriteTo.Console(new CompactJsonFormatter(), standardErrorFromLevel: LogEventLevel.Verbose)
            : log.WriteTo.Console(
                outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj} {RequestId}{NewLine}{Exception}",
                formatProvider: System.Globalization.CultureInfo.InvariantCulture,
                standardErrorFromLevel: LogEventLevel.Verbose);
        return new Serilog.Extensions.Logging.SerilogLoggerFactory(log.CreateLogger(), dispose: true);
    }

    /// <summary>Each answer says the number by which the log names the request.</summary>
    public static IApplicationBuilder UseRequestNumbers(this IApplicationBuilder app) =>
        app.Use((http, next) =>
        {
            http.Response.Headers["X-Request-Id"] = http.TraceIdentifier;
            return next(http);
        });

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<OwnRequests>().AddSingleton<WarmUp>();
        services.AddHealthChecks()
            .AddCheck<StoreAnswers>(StoreAnswers.Name, tags: ["ready"])
            .AddCheck<ServicesRun>("services", tags: ["ready"])
            .AddCheck<WarmUp>(WarmUp.Name, tags: ["ready"]);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).WithMetadata(new NeedsNoDatabase());
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") })
            .WithMetadata(new NeedsNoDatabase());
    }

    private sealed class StoreAnswers(DatabaseProbe probe) : IHealthCheck
    {
        public const string Name = "store";

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await probe.AnswersAsync() ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The database does not answer.");
    }

    /// <summary>
    /// A background service that has ended by an exception stays dead while pages are served. Readiness says so, for whoever restarts
    /// the program.
    /// </summary>
    private sealed class ServicesRun(IServiceProvider services) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var dead = services.GetServices<IHostedService>().OfType<BackgroundService>()
                .Where(s => s.ExecuteTask is { IsFaulted: true })
                .Select(s => s.GetType().Name);
            return Task.FromResult(string.Join(", ", dead) is { Length: > 0 } names
                ? HealthCheckResult.Unhealthy($"Ended by an exception: {names}")
                : HealthCheckResult.Healthy());
        }
    }
}
