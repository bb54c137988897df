using System.IO.Compression;
using System.Net;
using System.Text;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;

namespace Annotator.Tests.Domain.Sources;

[Collection(Alone.Name)]
public sealed class FetcherTests
{
    // Of a machine that may be busy. Where a server must be given up, the test moves the clock.
    private static readonly TimeSpan StatementTimeout = TimeSpan.FromMinutes(2);
    private static readonly IPAddress Inner = IPAddress.Parse("127.0.0.2");

    [Fact]
    public async Task A_page_arrives_with_its_type_and_charset()
    {
        var asked = "";
        await using var origin = new Origin((head, stream) =>
        {
            asked = head;
            return Origin.WriteAsync(stream, "200 OK\nContent-Type: Text/HTML; charset=\"gb18030\";\nSet-Cookie: a=b", "<p>Hello");
        });
        using var fetcher = At(origin);
        var page = await fetcher.FetchAsync(Page(origin, "/walden?x=1"), Ct);
        Assert.Equal(("<p>Hello", "text/html"), (Encoding.UTF8.GetString(page.Content.Span), page.ContentType));
        Assert.Equal(("gb18030", "/walden?x=1"), (page.Charset, page.Address.PathAndQuery));
        await fetcher.FetchAsync(Page(origin), Ct);
        Assert.Contains("\r\nUser-Agent: Annotator\r\n", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("Cookie", asked, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("traceparent", asked, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/there")]
    [InlineData("there")]
    [InlineData("//pages.example:{0}/there")]
    [InlineData("http://pages.example:{0}/there")]
    public async Task A_redirect_is_followed(string location)
    {
        await using var origin = new Origin((head, stream) => head.StartsWith("GET /there ", StringComparison.Ordinal)
            ? Origin.WriteAsync(stream, "200 OK\nContent-Type: text/plain", "Here.")
            : Origin.WriteAsync(stream, "302 Found\nLocation: " + Fill(location, head)));
        using var fetcher = At(origin);
        var page = await fetcher.FetchAsync(Page(origin), Ct);
        Assert.Equal(
            ("Here.", "/there", (string?)null), (Encoding.UTF8.GetString(page.Content.Span), page.Address.AbsolutePath, page.Charset));
    }

    [Theory]
    [InlineData("http://127.0.0.2:{0}/")]
    [InlineData("http://inner.example:{0}/")]
    [InlineData("//inner.example:{0}/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://metadata.example/")]
    [InlineData("http://user:password@pages.example:{0}/")]
    [InlineData("http://pages.example:25/")]
    public async Task A_redirect_into_the_own_network_is_refused(string location)
    {
        await using var origin = new Origin((head, stream) => Origin.WriteAsync(stream, "301 Moved\nLocation: " + Fill(location, head)));
        await using var inner = new Origin(
            (_, stream) => Origin.WriteAsync(stream, "200 OK\nContent-Type: text/plain", "secret"),
            new IPEndPoint(Inner, origin.Place.Port));
        using var fetcher = At(origin);
        Assert.Equal("address_refused", (await RefusedAsync(fetcher, Page(origin))).Reason);
        Assert.Equal((1, 0), (origin.Connections, inner.Connections));
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://pages.example/")]
    public async Task A_redirect_to_another_protocol_is_refused(string location)
    {
        await using var origin = new Origin("302 Found\nLocation: " + location);
        using var fetcher = At(origin);
        Assert.Equal("not_an_address", (await RefusedAsync(fetcher, Page(origin))).Reason);
    }

    [Fact]
    public async Task A_name_that_leads_into_the_own_network_is_not_connected_to()
    {
        await using var origin = new Origin("200 OK\nContent-Type: text/plain", "secret");
        using (var fetcher = new Fetcher(
            new FetchOptions
            {
                CountsAsPublic = new IPEndPoint(Inner, origin.Place.Port),
                Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.IPv6Loopback]),
            },
            TimeProvider.System))
        {
            Assert.Equal("address_refused", (await RefusedAsync(fetcher, Page(origin))).Reason);
        }
        Assert.Equal(0, origin.Connections);
        using var allowed = new Fetcher(new FetchOptions { AllowPrivateAddresses = true }, TimeProvider.System);
        await allowed.FetchAsync(new Uri($"http://localhost:{origin.Place.Port}/"), Ct);
        Assert.Equal(1, origin.Connections);
    }

    [Fact]
    public async Task Of_the_addresses_of_a_name_only_the_public_ones_are_used()
    {
        await using var origin = new Origin("200 OK\nContent-Type: text/plain", "public");
        await using var inner = new Origin(
            (_, stream) => Origin.WriteAsync(stream, "200 OK\nContent-Type: text/plain", "secret"),
            new IPEndPoint(Inner, origin.Place.Port));
        using var fetcher = At(origin, resolve: _ => [Inner, IPAddress.Loopback, Inner]);
        Assert.Equal("public", Encoding.UTF8.GetString((await fetcher.FetchAsync(Page(origin), Ct)).Content.Span));
        Assert.Equal(0, inner.Connections);
    }

    [Fact]
    public async Task A_name_that_changes_its_address_is_checked_again()
    {
        await using var origin = new Origin("302 Found\nLocation: /again");
        await using var inner = new Origin(
            (_, stream) => Origin.WriteAsync(stream, "200 OK\nContent-Type: text/plain", "secret"),
            new IPEndPoint(Inner, origin.Place.Port));
        var times = 0;
        using var fetcher = At(origin, resolve: _ => times++ == 0 ? [IPAddress.Loopback] : [Inner]);
        Assert.Equal("address_refused", (await RefusedAsync(fetcher, Page(origin))).Reason);
        Assert.Equal((2, 0), (times, inner.Connections));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_without_end_stops_at_the_limit(bool zipped)
    {
        long written = 0;
        await using var origin = new Origin(async (_, stream) =>
        {
            await Origin.WriteAsync(stream, "200 OK\nContent-Type: text/plain" + (zipped ? "\nContent-Encoding: gzip" : ""));
            await using var body = zipped ? new GZipStream(stream, CompressionLevel.Fastest) : stream;
            var zeros = new byte[64 * 1024];
            for (; written < 1024L * Limits.Megabyte; written += zeros.Length)
                await body.WriteAsync(zeros, Ct);
        });
        using var fetcher = At(origin);
        var before = GC.GetTotalAllocatedBytes();
        var refusal = await RefusedAsync(fetcher, Page(origin));
        Assert.Equal(("too_long_to_fetch", 10), (refusal.Reason, refusal.Limit));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 8L * Limits.FetchedPage);
        if (!zipped)
            Assert.InRange(written, Limits.FetchedPage, 8L * Limits.FetchedPage);
    }

    [Fact]
    public async Task A_length_beyond_the_limit_is_believed()
    {
        await using var origin = new Origin($"200 OK\nContent-Type: text/plain\nContent-Length: {Limits.FetchedPage + 1}");
        using var fetcher = At(origin);
        Assert.Equal("too_long_to_fetch", (await RefusedAsync(fetcher, Page(origin))).Reason);
    }

    [Fact]
    public async Task A_body_of_just_the_limit_arrives()
    {
        await using var origin = new Origin("200 OK\nContent-Type: text/plain", new string('x', Limits.FetchedPage));
        using var fetcher = At(origin);
        Assert.Equal(Limits.FetchedPage, (await fetcher.FetchAsync(Page(origin), Ct)).Content.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_slow_server_is_given_up(bool headersArrive)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var origin = new Origin(async (_, stream) =>
        {
            if (headersArrive)
                await Origin.WriteAsync(stream, "200 OK\nContent-Type: text/plain", "So");
            asked.SetResult();
            await Origin.UntilClosedAsync(stream);
        });
        var clock = new FakeTime { HoldsTimers = true };
        using var fetcher = At(origin, clock: clock);
        var fetching = RefusedAsync(fetcher, Page(origin));
        await asked.Task;
        clock.Advance(StatementTimeout - TimeSpan.FromSeconds(1));
        Assert.False(fetching.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        var refusal = await fetching;
        Assert.Equal(("too_slow_to_fetch", (int)StatementTimeout.TotalSeconds), (refusal.Reason, refusal.Limit));
    }

    [Fact]
    public async Task Cancelling_ends_at_once()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await using var origin = new Origin(async (_, stream) =>
        {
            await cancel.CancelAsync();
            await Origin.UntilClosedAsync(stream);
        });
        using var fetcher = At(origin, clock: new FakeTime { HoldsTimers = true });
        var ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetcher.FetchAsync(Page(origin), cancel.Token));
        Assert.Equal(cancel.Token, ended.CancellationToken);
    }

    [Fact]
    public async Task A_circle_of_redirects_ends_after_five()
    {
        await using var origin = new Origin("307 Again\nLocation: /");
        using var fetcher = At(origin);
        Assert.Equal("too_many_redirects", (await RefusedAsync(fetcher, Page(origin))).Reason);
        Assert.Equal(6, origin.Connections);
    }

    [Theory]
    [InlineData("200 OK\nContent-Type: image/png", "unknown_format", null)]
    [InlineData("200 OK", "unknown_format", null)]
    [InlineData("200 OK\nContent-Type: text/html\nContent-Encoding: zstd", "unknown_format", null)]
    [InlineData("404 Not Found\nContent-Type: text/html", "status_there", 404)]
    [InlineData("302 Found", "status_there", 302)]
    [InlineData("302 Found\nLocation: http://[/", "status_there", 302)]
    [InlineData("200 OK\nContent-Type: text/html\nContent-Length: 9", "unreachable", null)]
    [InlineData("200 OK\nContent-Type: text/html\nContent-Encoding: gzip", "unreachable", null)]
    [InlineData("200 OK\nContent-Type: text/html\nContent-Encoding: br", "unreachable", null)]
    [InlineData("nonsense", "unreachable", null)]
    public async Task What_is_no_page_is_refused(string head, string reason, int? limit)
    {
        await using var origin = new Origin(head, "no page");
        using var fetcher = At(origin);
        var refusal = await RefusedAsync(fetcher, Page(origin));
        Assert.Equal(("url", reason, limit), (refusal.Field, refusal.Reason, refusal.Limit));
    }

    [Theory]
    [InlineData("/relative", "not_an_address")]
    [InlineData("file:///etc/passwd", "not_an_address")]
    [InlineData("ftp://pages.example/", "not_an_address")]
    [InlineData("http://user:password@pages.example/", "address_refused")]
    [InlineData("http://pages.example:25/", "address_refused")]
    [InlineData("http://2130706433/", "address_refused")]
    [InlineData("http://0x7f.1/", "address_refused")]
    [InlineData("http://0177.0.0.1/", "address_refused")]
    [InlineData("http://127.1:8080/", "address_refused")]
    [InlineData("http://[::1]/", "address_refused")]
    [InlineData("http://[::ffff:127.0.0.1]/", "address_refused")]
    [InlineData("http://[fe80::1%25eth0]/", "address_refused")]
    [InlineData("https://[64:ff9b::10.0.0.1]:8443/", "address_refused")]
    [InlineData("http://①②⑦.⓪.⓪.①/", "address_refused")]
    [InlineData("http://nobody.example/", "unreachable")]
    public async Task An_address_that_leads_nowhere_public_is_refused(string address, string reason)
    {
        // A resolver that reads numbers as the C library does.
        using var fetcher = new Fetcher(
            new FetchOptions { Resolve = (host, _) => Task.FromResult(host is "nobody.example" ? [] : new[] { IPAddress.Loopback }) },
            TimeProvider.System);
        Assert.Equal(reason, (await RefusedAsync(fetcher, new Uri(address, UriKind.RelativeOrAbsolute))).Reason);
    }

    private static string Fill(string location, string head) =>
        location.Replace("{0}", head.Split("Host: ")[1].Split('\r')[0].Split(':')[1], StringComparison.Ordinal);

    private static Uri Page(Origin origin, string path = "/") => new($"http://pages.example:{origin.Place.Port}{path}");

    private static Fetcher At(Origin origin, Func<string, IPAddress[]>? resolve = null, TimeProvider? clock = null) => new(
        new FetchOptions
        {
            CountsAsPublic = origin.Place, Timeout = StatementTimeout, Resolve = (host, _) => Task.FromResult((resolve ?? Known)(host)),
        },
        clock ?? TimeProvider.System);

    private static IPAddress[] Known(string host) => host switch
    {
        "pages.example" => [IPAddress.Loopback],
        "inner.example" => [Inner],
        "metadata.example" => [IPAddress.Parse("169.254.169.254")],
        _ => [],
    };

    private static Task<Invalid> RefusedAsync(Fetcher fetcher, Uri address) =>
        Assert.ThrowsAsync<Invalid>(() => fetcher.FetchAsync(address, Ct));
}
