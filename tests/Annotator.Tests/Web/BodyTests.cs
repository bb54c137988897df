using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text;
using Annotator.Domain.Kernel;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Annotator.Tests.Web;

/// <summary>Nobody makes the program read more than the form can hold that is sent there.</summary>
[Collection(Alone.Name)]
public sealed class BodyTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    private const int Kilobyte = 1024;
    private const int Megabyte = 1024 * Kilobyte;

    private static readonly ClaimsPrincipal SomeUser = new(new ClaimsIdentity("test"));

    [Fact]
    public async Task A_visitors_form_above_the_limit_is_refused_before_it_is_sent()
    {
        var answer = await Wire.AskAsync(Address, Announced("/sign-in", 15 * Megabyte));
        Assert.Equal(413, Wire.StatusOf(answer));
        Assert.Contains("at most 64 KB", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_does_not_say_how_long_it_is_is_read_up_to_the_limit()
    {
        var part = new string('a', 80 * Kilobyte);
        var answer = await Wire.AskAsync(
            Address,
            $"""
            POST /sign-in HTTP/1.1
            Host: {Address.Authority}
            Content-Type: application/x-www-form-urlencoded
            Transfer-Encoding: chunked

            {part.Length:x}
            {part}

            """);
        Assert.Equal(413, Wire.StatusOf(answer));
        Assert.Contains("at most 64 KB", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forms_of_visitors_that_are_too_large_take_no_memory()
    {
        // Nothing of them is read, so what the program allocates does not grow with their length.
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            using var browser = program.Browser();
            using var form = new ZeroContent(15 * Megabyte);
            try
            {
                using var answer = await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), form, Ct);
                Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
            }
            catch (HttpRequestException)
            {
                // The connection was closed while the form was still being sent.
            }
        }));
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 40L * 4 * Megabyte);
    }

    [Fact]
    public async Task A_form_of_thousands_of_fields_is_refused_with_the_number_that_is_taken()
    {
        var fields = string.Join('&', Enumerable.Range(0, 5000).Select(i => $"f{i}=1"));
        using var browser = program.Browser();
        using var form = new StringContent(fields, Encoding.ASCII, "application/x-www-form-urlencoded");
        using var answer = await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), form, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("200 fields", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_endpoint_reads_more_of_a_visitor()
    {
        var faults = new List<string>();
        foreach (var (address, _) in Posts())
        {
            var answer = await Wire.AskAsync(Address, Announced(address, 64 * Kilobyte + 1));
            if (Wire.StatusOf(answer) != 413)
                faults.Add($"{address}: {answer.Split('\n')[0]}");
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Who_is_signed_in_sends_a_comment_as_long_as_it_may_be_and_no_more_than_the_page_takes()
    {
        await program.JoinAsync("Ada");
        using var browser = program.Browser();
        using var signedIn = await RunningProgram.SignInAsync(browser, "Ada", RunningProgram.Password);
        var cookie = signedIn.Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("annotator=", StringComparison.Ordinal)).Split(';')[0];
        var faults = new List<string>();
        foreach (var (address, limit) in Posts())
        {
            var answer = await Wire.AskAsync(Address, Announced(address, limit + 1, cookie));
            if (Wire.StatusOf(answer) != 413)
                faults.Add($"{address}: {answer.Split('\n')[0]}");
        }

        Assert.Empty(faults);
        Assert.Equal(
            ["/passages/id/place", "/preview", "/sources/Id", "/sources/id/highlights", "/sources/new"],
            Posts().Where(p => p.Limit == BodyLimits.Writing).Select(p => p.Address).Order(StringComparer.Ordinal));
        Assert.Equal(["/sources/text"], Posts().Where(p => p.Limit > BodyLimits.Writing).Select(p => p.Address));
        // Every character of a comment and a quote of the longest kind.
        Assert.True(Uri.EscapeDataString(new string('启', Limits.Body + Limits.Quote)).Length < BodyLimits.Writing);
    }

    private Uri Address => program.Address;

    private List<(string Address, long Limit)> Posts()
    {
        List<(string Address, long Limit)> posts =
        [
            .. (from endpoint in program.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                let methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods
                where methods is null or { Count: 0 } || methods.Contains("POST", StringComparer.OrdinalIgnoreCase)
                let address = "/" + endpoint.RoutePattern.RawText?.TrimStart('/').Replace("{", "", StringComparison.Ordinal)
                    .Replace("}", "", StringComparison.Ordinal)
                // A part of a page may post to another address of the same name, as Blazor's own do.
                group BodyLimits.Of(endpoint, SomeUser) by address into same
                select (same.Key, same.Max())),
        ];
        Assert.Contains(posts, p => p.Address is "/sign-in");
        return posts;
    }

    // The head of a form of which nothing follows.
    private string Announced(string address, long length, string cookies = "") =>
        $"""
        POST {address} HTTP/1.1
        Host: {Address.Authority}
        Content-Type: application/x-www-form-urlencoded
        Content-Length: {length.ToString(CultureInfo.InvariantCulture)}
        Cookie: {cookies}


        """;

    // Sends zeros without having them.
    private sealed class ZeroContent : HttpContent
    {
        private readonly long _length;

        public ZeroContent(long length)
        {
            _length = length;
            Headers.ContentType = new("application/x-www-form-urlencoded");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var part = new byte[64 * Kilobyte];
            for (var left = _length; left > 0; left -= part.Length)
                await stream.WriteAsync(part, Ct);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return true;
        }
    }
}
