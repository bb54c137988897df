using System.Net;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Web;
using Annotator.Web.Features.Sources;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Annotator.Tests.Web;

/// <summary>Readiness is what a supervisor restarts the program by.</summary>
public sealed class ReadinessTests : IAsyncLifetime
{
    private readonly TakenLogs _log = new();
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_program_is_ready_when_it_has_rendered_what_open_pages_will_ask_for(bool hasSource)
    {
        var builder = AnnotatorApp.Prepare(["--urls", "http://127.0.0.1:0", "--applicationName", "Annotator.Web"]);
        builder.Logging.ClearProviders();
        await using var app = AnnotatorApp.Build(builder, _database!.ConnectionString, new AnnotatorOptions());
        if (hasSource)
        {
            await using var db = await app.Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
            var person = Person.Named(new Userid("mei", "reading.example"), null, TimeProvider.System.GetUtcNow());
            db.People.Add(person);
            await db.SaveChangesAsync(Ct);
            await app.Services.GetRequiredService<AnnotationWriter>()
                .CreateAsync(new Viewer(person.Id), Drafts.CommentOn(Drafts.Desperation, "Is it?"), Ct);
        }

        var warmUp = app.Services.GetRequiredService<WarmUp>();
        warmUp.Expect();
        await app.StartAsync(Ct);
#pragma warning disable RS0030 // The program itself is what is asked.
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
#pragma warning restore RS0030
        using (var early = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
        using (var live = await client.GetAsync(new Uri("/health/live", UriKind.Relative), Ct))
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        await warmUp.RunAsync(Ct);
        using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal(hasSource ? 1 : 0, app.Services.GetRequiredService<SharedParts>().Rendered);
    }

    [Fact]
    public async Task The_comment_that_is_written_to_warm_up_is_never_stored()
    {
        var builder = AnnotatorApp.Prepare(["--urls", "http://127.0.0.1:0", "--applicationName", "Annotator.Web"]);
        builder.Logging.ClearProviders().AddProvider(_log);
        await using var app = AnnotatorApp.Build(builder, _database!.ConnectionString, new AnnotatorOptions());
        await using var scope = app.Services.CreateAsyncScope();
        var (account, _) = await scope.ServiceProvider.GetRequiredService<Registration>()
            .JoinAsync(new NewMember("Mei", "mei@reading.example", RunningProgram.Password), Ct);
        await app.Services.GetRequiredService<AnnotationWriter>()
            .CreateAsync(new Viewer(account!.Id), Drafts.CommentOn(Drafts.Desperation, "Is it?"), Ct);
        await app.StartAsync(Ct);
        await using var db = scope.ServiceProvider.GetRequiredService<AnnotatorDb>();
        var (annotations, changes, numbered) = (await db.Annotations.CountAsync(Ct), await db.Changes.CountAsync(Ct), await NumberAsync());

        await app.Services.GetRequiredService<WarmUp>().RunAsync(Ct);

        Assert.DoesNotContain("warmed up", _log.Text, StringComparison.Ordinal);
        Assert.Equal((annotations, changes), (await db.Annotations.CountAsync(Ct), await db.Changes.CountAsync(Ct)));
        // A comment was written and rolled back: a number of the sequence that was taken stays taken.
        Assert.NotEqual(numbered, await NumberAsync());

        Task<long> NumberAsync() => db.Database
            .SqlQuery<long>($"select pg_sequence_last_value(pg_get_serial_sequence('change', 'id')) as \"Value\"").SingleAsync(Ct);
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
