using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Claims;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Annotator.Tests.Web;

/// <summary>Nobody asks more of the program than many people together do, and who is refused is told when to come again.</summary>
public sealed class RateLimitTests
{
    private static readonly LimitOptions.Rates One = new() { Person = 1, Newcomer = 1, Address = 1 };

    [Theory]
    [InlineData("en", "Try again in 10 minutes.")]
    [InlineData("zh-Hans", "请在 10 分钟后再试")]
    [InlineData("ar", "بعد 10 دقائق")]
    public async Task Too_many_tries_to_sign_in_are_refused_on_a_page_that_says_when_to_come_again(string language, string said)
    {
        await using var program = await StartAsync(new LimitOptions { SignIn = new() { Address = 2 } });
        await program.JoinAsync("Ada");
        (await EnterAsync(program, "Nobody")).Dispose();
        using (var right = await EnterAsync(program, "Ada"))
            Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        using var refused = await EnterAsync(program, "Ada", language);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Assert.Contains(said, WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_made_up_address_gives_no_more_tries()
    {
        await using var program = await StartAsync(new LimitOptions { SignIn = new() { Address = 2 } });
        Assert.Equal([200, 200, 429, 429], await FromAsync(program, "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"));
    }

    [Fact]
    public async Task Behind_a_known_proxy_each_address_and_each_IPv6_network_has_its_own()
    {
        await using var program = await StartAsync(new LimitOptions { SignIn = new() { Address = 2 } }, proxies: "127.0.0.1");
        Assert.Equal([200, 200, 200, 429, 200], await FromAsync(
            program, "2001:db8::1", "192.0.2.2", "2001:db8::2", "2001:db8::ffff:3", "2001:db8:0:1::1"));
    }

    [Fact]
    public async Task Sign_ups_of_one_address_at_once_are_refused()
    {
        await using var program = await StartAsync(new LimitOptions { SignUp = new() { Address = 3 } });
        Assert.NotEqual(HttpStatusCode.TooManyRequests, await JoinAsync(program, "First"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await JoinAsync(program, "Second"));
    }

    [Fact]
    public async Task Instances_count_sign_ins_together_and_do_not_ask_again_before_the_time_is_over()
    {
        await using var store = await TestStore.CreateAsync();
        var attempts = new Attempts(store.Databases, store.Clock);
        var limit = new AttemptLimit("test", 2, TimeSpan.FromMinutes(5));
        await using var one = new StoredLimiter(attempts, [limit], "192.0.2.1", store.Clock);
        await using var other = new StoredLimiter(attempts, [limit], "192.0.2.1", store.Clock);
        Assert.True((await one.AcquireAsync(1, Ct)).IsAcquired);
        Assert.True((await other.AcquireAsync(1, Ct)).IsAcquired);
        Assert.False((await one.AcquireAsync(1, Ct)).IsAcquired);
        Assert.False((await other.AcquireAsync(1, Ct)).IsAcquired);
        await attempts.ForgetAsync(limit, "192.0.2.1", Ct);
        Assert.False((await one.AcquireAsync(1, Ct)).IsAcquired);
        Assert.Null(one.IdleDuration);
        store.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True((await one.AcquireAsync(1, Ct)).IsAcquired);
    }

    [Fact]
    public async Task What_one_person_does_too_often_others_may_still_do()
    {
        await using var program = await StartAsync(new LimitOptions { Write = new() { Newcomer = 1, Address = 100 } });
        await program.JoinAsync("Ada");
        await program.JoinAsync("Mei");
        using var ada = program.Browser();
        using var mei = program.Browser();
        using (await RunningProgram.SignInAsync(ada, "Ada", RunningProgram.Password))
        using (await RunningProgram.SignInAsync(mei, "Mei", RunningProgram.Password))
        {
            Assert.Equal(HttpStatusCode.Redirect, await PreferAsync(ada));
            Assert.Equal(HttpStatusCode.TooManyRequests, await PreferAsync(ada));
            Assert.Equal(HttpStatusCode.Redirect, await PreferAsync(mei));
        }
    }

    [Fact]
    public async Task A_form_that_is_refused_comes_back_with_its_text()
    {
        await using var program = await StartAsync(new LimitOptions { Write = new() { Newcomer = 1 } });
        await program.JoinAsync("Ada");
        using var ada = program.Browser();
        using (await RunningProgram.SignInAsync(ada, "Ada", RunningProgram.Password))
        {
            await PreferAsync(ada);
            using var refused = await SendAsync(ada, "/sources/new", ("_handler", "source"), ("Form.Quote", "Words that took <long>"));
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            var page = await refused.Content.ReadAsStringAsync(Ct);
            Assert.Contains("action=\"/sources/new\" data-again", page, StringComparison.Ordinal);
            Assert.Matches("<textarea name=\"Form.Quote\"[^>]*>Words that took &lt;long&gt;</textarea>", page);
        }
    }

    [Fact]
    public async Task Searches_and_open_pages_are_limited()
    {
        await using var program = await StartAsync(new LimitOptions { Search = One, Live = One });
        var written = await program.Services.GetRequiredService<AnnotationWriter>().CreateAsync(
            new Viewer(await program.JoinAsync("Ada")), Drafts.CommentOn(Drafts.Desperation, "Still true."), Ct);
        using var browser = program.Browser();
        var search = new Uri("/search?q=true", UriKind.Relative);
        using (var first = await browser.GetAsync(search, Ct))
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using (var second = await browser.GetAsync(search, Ct))
            Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);

        var changes = new Uri($"/sources/{PublicId.Of(written.SourceId)}/changes", UriKind.Relative);
        var open = await browser.GetAsync(changes, HttpCompletionOption.ResponseHeadersRead, Ct);
        using (var second = await browser.GetAsync(changes, HttpCompletionOption.ResponseHeadersRead, Ct))
            Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        open.Dispose();
        await Until.HoldsAsync(async () =>
        {
            using var again = await browser.GetAsync(changes, HttpCompletionOption.ResponseHeadersRead, Ct);
            return again.StatusCode is HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Every_endpoint_that_takes_a_form_is_limited()
    {
        await using var program = await StartAsync(new LimitOptions());
        var posts = program.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } m || m.Contains("POST"))
            .ToList();
        Assert.True(posts.Count > 15, $"{posts.Count} endpoints");
        // A connection of a page is one thing, whatever goes over it.
        var free = posts.Where(p => ActionOf(p, "POST") is LimitedAction.Nothing && p.Metadata.GetMetadata<HubMetadata>() is null);
        Assert.Empty(free.Select(p => p.RoutePattern.RawText));
        Assert.Equal(
            ["/preview Search", "/sign-in SignIn", "/sign-up SignUp", "/sources/text Ingest"],
            posts.Select(p => $"/{p.RoutePattern.RawText?.TrimStart('/')} {ActionOf(p, "POST")}")
                .Where(p => !p.EndsWith(" Write", StringComparison.Ordinal) && !p.EndsWith(" Nothing", StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Contains(posts, p => ActionOf(p, "GET") is LimitedAction.Circuit);
    }

    [Fact]
    public void Who_is_new_is_a_newcomer_for_a_day()
    {
        var now = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(LimitedKind.Newcomer, KindOf(Guid.CreateVersion7(now.AddHours(-23))));
        Assert.Equal(LimitedKind.Person, KindOf(Guid.CreateVersion7(now.AddHours(-25))));
        Assert.Equal(LimitedKind.Person, KindOf(new Guid("f7c2a3a8-3f0e-4f5c-9a0b-0d8f4f0f7b11")));
        Assert.Equal(LimitedKind.Address, KindOf(null));

        LimitedKind KindOf(Guid? person)
        {
            Claim[] claims = person is null ? [] : [new Claim(ClaimTypes.NameIdentifier, person.Value.ToString())];
            return Asking.Of(
                LimitedAction.Write, new(new ClaimsIdentity(claims, "test")), "192.0.2.1", new AnnotatorOptions(), now).Kind;
        }
    }

    [Fact]
    public async Task Who_does_something_on_an_open_page_too_often_is_refused_there()
    {
        var limits = new RateLimits(new AnnotatorOptions { Limits = new LimitOptions { Ingest = One } }, null!, TimeProvider.System);
        var id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch);
        var person = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id.ToString())], "test"));
        await limits.CountAsync(LimitedAction.Ingest, person, Ct);
        var refused = await Assert.ThrowsAsync<TooOften>(() => limits.CountAsync(LimitedAction.Ingest, person, Ct));
        Assert.InRange(refused.Wait, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task What_is_refused_is_counted()
    {
        var hits = new List<string?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, me) =>
            {
                if (instrument.Name is "annotator.limits.hit")
                    me.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            lock (hits)
                hits.Add((string?)tags[0].Value);
        });
        listener.Start();
        await using var program = await StartAsync(new LimitOptions { Search = One });
        using var browser = program.Browser();
        for (var i = 0; i < 2; i++)
            (await browser.GetAsync(new Uri("/search", UriKind.Relative), Ct)).Dispose();
        lock (hits)
            Assert.Contains("search", hits);
    }

    [Theory]
    [InlineData("SignIn:Address", "0")]
    [InlineData("Write:Newcomer", "many")]
    [InlineData("NewcomerHours", "-1")]
    public void A_limit_that_is_no_number_is_refused_at_the_start(string setting, string value)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new($"Annotator:Limits:{setting}", value)]).Build();
        var told = Assert.Throws<InvalidSettings>(() => AnnotatorOptions.From(settings));
        Assert.Contains($"Annotator:Limits:{setting} is \"{value}\"", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_are_set_one_by_one()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Annotator:Limits:Write:Person", "7")]).Build();
        var write = AnnotatorOptions.From(settings).Limits.Write;
        Assert.Equal((7, new LimitOptions().Write.Newcomer), (write.Person, write.Newcomer));
    }

    private static LimitedAction ActionOf(RouteEndpoint endpoint, string method)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = method;
        http.SetEndpoint(endpoint);
        return Asking.Of(http, new AnnotatorOptions(), DateTimeOffset.UnixEpoch).Action;
    }

    /// <summary>The statuses of sign-ins with a wrong name that come, as they say, from these addresses.</summary>
    private static async Task<List<int>> FromAsync(RunningProgram program, params string[] addresses)
    {
        var statuses = new List<int>();
        foreach (var address in addresses)
        {
            using var browser = program.Browser();
            browser.DefaultRequestHeaders.Add("X-Forwarded-For", address);
            using var answer = await RunningProgram.SignInAsync(browser, $"Nobody of {address}", "wrong password");
            // A wrong password is refused as such.
            statuses.Add(answer.StatusCode is HttpStatusCode.TooManyRequests ? 429 : 200);
        }

        return statuses;
    }

    private static async Task<HttpResponseMessage> EnterAsync(RunningProgram program, string name, string language = "en")
    {
        using var browser = program.Browser();
        browser.DefaultRequestHeaders.Add("Accept-Language", language);
        return await RunningProgram.SignInAsync(browser, name, RunningProgram.Password);
    }

    private static async Task<HttpStatusCode> JoinAsync(RunningProgram program, string name)
    {
        using var browser = program.Browser();
        return await PostAsync(
            browser,
            "/sign-up",
            ("_handler", "sign-up"),
            ("Form.Name", name),
            ("Form.Email", $"{name}@reading.example"),
            ("Form.Password", RunningProgram.Password));
    }

    private static Task<HttpStatusCode> PreferAsync(HttpClient browser) =>
        PostAsync(browser, "/preferences", ("theme", "dark"), ("back", "/"));

    private static async Task<HttpStatusCode> PostAsync(HttpClient browser, string address, params (string Name, string Value)[] fields)
    {
        using var answer = await SendAsync(browser, address, fields);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient browser, string address, params (string Name, string Value)[] fields)
    {
        var page = await browser.GetStringAsync(new Uri("/sign-up", UriKind.Relative), Ct);
        var token = page.Split("name=\"__RequestVerificationToken\" value=\"")[^1].Split('"')[0];
        using var form = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).ToDictionary(f => f.Item1, f => f.Item2, StringComparer.Ordinal));
        return await browser.PostAsync(new Uri(address, UriKind.Relative), form, Ct);
    }

    private static async Task<RunningProgram> StartAsync(LimitOptions limits, string? proxies = null)
    {
        var program = new RunningProgram { Options = new AnnotatorOptions { Limits = limits, Proxies = proxies } };
        await program.InitializeAsync();
        return program;
    }
}
