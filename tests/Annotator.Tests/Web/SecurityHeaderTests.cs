using System.Net;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Annotator.Tests.Web;

/// <summary>
/// Whatever the program answers keeps a page to itself: nobody frames it, no script stands in it, nothing is guessed of its type.
/// </summary>
public sealed class SecurityHeaderTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    private static readonly (string Header, string Part)[] Expected =
    [
        ("Content-Security-Policy", "default-src 'self'; script-src 'self'; "),
        ("Content-Security-Policy", "; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"),
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=()"),
    ];

    [Fact]
    public async Task Every_endpoint_answers_with_them()
    {
        var addresses = Addresses();
        Assert.True(addresses.Count > 20, $"{addresses.Count} addresses");
        Assert.Contains("/sources/{Id}", addresses);
        using var browser = program.Browser();
        var faults = new List<string>();
        foreach (var address in addresses)
        {
            using var answer = await browser.GetAsync(
                new Uri(Uri.EscapeDataString(address).Replace("%2F", "/", StringComparison.Ordinal), UriKind.Relative),
                HttpCompletionOption.ResponseHeadersRead,
                Ct);
            faults.AddRange(MissingIn(answer));
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Pages_streams_files_redirects_and_refusals_answer_with_them()
    {
        var viewer = new Viewer(await program.JoinAsync("Keeper"));
        var written = await program.Services.GetRequiredService<AnnotationWriter>()
            .CreateAsync(viewer, Drafts.CommentOn(Drafts.Desperation, "Still true."), Ct);
        var source = $"/sources/{PublicId.Of(written.SourceId)}";
        using var browser = program.Browser();
        foreach (var (address, status) in new[]
                 {
                     ("/", HttpStatusCode.OK),
                     (source, HttpStatusCode.OK),
                     ($"{source}?reply={written.PublicId}", HttpStatusCode.Unauthorized),
                     ($"/a/{written.PublicId}", HttpStatusCode.OK),
                     (
                         $"{source}/changes", HttpStatusCode.OK), (
                             "/search?q=true", HttpStatusCode.OK), (
                                 "/sources/nonsense", HttpStatusCode.NotFound), ("/no/such/page", HttpStatusCode.NotFound),
                     (
                         "/app.css", HttpStatusCode.OK), (
                             "/reader/page.js", HttpStatusCode.OK), (
                                 "/no-such-file.css", HttpStatusCode.NotFound), ("/health/ready", HttpStatusCode.OK),
                 })
        {
            using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Ct);
            Assert.Equal((address, status), (address, answer.StatusCode));
            Assert.Empty(MissingIn(answer));
        }

        using var forged = await browser.PostAsync(new Uri("/sign-out", UriKind.Relative), null, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Empty(MissingIn(forged));
        using var signedIn = await RunningProgram.SignInAsync(browser, "Keeper", RunningProgram.Password);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.Empty(MissingIn(signedIn));
    }

    [Fact]
    public void An_answer_without_them_is_caught()
    {
        using var bare = new HttpResponseMessage { RequestMessage = new(HttpMethod.Get, "http://here/") };
        Assert.Equal(Expected.Length, MissingIn(bare).Count());
        bare.Headers.Add("Content-Security-Policy", "default-src 'self'; script-src 'self' 'unsafe-inline'");
        Assert.Equal(Expected.Length, MissingIn(bare).Count());
    }

    [Fact]
    public async Task Nothing_that_somebody_signed_in_gets_is_kept_by_a_cache()
    {
        await program.JoinAsync("Mei");
        using var browser = program.Browser();
        using (await RunningProgram.SignInAsync(browser, "Mei", RunningProgram.Password))
        {
            // Files of the program are the same for everybody.
            Assert.Empty(await KeptAsync(
                browser, Addresses().Where(a => !Path.HasExtension(a) && !a.Contains("{**", StringComparison.Ordinal))));
        }
    }

    [Fact]
    public async Task Pages_for_everybody_are_asked_for_again_and_errors_are_not_kept()
    {
        using var browser = program.Browser();
        using var refusal = await browser.GetAsync(new Uri("/no/such/page", UriKind.Relative), Ct);
        Assert.Contains("no-store", refusal.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        using var first = await browser.GetAsync(new Uri("/", UriKind.Relative), Ct);
        using var second = await browser.GetAsync(new Uri("/", UriKind.Relative), Ct);
        Assert.Equal("no-cache, private", second.Headers.CacheControl?.ToString());
        Assert.NotNull(second.Headers.ETag);
    }

    private static async Task<List<string>> KeptAsync(HttpClient browser, IEnumerable<string> addresses)
    {
        var kept = new List<string>();
        foreach (var address in addresses)
        {
            using var answer = await browser.GetAsync(
                new Uri(Uri.EscapeDataString(address).Replace("%2F", "/", StringComparison.Ordinal), UriKind.Relative),
                HttpCompletionOption.ResponseHeadersRead,
                Ct);
            if (answer.Headers.CacheControl is not { NoStore: true })
                kept.Add($"{address}: {(int)answer.StatusCode} {answer.Headers.CacheControl}");
        }

        return kept;
    }

    private List<string> Addresses() =>
    [
        .. program.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is null or { Count: 0 } or ["GET", ..])
            .Select(e => "/" + e.RoutePattern.RawText?.TrimStart('/'))
            .Distinct(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> MissingIn(HttpResponseMessage answer) =>
        from expected in Expected
        where !answer.Headers.TryGetValues(expected.Header, out var values)
            || !values.Any(v => v.Contains(expected.Part, StringComparison.Ordinal))
        select $"{answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} without {expected.Header}: {expected.Part}";
}
