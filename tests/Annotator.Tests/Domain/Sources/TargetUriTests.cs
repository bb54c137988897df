using Annotator.Domain.Sources;
using Xunit;

namespace Annotator.Tests.Domain.Sources;

public sealed class TargetUriTests
{
    [Theory]
    [InlineData(" https://Example.com/A?b#c ", "https://Example.com/A?b#c")]
    [InlineData("http://日本.jp/日本", "http://日本.jp/日本")]
    [InlineData("https://doi.org/10.1000/182", "https://doi.org/10.1000/182")]
    [InlineData("doi:10.1000/182", "doi:10.1000/182")]
    [InlineData("DOI: 10.1000/182", "doi:10.1000/182")]
    [InlineData("10.1234/abc", "doi:10.1234/abc")]
    [InlineData("10.1002/(SICI)1096:1<1::AID-X>3.0.CO;2-#", "doi:10.1002/(SICI)1096:1<1::AID-X>3.0.CO;2-#")]
    [InlineData("urn:isbn:9780306406157", "urn:isbn:9780306406157")]
    [InlineData("ISBN 978-0-306-40615-7", "urn:isbn:9780306406157")]
    [InlineData("0-306-40615-2", "urn:isbn:9780306406157")]
    [InlineData("080442957X", "urn:isbn:9780804429573")]
    [InlineData("urn:x-pdf:13A8B1", "urn:x-pdf:13A8B1")]
    public void A_source_is_named_by_address_doi_isbn_or_urn(string input, string uri)
    {
        Assert.True(UriNormalizer.TryParseTarget(input, out var parsed, out var reason));
        Assert.Equal(uri, parsed);
        Assert.Empty(reason);
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("  ", "empty")]
    [InlineData("javascript:alert(1)", "unsafe_scheme")]
    [InlineData("JavaScript:alert(1)", "unsafe_scheme")]
    [InlineData("java\nscript:alert(1)", "malformed")]
    [InlineData("data:text/html,x", "unsafe_scheme")]
    [InlineData("file:///etc/passwd", "local_file")]
    [InlineData("ftp://ex.com/", "unknown_scheme")]
    [InlineData("chrome-extension://abc/x", "unknown_scheme")]
    [InlineData("http://", "malformed")]
    [InlineData("http://ex.com:80a/", "malformed")]
    [InlineData("http://ex.com/a b", "malformed")]
    [InlineData("some words", "malformed")]
    [InlineData("10.12/abc", "malformed")]
    [InlineData("urn:x", "malformed")]
    [InlineData("978-0-306-40615-8", "isbn_checksum")]
    [InlineData("0306406153", "isbn_checksum")]
    public void What_names_no_source_is_refused_with_a_reason(string? input, string reason)
    {
        Assert.False(UriNormalizer.TryParseTarget(input, out var uri, out var given));
        Assert.Equal(reason, given);
        Assert.Empty(uri);
    }

    [Fact]
    public void Addresses_end_at_2048_characters()
    {
        var longest = "https://ex.com/".PadRight(UriNormalizer.MaxLength, 'a');
        Assert.True(UriNormalizer.TryParseTarget(longest, out _, out _));
        Assert.False(UriNormalizer.TryParseTarget(longest + "a", out _, out var reason));
        Assert.Equal("too_long", reason);
    }
}
