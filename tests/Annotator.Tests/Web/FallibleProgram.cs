using System.Diagnostics;
using System.Net;
using Annotator.EmbeddedPostgres;
using Annotator.Tests.EmbeddedPostgres;
using Annotator.Web;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Annotator.Tests.Web;

/// <summary>The whole program on a PostgreSQL of its own that can be taken away from it and given back.</summary>
public sealed class FallibleProgram : IAsyncLifetime
{
    private readonly TemporaryRoot _root = new();
    private ChangeablePrograms? _programs;
    private EmbeddedPostgresServer? _server;
    private WebApplication? _app;

    internal TakenLogs Log { get; } = new();

    internal IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        _programs = await ChangeablePrograms.MakeAsync();
        // It is killed: without this, the last commits before that would be lost.
        _server = await _root.StartAsync(options => _programs.Of(options) with { Durable = true });
        var builder = AnnotatorApp.Prepare(["--urls", "http://127.0.0.1:0", "--applicationName", "Annotator.Web"]);
        builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft", LogLevel.None);
        _app = AnnotatorApp.Build(builder, _server.ConnectionString, new AnnotatorOptions());
        await Database.MigrateAsync(_app.Services, Ct);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        await _root.DisposeAsync();
        _programs?.Dispose();
    }

    internal async Task TakeDatabaseAsync()
    {
        _programs!.Refuse("FATAL:  could not write lock file \"postmaster.pid\": No space left on device");
        using var postmaster = Process.GetProcessById(PostmasterPid.Read(_root.Cluster)!.Pid);
        postmaster.Kill();
        await postmaster.WaitForExitAsync(Ct);
        using var browser = Browser();
        await UntilReadyAsync(browser, HttpStatusCode.ServiceUnavailable);
    }

    internal async Task GiveDatabaseBackAsync()
    {
        _programs!.Mend();
        using var browser = Browser();
        await UntilReadyAsync(browser, HttpStatusCode.OK);
        await Until.HoldsAsync(() => !Services.GetRequiredService<Annotator.Domain.Data.DatabaseOutage>().IsOn);
    }

    internal HttpClient Browser()
    {
#pragma warning disable RS0030 // The program itself is what is asked.
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app!.Urls.Single()) };
#pragma warning restore RS0030
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        return browser;
    }

    private static Task UntilReadyAsync(HttpClient browser, HttpStatusCode status) => Until.HoldsAsync(async () =>
    {
        using var ready = await browser.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct);
        return ready.StatusCode == status;
    });
}
