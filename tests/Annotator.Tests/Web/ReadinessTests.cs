using System.Net;
using Annotator.Web;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Annotator.Tests.Web;

/// <summary>Readiness is what a supervisor restarts the program by.</summary>
public sealed class ReadinessTests : IAsyncLifetime
{
    private TestDatabase? _database;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await _database!.DropAsync();

    [Theory]
    [InlineData(false, HttpStatusCode.OK)]
    [InlineData(true, HttpStatusCode.ServiceUnavailable)]
    public async Task A_background_service_that_has_died_makes_the_program_not_ready(bool dies, HttpStatusCode expected)
    {
        var builder = AnnotatorApp.Prepare(["--urls", "http://127.0.0.1:0", "--applicationName", "Annotator.Web"]);
        builder.Logging.ClearProviders();
        var service = new MayDie(dies);
        builder.Services.AddSingleton<IHostedService>(service);
        await using var app = AnnotatorApp.Build(builder, _database!.ConnectionString, new AnnotatorOptions());
        await app.StartAsync(Ct);
        await service.ExecuteTask!.ContinueWith(_ => { }, Ct, TaskContinuationOptions.None, TaskScheduler.Default);
#pragma warning disable RS0030 // The program itself is what is asked.
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
#pragma warning restore RS0030
        using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct);
        Assert.Equal(expected, ready.StatusCode);
        using var live = await client.GetAsync(new Uri("/health/live", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    private sealed class MayDie(bool dies) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            if (dies)
                throw new InvalidOperationException("Nobody expects it.");
        }
    }
}
