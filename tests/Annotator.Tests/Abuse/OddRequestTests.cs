using System.Text;

namespace Annotator.Tests.Abuse;

/// <summary>
/// Whatever stands in an address, a cookie, a header or a form, the program answers and does not break: never with 500. Names of
/// parameters and fields are read from the program, so that new ones are tried too.
/// </summary>
[Collection(AbuseCollection.Name)]
public sealed class OddRequestTests(AttackedProgram program)
{
    /// <summary>As they stand in an address, escaped.</summary>
    private static readonly string[] Odd =
    [
        "", "%00", "%ED%A0%80", "-1", "99999999999999999999", "2147483647", "-2147483648-2147483647", "2147483647-0", "1e309", "%25",
        "%27%3B--", "a%0D%0AX-Odd:1", "..%2F..", "AAAAAAAAAAAAAAAAAAAAAA", "AAAA%20AAAA%20AAAA%20AAAA%20AA",
        "0198c0de-0000-7000-8000-000000000000",
        "a~AAAAAAAAAAAAAAAAAAAAAA", "99999999999999999999~AAAAAAAAAAAAAAAAAAAAAA", "3155378975999999999~AAAAAAAAAAAAAAAAAAAAAA",
        "((((((((", "field:=", "after:99999999d", "%E2%80%AE%E2%80%8B", "%D9%A1-%D9%A2", "%2F%2Fevil.example",
    ];

    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("Accept-Language", ["*", "xx-yy-zz", "en;q=9", ";;;", "zh-Hans-CN-u-co-pinyin,ar;q=0.0001", "%00", ","]),
        ("If-None-Match", ["*", "\"", "W/", "\"a\",\"b", "W/\"" + "a\"", "x"]),
        ("If-Modified-Since", ["never", "Thu, 99 Jan 9999 99:99:99 GMT"]),
        ("Last-Event-ID", ["", "-1", "99999999999999999999", "a.b.c", "%00", "'"]),
        ("Accept", ["*", "text/html; blazor-enhanced-nav=on", "application/json", ";", "a/b/c"]),
        ("Accept-Encoding", ["gzip;q=0", "br, zstd, *", "\"", ";q="]),
        ("X-Client-Id", ["", "'", "%00", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]),
        ("Range", ["bytes=0-0", "bytes=-1", "bytes=5-1", "lines=1-2"]),
        ("Referer", ["x", "http://[", "javascript:1"]),
        ("X-Forwarded-For", ["x", "::", "1.2.3.4, 5.6.7.8", "999.1.1.1"]),
        ("X-Forwarded-Proto", ["https", "x, y", ""]),
        ("traceparent", ["00-x", "ff-00000000000000000000000000000000-0000000000000000-00"]),
    ];

    private static readonly string[] Cookies =
        ["annotator", "annotator-reading", "annotator-theme", "annotator-language", "annotator.forms", "__Host-annotator"];

    private static readonly string[] OddCookies =
    [
        "", "%00", "x", "a.b.c.d.e.f.g", "9.9.9.sepia.9.9.9", "-1.99999999999.0.x.x.x.x", "c=xx|uic=yy", "c=|uic=", "CfDJ8", "=;",
        "\"", "%",
    ];

    private const string Broken = "{\"a\":[1\r\n--x\r\nContent-Disposition: form-data; name=\"Id\"\r\n\r\n";

    private static readonly string[] Types =
    [
        "application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=\"", "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset=x", "x",
    ];

    [Fact]
    public async Task No_address_breaks_a_page()
    {
        using var owner = await program.BrowserAsync("Owner");
        using var visitor = await program.BrowserAsync();
        var all = program.Routes.SelectMany(r => r.Queries).Append("source").Distinct(StringComparer.Ordinal).ToList();
        Assert.Empty(((string[])["q", "quote", "after", "back", "snapshot", "marks", "before"]).Except(all, StringComparer.Ordinal));
        List<string> broken = [];
        foreach (var odd in Odd)
        {
            foreach (var route in program.Routes.Where(r => !r.IsPost))
            {
                var there = route.With(_ => program.OpenSource);
                await TryAsync(owner, $"{there}?{string.Join('&', all.Select(q => $"{q}={odd}"))}");
                // Alone too: what comes first may end the page.
                foreach (var query in odd.Length > 12 ? route.Queries : [])
                    await TryAsync(owner, $"{there}?{query}={odd}");
                if (route.Parameters.Count > 0 && odd.Length > 0)
                    await TryAsync(visitor, route.With(_ => "ODD").Replace("ODD", odd, StringComparison.Ordinal));
            }
        }

        program.AssertNothingBroke();
        Assert.Empty(broken);

        async Task TryAsync(Attacker browser, string address)
        {
            var answer = await browser.GetAsync(address);
            // What is brought to a form goes on as a parameter of it.
            if ((int)answer.Status >= 500 || answer.Location?.Split('?')[0].Contains("evil", StringComparison.Ordinal) == true)
                broken.Add($"{address}: {(int)answer.Status} {answer.Location}");
        }
    }

    [Fact]
    public async Task No_header_and_no_cookie_breaks_a_page()
    {
        using var visitor = await program.BrowserAsync();
        List<string> broken = [];
        var odd = Headers.SelectMany(h => h.Values.Select(v => (h.Name, v)))
            .Concat(Cookies.SelectMany(c => OddCookies.Select(v => ("Cookie", $"{c}={v}"))))
            .Append(("Cookie", string.Concat(Enumerable.Range(0, 400).Select(i => $"c{i}=x; "))));
        string[] paths = ["/", "/search?q=men", $"/sources/{program.OpenSource}", $"/sources/{program.OpenSource}/changes", "/sign-in"];
        foreach (var (name, value) in odd)
        {
            foreach (var path in paths)
            {
                var request = new HttpRequestMessage(HttpMethod.Get, Attacker.Uri(path));
                Assert.True(request.Headers.TryAddWithoutValidation(name, value));
                if ((int)(await visitor.SendAsync(request)).Status >= 500)
                    broken.Add($"{path} {name}: {value}");
            }
        }

        program.AssertNothingBroke();
        Assert.Empty(broken);
    }

    [Fact]
    public async Task No_form_breaks_a_page()
    {
        using var owner = await program.BrowserAsync("Stranger");
        var token = await owner.TokenAsync();
        List<string> broken = [];
        string[] values =
        [
            "", "\0", "\ud83d\ude00", "-1", "99999999999999999999", "1e309", "%", "';--", "<b>", "AAAA AAAA AAAA AAAA AA",
            "//evil.example", "a\r\nX-Odd: 1", new('x', 70_000),
        ];
        foreach (var odd in values)
        {
            // Signing out would end the attack.
            foreach (var route in program.Routes.Where(r => r.IsPost && r.Pattern is not "/sign-out"))
            {
                var address = route.With(_ => program.OpenSource) + "?note=1&snapshot=x&shared=x";
                foreach (var form in route.Forms.DefaultIfEmpty(""))
                    await TryAsync(address, new FormUrlEncodedContent(Fields(form, odd)), $"{form} {odd[..Math.Min(40, odd.Length)]}");
            }
        }

        program.AssertNothingBroke();
        Assert.Empty(broken);

        IEnumerable<KeyValuePair<string, string>> Fields(string form, string odd) =>
            Route.Fields.Select(f => KeyValuePair.Create(f, odd))
                .Append(KeyValuePair.Create("_handler", form))
                .Append(KeyValuePair.Create("__RequestVerificationToken", token));

        async Task TryAsync(string address, HttpContent content, string what)
        {
            var answer = await owner.SendAsync(new HttpRequestMessage(HttpMethod.Post, Attacker.Uri(address)) { Content = content });
            if ((int)answer.Status >= 500)
                broken.Add($"{address}: {(int)answer.Status} {what}");
        }
    }

    [Fact]
    public async Task No_type_of_body_breaks_an_endpoint()
    {
        using var owner = await program.BrowserAsync("Stranger");
        var token = await owner.TokenAsync();
        List<string> broken = [];
        var posts = program.Routes.Where(r => r.IsPost && r.Pattern is not "/sign-out");
        foreach (var (route, type) in posts.SelectMany(r => Types.Select(t => (r, t))))
        {
            var address = route.With(_ => program.OpenSource) + "?snapshot=x&shared=true";
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Broken));
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            var request = new HttpRequestMessage(HttpMethod.Post, Attacker.Uri(address)) { Content = content };
            request.Headers.Add("RequestVerificationToken", token);
            if ((await owner.SendAsync(request)) is { Status: >= System.Net.HttpStatusCode.InternalServerError } answer)
                broken.Add($"{route.Pattern} {type}: {(int)answer.Status}");
        }

        program.AssertNothingBroke();
        Assert.Empty(broken);
    }
}
