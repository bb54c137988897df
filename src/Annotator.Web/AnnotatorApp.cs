using System.Text.Encodings.Web;
using System.Text.Unicode;
using Annotator.Domain.Changes;
using Annotator.Domain.Exchange.Demo;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Sources.Texts;
using Annotator.Web.Features.Accounts;
using Annotator.Web.Features.Annotations;
using Annotator.Web.Features.Home;
using Annotator.Web.Features.Preferences;
using Annotator.Web.Features.Sources;
using Annotator.Web.Hosting;
using Annotator.Web.Manage.Settings;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using MudBlazor.Services;

namespace Annotator.Web;

/// <summary>Builds the program. Tests build it the same way, on a free port.</summary>
internal static class AnnotatorApp
{
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>Runs the web server until it is stopped.</summary>
    public static async Task ServeAsync(string[] args)
    {
        var builder = Prepare(args);
        var options = AnnotatorOptions.From(builder.Configuration);
        using var logging = Observability.CreateLogging(builder.Configuration);
        builder.Services.AddSingleton(logging);
        await using var store = await Store.OpenAsync(
            builder.Configuration, options, logging.CreateLogger("Annotator"), waits: true, CancellationToken.None);
        await using var app = Build(builder, store.ConnectionString, options);
        var migrated = await store.MigrateAsync(app.Services);
        if (migrated.IsNew && (options.Demo ?? store.IsEmbedded))
            await app.Services.GetRequiredService<DemoLibrary>().LoadAsync(null, CancellationToken.None);
        var warmUp = app.Services.GetRequiredService<WarmUp>();
        warmUp.Expect();
        await StartAsync(app);
        // Takes half a second, as the first pages do: the first comment waits for neither.
        var detector = app.Services.GetRequiredService<LanguageDetector>().WarmUpAsync();
        await warmUp.RunAsync(app.Lifetime.ApplicationStopping);
        await detector;
        var data = store.DataRoot is { } root ? $"its data is in {root}" : "its data is in the configured database";
        if (!TextWorkerOptions.AreKept)
        {
            await Console.Out.WriteLineAsync(
                $"This system does not limit processes: "
                + $"files that people add are at most {TextWorkerOptions.LargestFile / Limits.Megabyte} MB.");
        }
        await Console.Out.WriteLineAsync($"Annotator is at {string.Join(" and ", app.Urls.ForPeople(options))}; {data}.");
        await UntilStoppedAsync(app, store);
    }

    /// <exception cref="Annotator.EmbeddedPostgres.EmbeddedPostgresException">
    /// The embedded PostgreSQL cannot be started again: whoever supervises the program is to act.
    /// </exception>
    private static async Task UntilStoppedAsync(WebApplication app, Store store)
    {
        var stopped = app.WaitForShutdownAsync();
        if (await Task.WhenAny(stopped, store.Lost) == stopped)
            return;
        await app.StopAsync();
        await store.Lost;
    }

    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new IOException($"{e.Message} Is it running already? Another address is chosen with --urls http://localhost:5081", e);
        }
    }

    /// <summary>Opens the store for a command, beside a running server or without one.</summary>
    public static async Task<OpenedStore> OpenAsync(IReadOnlyList<string> settings, CancellationToken ct)
    {
        var builder = Prepare([.. settings]);
        var options = AnnotatorOptions.From(builder.Configuration);
        var logging = Observability.CreateLogging(builder.Configuration, LogLevel.Warning);
        var store = await Store.OpenAsync(builder.Configuration, options, logging.CreateLogger("Annotator"), waits: false, ct);
        builder.Services.AddSingleton(logging).AddSingleton(options).AddAnnotatorDomain(store.ConnectionString).AddAnnotatorIdentity();
        var host = builder.Build();
        var migrated = await Database.MigrateAsync(host.Services, ct);
        return new OpenedStore(host.Services, options.OwnAuthority, migrated, async () =>
        {
            await host.DisposeAsync();
            await store.DisposeAsync();
            logging.Dispose();
        });
    }

    // The content root is the folder of the program, so that its files are found from any working directory.
    public static WebApplicationBuilder Prepare(string[] args)
    {
        // Settings are read once. Watching their files takes an inotify instance, of which Linux gives a user 128 for all programs.
        string[] unwatched = ["--hostBuilder:reloadConfigOnChange=false", .. args];
        var builder =
            WebApplication.CreateBuilder(new WebApplicationOptions { Args = unwatched, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        if (builder.Configuration[AnnotatorOptions.SecretsKey] is { Length: > 0 } folder)
        {
            if (!Directory.Exists(folder))
                throw new InvalidSettings([$"{AnnotatorOptions.SecretsKey} is \"{folder}\"; there is no such folder."]);
            builder.Configuration.AddKeyPerFile(folder, optional: false);
        }

        return builder;
    }

    /// <summary>The web application on a database, not yet started.</summary>
    public static WebApplication Build(WebApplicationBuilder builder, string connectionString, AnnotatorOptions options)
    {
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && string.IsNullOrEmpty(builder.Configuration["http_ports"]))
            builder.WebHost.UseUrls(DefaultUrl);
        builder.AddMetering(options);
        builder.WebHost.UseStaticWebAssets();
        builder.Services
            .AddSingleton(options)
            .AddAnnotatorDomain(connectionString, options.Database.Connections)
            .AddAnnotatorIdentity()
            .AddInterfaceLanguages()
            .AddHealth()
            .AddPublicAddress(options)
            .AddPages();
        Cookies.Add(builder.Services);
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            BodyLimits.Set(server.Limits);
        });
        var app = builder.Build();
        UseMiddleware(app, options);
        app.MapStaticAssets().WithMetadata(new NeedsNoDatabase());
        app.MapHealth();
        app.MapSecurityContact(options);
        ManifestEndpoint.Map(app);
        AddEndpoint.Map(app);
        MapForms(app.MapForms());
        SourceChanges.Map(app);
        TextQueue.Map(app);
        CommentaryEndpoints.Map(app);
        TagEndpoint.Map(app);
        // Security says who may frame a page; a second policy would contradict it.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    private static void UseMiddleware(WebApplication app, AnnotatorOptions options)
    {
        app.UseMetering(options);
        app.Use(app.Services.GetRequiredService<OwnRequests>().Through);
        app.UsePublicAddress(options);
        app.UseRequestLocalization();
        app.UseMiddleware<ErrorPages>();
        app.UseSecurityHeaders();
        app.UseRequestNumbers();
        app.Use((http, next) =>
        {
            ChangeClient.Set(http.Request.Headers["X-Client-Id"]);
            return next(http);
        });
        app.UseRouting().UseOutages();
        app.UseAuthentication();
        app.Use(BodyLimits.CheckAsync);
        app.UseRateLimiter();
        app.Use(BodyLimits.ReadFormAsync);
        app.UseAuthorization();
        // Before everything else: a visitor whose browser has the page gets 304 after one short query.
        app.UseMiddleware<VisitorPages>();
        app.UseMiddleware<Turns>();
        app.UseAntiforgery();
    }

    private static void MapForms(RouteGroupBuilder forms)
    {
        AccountEndpoints.Map(forms);
        AnnotationEndpoints.Map(forms);
        DemoEndpoints.Map(forms);
        PassageEndpoints.Map(forms);
        PasswordEndpoint.Map(forms);
        PreferenceEndpoints.Map(forms);
        SnapshotEndpoints.Map(forms);
        SourceEndpoints.Map(forms);
    }

    private static IServiceCollection AddPages(this IServiceCollection services)
    {
        // Scripts stand for themselves: the entity of a Chinese character takes eight bytes instead of three.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddScoped<ViewerAccessor>().AddScoped<PasswordEndpoint>();
        services.AddScoped<AuthenticationStateProvider, CircuitSessions>();
        services.AddScoped<OpenCircuit>().AddScoped<CircuitHandler>(sp => sp.GetRequiredService<OpenCircuit>());
        services.AddHttpContextAccessor();
        services.AddSingleton<TextQueue>();
        services.AddScoped<SourceChanges>();
        services.AddSingleton<RateLimits>().AddRateLimiter(_ => { })
            .AddSingleton<IConfigureOptions<RateLimiterOptions>>(sp => sp.GetRequiredService<RateLimits>());
        services.AddSingleton<PageVersions>().AddSingleton<SharedParts>().AddSingleton<SharedVersions>().AddScoped<CommentaryEndpoints>();
        services.AddSingleton<KeptPages>();
        services.AddHostedService<OutageWatching>();
        services.AddHostedService<ChangeListening>();
        services.AddHostedService<Purge>();
        services.AddHostedService<SearchUpkeep>();
        services.AddHostedService<CountUpkeep>();
        services.AddHostedService<MemoryUpkeep>();
        services.Configure<CircuitOptions>(circuits => circuits.DisconnectedCircuitMaxRetained = 50);
        // Open circuits and uploads delay the shutdown by at most this time.
        return services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = TimeSpan.FromSeconds(5);
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
        });
    }
}
