using Annotator.Domain.Sources;
using CsCheck;
using Xunit;

namespace Annotator.Tests.Domain.Sources;

public sealed class UriNormalizerTests
{
    // Made with the normalize() of Hypothesis itself.
    [Theory]
    [InlineData("https://Example.COM:443/Foo/?b=2&a=1&a=0#frag", "httpx://example.com/Foo?a=1&a=0&b=2")]
    [InlineData("http://example.com/", "httpx://example.com")]
    [InlineData("https://example.com/a//", "httpx://example.com/a")]
    [InlineData("http://ex.com//a//b", "httpx://ex.com//a//b")]
    [InlineData("http://ex.com/?", "httpx://ex.com")]
    [InlineData("http://ex.com?q", "httpx://ex.com?q")]
    [InlineData("http://ex.com/?a=&b", "httpx://ex.com?a=&b")]
    [InlineData("http://ex.com/?utm_source=a&gclid=1&WT.mc=1&id=7", "httpx://ex.com?id=7")]
    [InlineData("http://ex.com/?X-Amz-Security-Token=1&x=2", "httpx://ex.com?x=2")]
    [InlineData("http://ex.com/?q=a+b%20c&u=%2F%26", "httpx://ex.com?q=a+b+c&u=%2F%26")]
    [InlineData("http://ex.com/?a=/x?y", "httpx://ex.com?a=%2Fx%3Fy")]
    [InlineData("http://ex.com/?a=b=c", "httpx://ex.com?a=b=c")]
    [InlineData("http://ex.com/?a=1;b=2", "httpx://ex.com?a=1%3Bb=2")]
    [InlineData("http://ex.com/?q=~!*'();:@$,", "httpx://ex.com?q=~!*'()%3B:@$,")]
    [InlineData("http://ex.com/a;b=c", "httpx://ex.com/a;b=c")]
    [InlineData("http://ex.com/%7Efoo/%2F/é", "httpx://ex.com/~foo/%2F/%C3%A9")]
    [InlineData("http://ex.com/a%2fb%2Fc", "httpx://ex.com/a%2Fb%2Fc")]
    [InlineData("http://ex.com/%E2%82%AC/%zz/%", "httpx://ex.com/%E2%82%AC/%25zz/%25")]
    [InlineData("http://ex.com/a b", "httpx://ex.com/a%20b")]
    [InlineData("http://日本.jp/日本?q=日本", "httpx://日本.jp/%E6%97%A5%E6%9C%AC?q=%E6%97%A5%E6%9C%AC")]
    [InlineData("http://ex.com:443/", "httpx://ex.com:443")]
    [InlineData("https://[::1]:443/a", "httpx://[::1]/a")]
    [InlineData("http://user:PW@ex.com:8080/", "httpx://ex.com:8080")]
    [InlineData("https://via.hypothes.is/https://ex.com/x", "httpx://ex.com/x")]
    [InlineData("https://via.hypothes.is/www.ex.com", "httpx://via.hypothes.is/www.ex.com")]
    [InlineData("http://www.ex.com/index.html", "httpx://www.ex.com/index.html")]
    public void Addresses_of_one_page_come_to_one_form(string uri, string normal) => Assert.Equal(normal, UriNormalizer.Normalize(uri));

    [Theory]
    [InlineData("urn:x-pdf:ABC")]
    [InlineData("file:///home/x.pdf")]
    [InlineData("chrome-extension://abc/x")]
    [InlineData("ftp://ex.com/A/")]
    [InlineData("http:///nohost")]
    [InlineData("http://ex.com:80a/")]
    [InlineData("http://ex.com:65536/")]
    [InlineData("http://[::1/")]
    [InlineData("http:relative")]
    [InlineData("http://ex.com／a/b")]
    [InlineData("")]
    public void Anything_else_stays_as_it_is(string uri) => Assert.Equal(uri, UriNormalizer.Normalize(uri));

    // Hypothesis takes each of these for one page. Every line names two.
    [Theory]
    // Bytes of EUC-KR, GBK, Shift_JIS and Latin-1: no UTF-8, so they are no letters here, but pages of their own there.
    [InlineData("http://dic.example.kr/view?word=%B0%A1", "http://dic.example.kr/view?word=%B3%AA")]
    [InlineData("http://ex.com/%C4%E3/", "http://ex.com/%BA%C3/")]
    [InlineData("http://ex.com/?%83%41=1", "http://ex.com/?%83%43=1")]
    [InlineData("http://ex.com/caf%E9", "http://ex.com/caf%E8")]
    // Letters that are replaced when text is composed: a dictionary has a page for each.
    [InlineData("http://dic.example/%E8%B1%88", "http://dic.example/%EF%A4%80")]
    [InlineData("http://ex.com/Å", "http://ex.com/\u212B")]
    [InlineData("https://app.example.com/#!/doc/1", "https://app.example.com/#!/doc/2")]
    [InlineData("https://app.example.com/#/doc/1", "https://app.example.com/")]
    [InlineData("https://app.example.com/#/doc?id=1", "https://app.example.com/#/doc?id=2")]
    // The page of such a program is a path and a query of its own.
    [InlineData("https://app.example.com/#/tag/a%2Fb", "https://app.example.com/#/tag/a/b")]
    [InlineData("https://app.example.com/#/a%3Fb", "https://app.example.com/#/a?b")]
    [InlineData("https://app.example.com/#/find?q=c%2B%2B", "https://app.example.com/#/find?q=c++")]
    [InlineData("https://app.example.com/#!find?q=a%26b=1", "https://app.example.com/#!find?q=a&b=1")]
    // A plus that is escaped is a plus, a percent sign that is escaped is a percent sign.
    [InlineData("http://ex.com/?q=1%2B1", "http://ex.com/?q=1+1")]
    [InlineData("http://ex.com/?q=c%2B%2B", "http://ex.com/?q=c++")]
    [InlineData("http://ex.com/?q=1%252B1", "http://ex.com/?q=1%2B1")]
    [InlineData("http://ex.com/?u=http://b.example/%253Fa", "http://ex.com/?u=http://b.example/%3Fa")]
    [InlineData("http://ex.com/doc?resourcekey=1", "http://ex.com/doc?resourcekey=2")]
    // Coordinates of maps, no campaigns.
    [InlineData("http://maps.example/?utm_zone=32&utm_x=1", "http://maps.example/?utm_zone=33&utm_x=1")]
    // The order of flags (names without "=") is kept.
    [InlineData("http://ex.com/?3&1", "http://ex.com/?1&3")]
    [InlineData("http://ex.com/?print", "http://ex.com/?print=")]
    public void Two_pages_have_two_forms(string one, string other) =>
        Assert.NotEqual(UriNormalizer.Normalize(one), UriNormalizer.Normalize(other));

    // Hypothesis takes each of these for two pages. Every line names one.
    [Theory]
    [InlineData("https://bücher.example/", "https://xn--bcher-kva.example/")]
    [InlineData("https://BÜCHER.example/", "https://XN--BCHER-KVA.example/")]
    [InlineData("https://bu\u0308cher.example/", "https://b%C3%BCcher.example/")]
    [InlineData("http://例子.测试/a", "http://xn--fsqu00a.xn--0zwm56d/a")]
    [InlineData("http://مثال.إختبار/a", "http://xn--mgbh0fb.xn--kgbechtv/a")]
    [InlineData("http://www。example。com/", "http://www.example.com/")]
    [InlineData("http://www．ｅｘａｍｐｌｅ．com/", "http://www.example.com/")]
    [InlineData("http://ex%61mple.com/", "http://example.com/")]
    [InlineData("http://example.com./a", "http://example.com/a")]
    [InlineData("http://example.com.:80/a", "http://example.com/a")]
    [InlineData("http://@example.com/", "http://example.com/")]
    [InlineData("http://[0:0:0:0:0:0:0:1]/", "http://[::1]/")]
    [InlineData("http://127.1/", "http://127.0.0.1/")]
    [InlineData("http://ex.com/a/../b/./c", "http://ex.com/b/c")]
    [InlineData("http://ex.com/a/%2E%2e/b/%2e", "http://ex.com/b")]
    [InlineData("http://ex.com/../a", "http://ex.com/a")]
    [InlineData("http://ex.com/re\u0301sume\u0301?q=e\u0301", "http://ex.com/r%C3%A9sum%C3%A9?q=%C3%A9")]
    [InlineData("http://ex.com/한글", "http://ex.com/\u1112\u1161\u11ab\u1100\u1173\u11af")]
    [InlineData("http://ex.com/%b0%a1", "http://ex.com/%B0%A1")]
    [InlineData("http://ex.com/a;jsessionid=0A1B/b", "http://ex.com/a/b")]
    [InlineData("http://ex.com/a?PHPSESSID=0a1b", "http://ex.com/a")]
    [InlineData("http://ex.com/a?fbclid=1&x=1&msclkid=2&utm_id=3&gbraid=4&igshid=5&yclid=6&mc_eid=7&_ga=8&spm=9", "http://ex.com/a?x=1")]
    [InlineData("http://ex.com/a?UTM_Source=1&GCLID=2", "http://ex.com/a")]
    [InlineData("http://ex.com/a?flag&utm_source=x", "http://ex.com/a?flag")]
    [InlineData("http://ex.com/a?flag&b=1&a=2", "http://ex.com/a?a=2&b=1&flag")]
    [InlineData("http://ex.com/a?fbclid", "http://ex.com/a")]
    [InlineData("http://ex.com/?x=1&", "http://ex.com/?x=1")]
    [InlineData("http://ex.com/?&x=1&&y=2", "http://ex.com/?x=1&y=2")]
    [InlineData("http://ex.com/?é", "http://ex.com/?%c3%a9")]
    [InlineData("http://ex.com/a ", "http://ex.com/a")]
    [InlineData("https://app.example.com/#!/", "https://app.example.com/")]
    [InlineData("https://app.example.com/#/a/", "https://app.example.com/#/a")]
    [InlineData("https://app.example.com/#/a:~:text=b", "https://app.example.com/#/a")]
    [InlineData("https://app.example.com/#/é", "https://app.example.com/#/%C3%A9")]
    [InlineData("https://app.example.com/#/a/?fbclid=1", "https://app.example.com/#/a")]
    [InlineData("https://app.example.com/#!/?b=1&a=%20&utm_source=x", "https://app.example.com/#!?a=+&b=1")]
    [InlineData("https://docs.google.com/a?resourcekey=1", "https://docs.google.com/a")]
    [InlineData("https://doi.org/10.1000/ABC%2F1?x=1#y", "doi:10.1000/abc/1")]
    [InlineData("http://dx.doi.org/10.1000/abc", "DOI: 10.1000/ABC")]
    [InlineData("URN:ISBN:978-0-306-40615-7", "urn:isbn:0306406152")]
    public void One_page_has_one_form(string one, string other) =>
        Assert.Equal(UriNormalizer.Normalize(one), UriNormalizer.Normalize(other));

    // Signs that belong to a name and not to an address around it.
    [Theory]
    [InlineData("doi:10.1002/(SICI)1096:1<1::AID-X>3.0.CO;2-#", "doi:10.1002/(sici)1096:1<1::aid-x>3.0.co;2-#")]
    [InlineData("doi:10.1000/X", "doi:10.1000/x")]
    [InlineData("https://doi.org/the-identifier", "httpx://doi.org/the-identifier")]
    [InlineData("http://r3---sn-x.example.com/", "httpx://r3---sn-x.example.com")]
    [InlineData("http://under_score.example/", "httpx://under_score.example")]
    [InlineData("http://xn--nxn-.example/", "httpx://xn--nxn-.example")]
    [InlineData("http://faß.example/", "httpx://faß.example")]
    [InlineData("http://ex.com/%ff", "httpx://ex.com/%FF")]
    [InlineData("http://ex.com/?q=%2525", "httpx://ex.com?q=%2525")]
    public void Names_keep_what_is_theirs(string uri, string normal) => Assert.Equal(normal, UriNormalizer.Normalize(uri));

    // Hand-derived from the same rules, where the published examples are silent.
    [Theory]
    [InlineData("  http://ex.com/a", "httpx://ex.com/a")]
    [InlineData("ht\ntp://ex.com/a\tb", "httpx://ex.com/ab")]
    [InlineData("HTTPS://EX.com:0443/", "httpx://ex.com")]
    [InlineData("http://ex.com:/a", "httpx://ex.com/a")]
    [InlineData("http://ex.com/%E6%97é%A5", "httpx://ex.com/%E6%97%C3%A9%A5")]
    [InlineData("http://ex.com/?b=1&é=2&a=3", "httpx://ex.com?a=3&b=1&%C3%A9=2")]
    [InlineData("http://ex.com/?\U0001F600=1&\uFFEE=2", "httpx://ex.com?%EF%BF%AE=2&%F0%9F%98%80=1")]
    public void Odd_addresses_follow_the_same_rules(string uri, string normal) => Assert.Equal(normal, UriNormalizer.Normalize(uri));

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character() =>
        Assert.Equal("httpx://ex.com/%EF%BF%BD", UriNormalizer.Normalize("http://ex.com/\ud800"));

    [Fact]
    public void A_normal_form_is_its_own_normal_form() =>
        Addresses.Sample(
            uri => Assert.Equal(UriNormalizer.Normalize(uri), UriNormalizer.Normalize(UriNormalizer.Normalize(uri))), iter: 20_000);

    [Fact]
    public void A_normal_form_is_an_address_of_the_same_page() => Addresses.Sample(
        uri =>
        {
            var normal = UriNormalizer.Normalize(uri);
            // The port that is left out is that of the scheme.
            if (normal.StartsWith("httpx://", StringComparison.Ordinal)
                && !normal.Contains(":443", StringComparison.Ordinal)
                && !normal.Contains(":80", StringComparison.Ordinal))
            {
                Assert.Equal(normal, UriNormalizer.Normalize("https" + normal[5..]));
            }
        },
        iter: 20_000);

    [Fact]
    public void Escaping_makes_no_other_page() =>
        Gen.Select(Gen.String[Gen.Char["abc日é\u0301\uac00"], 1, 12], Gen.Int[0, 3]).Sample((word, where) =>
        {
            var escaped = string.Concat(System.Text.Encoding.UTF8.GetBytes(word).Select(b => $"%{b:x2}"));
            string Address(string text) =>
                (string[])["path/" + text, "?q=" + text, $"?{text}=1", "#/" + text] is var all ? "http://ex.com/" + all[where] : "";
            Assert.Equal(UriNormalizer.Normalize(Address(word)), UriNormalizer.Normalize(Address(escaped)));
        });

    [Fact]
    public void Bytes_that_differ_are_pages_that_differ() =>
        Gen.Select(Gen.Byte[0x80, 0xff].Array[1, 4], Gen.Byte[0x80, 0xff].Array[1, 4]).Sample((one, other) =>
        {
            static string Address(byte[] bytes) => "http://ex.com/?w=" + string.Concat(bytes.Select(b => $"%{b:x2}"));
            if (!one.SequenceEqual(other))
                Assert.NotEqual(UriNormalizer.Normalize(Address(one)), UriNormalizer.Normalize(Address(other)));
        }, iter: 20_000);

    [Fact]
    public void Scheme_fragment_and_tracking_make_no_difference() =>
        Gen.String[Gen.Char["abc/%20é日"], 0, 20].Sample(path => Assert.Equal(
            UriNormalizer.Normalize($"http://ex.com/{path}?a=1"),
            UriNormalizer.Normalize($"HTTPS://EX.COM:443/{path}/?utm_term=q&a=1#x{path}")));

    [Fact]
    public void No_text_is_too_odd() => Gen.String.Sample(text =>
    {
        Assert.Equal(text, UriNormalizer.Normalize(text));
        UriNormalizer.Normalize("http://" + text);
        Assert.Equal(UriNormalizer.TryParseTarget(text, out _, out var reason), reason.Length == 0);
    });

    private static Gen<string> Addresses =>
        Gen.Select(
            Gen.OneOf(
                Gen.Const("http://"),
                Gen.Const("https://"),
                Gen.Const("https://via.hypothes.is/http://"),
                Gen.Const("http://ex.com/"),
                Gen.Const("https://doi.org/10.1000/"),
                Gen.Const("doi:10.1000/"),
                Gen.Const("http://xn--"),
                Gen.Const("urn:")),
            Gen.String[Gen.Char["ab:/@[]%?#&=+é\u0301日\uf900。\ud83d;. !0189~xn-FfCc"], 0, 40],
            (scheme, rest) => scheme + rest);
}
