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
    [InlineData("http://ex.com/a/../b/./c", "httpx://ex.com/a/../b/./c")]
    [InlineData("http://ex.com/?", "httpx://ex.com")]
    [InlineData("http://ex.com?q", "httpx://ex.com?q")]
    [InlineData("http://ex.com/?a=&b", "httpx://ex.com?a=&b")]
    [InlineData("http://ex.com/?a=1&&b=2", "httpx://ex.com?a=1&&b=2")]
    [InlineData("http://ex.com/?utm_source=x&flag", "httpx://ex.com?utm_source=x&flag")]
    [InlineData("http://ex.com/?utm_source=a&gclid=1&WT.mc=1&id=7", "httpx://ex.com?id=7")]
    [InlineData("http://ex.com/?UTM_source=1", "httpx://ex.com?UTM_source=1")]
    [InlineData("http://ex.com/?X-Amz-Security-Token=1&x=2", "httpx://ex.com?x=2")]
    [InlineData("http://ex.com/?q=a+b%20c&u=%2F%26", "httpx://ex.com?q=a+b+c&u=%2F%26")]
    [InlineData("http://ex.com/?q=a%2Bb", "httpx://ex.com?q=a+b")]
    [InlineData("http://ex.com/?q=%2525", "httpx://ex.com?q=%25")]
    [InlineData("http://ex.com/?a=/x?y", "httpx://ex.com?a=%2Fx%3Fy")]
    [InlineData("http://ex.com/?a=b=c", "httpx://ex.com?a=b=c")]
    [InlineData("http://ex.com/?a=1;b=2", "httpx://ex.com?a=1%3Bb=2")]
    [InlineData("http://ex.com/?q=~!*'();:@$,", "httpx://ex.com?q=~!*'()%3B:@$,")]
    [InlineData("http://ex.com/a;b=c", "httpx://ex.com/a;b=c")]
    [InlineData("http://ex.com/%7Efoo/%2F/é", "httpx://ex.com/~foo/%2F/%C3%A9")]
    [InlineData("http://ex.com/a%2fb%2Fc", "httpx://ex.com/a%2Fb%2Fc")]
    [InlineData("http://ex.com/%E2%82%AC/%zz/%", "httpx://ex.com/%E2%82%AC/%25zz/%25")]
    [InlineData("http://ex.com/%ff", "httpx://ex.com/%EF%BF%BD")]
    [InlineData("http://ex.com/a b", "httpx://ex.com/a%20b")]
    [InlineData("http://日本.jp/日本?q=日本", "httpx://日本.jp/%E6%97%A5%E6%9C%AC?q=%E6%97%A5%E6%9C%AC")]
    [InlineData("http://ex.com:443/", "httpx://ex.com:443")]
    [InlineData("https://[::1]:443/a", "httpx://[::1]/a")]
    [InlineData("http://user:PW@ex.com:8080/", "httpx://user:PW@ex.com:8080")]
    [InlineData("https://via.hypothes.is/https://ex.com/x", "httpx://ex.com/x")]
    [InlineData("https://via.hypothes.is/www.ex.com", "httpx://via.hypothes.is/www.ex.com")]
    [InlineData("http://www.ex.com/index.html", "httpx://www.ex.com/index.html")]
    public void Addresses_of_one_page_come_to_one_form(string uri, string normal) => Assert.Equal(normal, UriNormalizer.Normalize(uri));

    [Theory]
    [InlineData("urn:x-pdf:ABC")]
    [InlineData("doi:10.1000/X")]
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

    // Hand-derived from the same rules, where the published examples are silent.
    [Theory]
    [InlineData("  http://ex.com/a", "httpx://ex.com/a")]
    [InlineData("ht\ntp://ex.com/a\tb", "httpx://ex.com/ab")]
    [InlineData("HTTPS://EX.com:0443/", "httpx://ex.com")]
    [InlineData("http://ex.com:/a", "httpx://ex.com/a")]
    [InlineData("http://ex.com/%E6%97é%A5", "httpx://ex.com/%EF%BF%BD%C3%A9%EF%BF%BD")]
    [InlineData("http://ex.com/?b=1&é=2&a=3", "httpx://ex.com?a=3&b=1&%C3%A9=2")]
    [InlineData("http://ex.com/?\U0001F600=1&\uFFEE=2", "httpx://ex.com?%EF%BF%AE=2&%F0%9F%98%80=1")]
    public void Odd_addresses_follow_the_same_rules(string uri, string normal) => Assert.Equal(normal, UriNormalizer.Normalize(uri));

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character() =>
        Assert.Equal("httpx://ex.com/%EF%BF%BD", UriNormalizer.Normalize("http://ex.com/\ud800"));

    [Fact]
    public void A_normal_form_is_its_own_normal_form() =>
        Addresses.Sample(uri => Assert.Equal(UriNormalizer.Normalize(uri), UriNormalizer.Normalize(UriNormalizer.Normalize(uri))), iter: 20_000);

    [Fact]
    public void Scheme_fragment_and_tracking_make_no_difference() =>
        Gen.String[Gen.Char["abc/%20é日"], 0, 20].Sample(path => Assert.Equal(
            UriNormalizer.Normalize($"http://ex.com/{path}?a=1"),
            UriNormalizer.Normalize($"HTTPS://EX.COM:443/{path}/?utm_term=q&a=1#{path}")));

    [Fact]
    public void No_text_is_too_odd() => Gen.String.Sample(text =>
    {
        Assert.Equal(text, UriNormalizer.Normalize(text));
        Assert.Equal(UriNormalizer.TryParseTarget(text, out _, out var reason), reason.Length == 0);
        UriNormalizer.Equivalents(text);
    });

    private static Gen<string> Addresses =>
        Gen.Select(
            Gen.OneOf(Gen.Const("http://"), Gen.Const("https://"), Gen.Const("https://via.hypothes.is/http://"), Gen.Const("urn:")),
            Gen.String[Gen.Char["ab:/@[]%?#&=+é日\ud83d;. 0189~"], 0, 40],
            (scheme, rest) => scheme + rest);
}
