using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Web;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Annotator.Tests.Support;

/// <summary>The whole program on a free port and a database of its own, asked over HTTP. The tests of a class share it.</summary>
public sealed class RunningProgram : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private readonly ErrorLog _log = new();
    private TestDatabase? _database;
    private WebApplication? _app;

    internal IServiceProvider Services => _app!.Services;

    internal Uri Address => new(_app!.Urls.Single());

    internal string ConnectionString => _database!.ConnectionString;

    /// <summary>What tells the program the time.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal AnnotatorOptions Options { get; init; } = new();

    /// <summary>For tests that ask more than any people do.</summary>
    internal static AnnotatorOptions Unlimited { get; } = new()
    {
        Limits = new LimitOptions { SignIn = new(), SignUp = new(), Write = new(), Search = new(), Ingest = new(), Live = new() },
    };

    /// <summary>Adds endpoints of a test.</summary>
    internal Action<WebApplication> Map { get; init; } = _ => { };

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var builder = AnnotatorApp.Prepare(["--urls", "http://127.0.0.1:0", "--applicationName", "Annotator.Web"]);
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Services.AddSingleton(Clock);
        _app = AnnotatorApp.Build(builder, _database.ConnectionString, Options);
        Map(_app);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _database!.DropAsync();
    }

    /// <summary>What the program logged as errors since the last time it was asked.</summary>
    internal IReadOnlyList<string> TakeErrors() => _log.Take();

    /// <summary>Makes an account with <see cref="Password"/>.</summary>
    /// <returns>The id of the person.</returns>
    internal async Task<Guid> JoinAsync(string name)
    {
        await using var scope = Services.CreateAsyncScope();
        var (account, errors) = await scope.ServiceProvider.GetRequiredService<Registration>()
            .JoinAsync(new NewMember(name, $"{name}@reading.example", Password), Ct);
        return (account ?? throw new InvalidOperationException(string.Join(' ', errors))).Id;
    }

    /// <summary>Somebody's browser: it keeps cookies and follows no redirect.</summary>
    internal HttpClient Browser()
    {
#pragma warning disable RS0030 // The program itself is what is asked.
        return new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
#pragma warning restore RS0030
    }

    /// <summary>Sends the form of sign-in, as a browser does that has shown its page.</summary>
    internal static async Task<HttpResponseMessage> SignInAsync(
        HttpClient browser, string name, string password, string address = "/sign-in")
    {
        var page = await browser.GetStringAsync(new Uri(address, UriKind.Relative), Ct);
        const string field = "name=\"__RequestVerificationToken\" value=\"";
        var token = page.Split(field)[1].Split('"')[0];
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in", ["Form.Name"] = name, ["Form.Password"] = password, ["__RequestVerificationToken"] = token,
        });
        return await browser.PostAsync(new Uri(address, UriKind.Relative), form, Ct);
    }
}
