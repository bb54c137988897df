using System.Net;
using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Domain.Sources;
using Annotator.Domain.Sources.Texts;
using Annotator.Tests.Domain.Sources.Texts;
using Annotator.Web;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Annotator.Tests.Web;

/// <summary>Texts that take much time or memory to read, brought to the running program through its one door.</summary>
public sealed class TextBombTests : IAsyncLifetime
{
    private static readonly TextWorkerOptions Limits = new() { AtOnce = 2, Seconds = 2, Megabytes = 256 };
    private static readonly string[] Reasons =
        ["too_slow_to_read", "too_much_memory", "unreadable", "too_long", "unpacks_to_too_much", "empty_text", "no_text_in_pdf"];

    private TestDatabase? _database;
    private WebApplication? _app;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var builder = AnnotatorApp.Prepare(["--urls", "http://127.0.0.1:0", "--applicationName", "Annotator.Web"]);
        builder.Logging.ClearProviders();
        _app = AnnotatorApp.Build(builder, _database.ConnectionString, new AnnotatorOptions { Texts = Limits });
        await _app.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _database!.DropAsync();
    }

    [Fact]
    public async Task Each_is_read_or_refused_within_bounds_while_pages_are_answered()
    {
        var viewer = await ViewerAsync();
        var texts = _app!.Services.GetRequiredService<SourceTexts>();
#pragma warning disable RS0030 // The tests are the browser.
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(_app.Urls.Single()) };
#pragma warning restore RS0030
        var bombs = Bombs.All.ToList();
        var reading = bombs.ConvertAll(b => BringAsync(texts, viewer, b.Name, b.Content));
        await Until.HoldsAsync(() => _app.Services.GetRequiredService<TextWorkers>().Reading == Limits.AtOnce);
        using (var answer = await client.GetAsync(new Uri("/", UriKind.Relative), Ct))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains(reading, r => !r.IsCompleted);
        }

        var outcomes = await Task.WhenAll(reading);
        var unexpected = bombs.Zip(outcomes)
            .Where(o => o.Second is { } reason && !Reasons.Contains(reason, StringComparer.Ordinal))
            .Select(o => $"{o.First.Name}: {o.Second}");
        Assert.Empty(unexpected);
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Join(
                '\n', bombs.Zip(outcomes).Select(o => $"{o.First.Name} ({o.First.Content.Length:N0} bytes): {o.Second ?? "read"}")));
        Assert.Contains("too_slow_to_read", outcomes);
        Assert.Equal(0, _app.Services.GetRequiredService<TextWorkers>().Reading);
    }

    /// <returns>Why it is refused; null when it is read.</returns>
    private static async Task<string?> BringAsync(SourceTexts texts, Viewer viewer, string name, byte[] content)
    {
        try
        {
            await texts.AddAsync(viewer, new IncomingText.File(new MemoryStream(content), name), new TextDetails { Title = name }, Ct);
            return null;
        }
        catch (Invalid invalid)
        {
            return invalid.Reason;
        }
    }

    private async Task<Viewer> ViewerAsync()
    {
        await using var db = await _app!.Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
        var person = Person.Named(new Userid("ada", "library.example"), null, TimeProvider.System.GetUtcNow());
        db.People.Add(person);
        await db.SaveChangesAsync(Ct);
        return new Viewer(person.Id);
    }
}
