using Annotator.Web;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Annotator.Benchmarks.Load;

/// <summary>Accounts on the store, and what the program asks of PostgreSQL for the pages that are read.</summary>
internal static class LoadScene
{
    public const string Password = "correct horse battery staple";
    private const int Captured = 120;

    public static string NameOf(int number) => $"load-person-{number}";

    /// <summary>Makes the accounts that are not there yet.</summary>
    /// <returns>The statements of each of some pages of visitors.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<SentQuery>>> PrepareAsync(
        string connectionString, int people, IReadOnlyList<LoadPlace> places, CancellationToken ct)
    {
        var sql = new SentSql();
        var builder = AnnotatorApp.Prepare(["--urls", "http://127.0.0.1:0", "--applicationName", "Annotator.Web"]);
        builder.Services
            .AddSingleton(Observability.CreateLogging(builder.Configuration, LogLevel.Warning))
            .ConfigureDbContext<Domain.Data.AnnotatorDb>(options => options.AddInterceptors(sql));
        await using var app = AnnotatorApp.Build(builder, connectionString, Scenery.Settings);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Domain.People.Account>>();
            for (var i = 0; i < people; i++)
            {
                if (await accounts.FindByNameAsync(NameOf(i)) is null)
                    await JoinAsync(app.Services, i, ct);
            }
        }

        await app.StartAsync(ct);
        using var browser = new Browser(app.Urls.First());
        // What is asked for once in some minutes, for all, is not asked for by each page.
        await browser.SkimAsync("/", null, ct);
        var pages = new List<IReadOnlyList<SentQuery>>();
        for (var turn = 0; turn < Captured; turn++)
        {
            var path = places[turn * 31 % places.Count].PathAt(turn, new Random(turn));
            pages.Add(await sql.OfAsync(() => browser.SkimAsync(path, null, ct)));
        }

        await app.StopAsync(ct);
        return [.. pages.Where(p => p.Count > 0)];
    }

    private static async Task JoinAsync(IServiceProvider services, int number, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var member = new NewMember(NameOf(number), $"{NameOf(number)}@reader.example", Password);
        var (account, errors) = await scope.ServiceProvider.GetRequiredService<Registration>().JoinAsync(member, ct);
        if (account is null)
            throw new InvalidOperationException(string.Join(' ', errors.Select(e => e.Description)));
    }
}
