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
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
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
