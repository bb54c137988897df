using System.Globalization;
using System.Net;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Annotator.Tests.Web;

/// <summary>The program believes its settings, not requests, about what its address is and who asks.</summary>
public sealed class PublicAddressTests
{
    private const string Public = "notes.example.org";

    [Fact]
    public async Task A_redirect_stays_on_the_host_that_was_asked_whatever_the_request_calls_it()
    {
        await using var program = await StartAsync(new AnnotatorOptions());
        await program.JoinAsync("Ada");
        using var browser = program.Browser();
        browser.DefaultRequestHeaders.Host = "evil.test";
        using var answer = await RunningProgram.SignInAsync(browser, "Ada", RunningProgram.Password, "/sign-in?back=/search?q=%E5%90%AF");
        Assert.Equal(("/search?q=%E5%90%AF", HttpStatusCode.Redirect), (answer.Headers.Location?.OriginalString, answer.StatusCode));
        using var challenge = await program.Browser().GetAsync(new Uri("/sources/new", UriKind.Relative), Ct);
        Assert.StartsWith("/sign-in?back=", challenge.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Public, HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]:5080", HttpStatusCode.OK)]
    [InlineData("evil.test", HttpStatusCode.BadRequest)]
    [InlineData($"{Public}.evil.test", HttpStatusCode.BadRequest)]
    [InlineData($"evil.{Public}", HttpStatusCode.BadRequest)]
    [InlineData($"{Public}@evil.test", HttpStatusCode.BadRequest)]
    public async Task Only_the_public_address_and_this_machine_are_answered(string host, HttpStatusCode expected)
    {
        await using var program = await StartAsync(new AnnotatorOptions { PublicUrl = $"https://{Public}" });
        var answer = await Wire.AskAsync(program.Address, $"GET / HTTP/1.1\nHost: {host}\nConnection: close\n\n");
        Assert.Equal((int)expected, Wire.StatusOf(answer));
        Assert.DoesNotContain("evil", answer, StringComparison.Ordinal);
        // As health checks ask that know no name, or only that of a container.
        Assert.Equal(
            200, Wire.StatusOf(await Wire.AskAsync(program.Address, "GET /health/ready HTTP/1.1\nHost: 10.1.2.3\nConnection: close\n\n")));
        Assert.Equal(200, Wire.StatusOf(await Wire.AskAsync(program.Address, "GET /health/ready HTTP/1.0\n\n")));
    }

    [Fact]
    public async Task Behind_https_every_cookie_is_secure_and_bound_to_the_host_though_the_proxy_sends_http()
    {
        await using var program = await StartAsync(new AnnotatorOptions { PublicUrl = $"https://{Public}" });
        await program.JoinAsync("Ada");
        var cookies = await CookiesAsync(program);
        Assert.Equal(5, cookies.Count);
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; path=/", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.All(cookies, IsKept);
    }

    [Fact]
    public async Task On_plain_http_cookies_have_no_prefix_that_browsers_would_refuse()
    {
        await using var program = await StartAsync(new AnnotatorOptions());
        await program.JoinAsync("Ada");
        var cookies = await CookiesAsync(program);
        Assert.Equal(5, cookies.Count);
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("annotator", cookie, StringComparison.Ordinal);
            Assert.DoesNotContain("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.All(cookies, IsKept);
    }

    [Theory]
    [InlineData(null, "127.0.0.1")]
    [InlineData("10.0.0.0/8", "127.0.0.1")]
    [InlineData("127.0.0.1", "198.51.100.7")]
    [InlineData("127.0.0.0/8, 203.0.113.9", "198.51.100.7")]
    public async Task Only_known_proxies_say_where_a_request_comes_from(string? proxies, string expected)
    {
        // The sender made up the first address; the proxies added the others.
        const string forwarded = "192.0.2.1, 198.51.100.7, 203.0.113.9";
        await using var program = new RunningProgram
        {
            Options = new AnnotatorOptions { Proxies = proxies },
            Map = app => app.MapGet("/from", (HttpContext http) => $"{http.Connection.RemoteIpAddress}</html>"),
        };
        await program.InitializeAsync();
        var answer = await Wire.AskAsync(
            program.Address,
            $"GET /from HTTP/1.1\nHost: here\nX-Forwarded-For: {(proxies is "127.0.0.1" ? forwarded[..23] : forwarded)}\n\n");
        Assert.Contains($"{expected}</html>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Annotator:Proxies", "10.0.0.0/8, nonsense")]
    [InlineData("Annotator:Proxies", "10.0.0.0/33")]
    [InlineData("Annotator:SecurityContact", "security@notes.example.org")]
    [InlineData("ForwardedHeaders_Enabled", "true")]
    public void What_cannot_be_meant_is_refused_at_the_start(string setting, string value)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build();
        Assert.Throws<InvalidSettings>(() => AnnotatorOptions.From(settings));
    }

    [Fact]
    public async Task Who_finds_a_weakness_is_told_where_to_report_it()
    {
        await using var program = await StartAsync(new AnnotatorOptions
        {
            PublicUrl = $"https://{Public}", SecurityContact = "mailto:security@example.org",
        });
        using var browser = program.Browser();
        using var answer = await browser.GetAsync(new Uri("/.well-known/security.txt", UriKind.Relative), Ct);
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        var fields = (await answer.Content.ReadAsStringAsync(Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(l => l.Split(": ")[0], l => l.Split(": ")[1], StringComparer.Ordinal);
        Assert.Equal("mailto:security@example.org", fields["Contact"]);
        Assert.Equal($"https://{Public}/.well-known/security.txt", fields["Canonical"]);
        var now = TimeProvider.System.GetUtcNow();
        Assert.InRange(DateTimeOffset.Parse(fields["Expires"], CultureInfo.InvariantCulture), now.AddDays(30), now.AddDays(364));
    }

    [Fact]
    public async Task Without_a_contact_there_is_no_security_txt()
    {
        await using var program = await StartAsync(new AnnotatorOptions());
        using var answer = await program.Browser().GetAsync(new Uri("/.well-known/security.txt", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Browsers_are_told_to_keep_to_https_where_that_is_the_address()
    {
        foreach (var (url, isTold) in new[] { ($"https://{Public}", true), ($"http://{Public}", false), ((string?)null, false) })
        {
            await using var program = await StartAsync(new AnnotatorOptions { PublicUrl = url });
            using var answer = await program.Browser().GetAsync(new Uri("/", UriKind.Relative), Ct);
            Assert.Equal((url, isTold), (url, answer.Headers.Contains("Strict-Transport-Security")));
        }
    }

    // Neither scripts nor forms of other sites get it.
    private static void IsKept(string cookie)
    {
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Matches("; samesite=(lax|strict)", cookie.ToLowerInvariant());
    }

    /// <summary>All cookies of somebody who signs in and sets language, theme and how texts are shown; as a proxy passes them on.</summary>
    private static async Task<List<string>> CookiesAsync(RunningProgram program)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
#pragma warning disable RS0030 // The program itself is what is asked.
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = program.Address,
        };
#pragma warning restore RS0030
        await SendAsync("/sign-in", ("_handler", "sign-in"), ("Form.Name", "Ada"), ("Form.Password", RunningProgram.Password));
        await SendAsync("/preferences", ("culture", "ar"), ("theme", "dark"), ("back", "/"));
        await SendAsync("/preferences/reading", ("size", "2"), ("back", "/"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/settings", UriKind.Relative));
        var page = await AskAsync(request);
        Assert.Contains("data-theme=\"dark\"", page, StringComparison.Ordinal);
        Assert.Contains("lang=\"ar\"", page, StringComparison.Ordinal);
        return [.. kept.Values];

        async Task SendAsync(string address, params (string Name, string Value)[] fields)
        {
            using var look = new HttpRequestMessage(HttpMethod.Get, new Uri("/sign-in", UriKind.Relative));
            var token = (await AskAsync(look)).Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];
            using var form = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative));
            form.Content = new FormUrlEncodedContent(
                fields.Append(("__RequestVerificationToken", token)).ToDictionary(f => f.Item1, f => f.Item2, StringComparer.Ordinal));
            await AskAsync(form);
        }

        async Task<string> AskAsync(HttpRequestMessage message)
        {
            message.Headers.Host = Public;
            if (kept.Count > 0)
                message.Headers.Add("Cookie", string.Join("; ", kept.Values.Select(c => c.Split(';')[0])));
            using var answer = await browser.SendAsync(message, Ct);
            Assert.InRange((int)answer.StatusCode, 200, 399);
            if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            {
                foreach (var cookie in set)
                    kept[cookie.Split('=')[0]] = cookie;
            }
            return await answer.Content.ReadAsStringAsync(Ct);
        }
    }

    private static async Task<RunningProgram> StartAsync(AnnotatorOptions options)
    {
        var program = new RunningProgram { Options = options };
        await program.InitializeAsync();
        return program;
    }
}
