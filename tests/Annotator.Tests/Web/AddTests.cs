using System.Net;

namespace Annotator.Tests.Web;

/// <summary>What other programs bring.</summary>
public sealed class AddTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    [Theory]
    [InlineData("url=https%3A%2F%2Fa.example%2F&title=A&text=Some%20words", "url=https%3A%2F%2Fa.example%2F&title=A&text=Some%20words")]
    // As Android shares a page, and selected words.
    [InlineData("title=A%20page&text=https%3A%2F%2Fa.example%2Fp%3Fq%3D1", "url=https%3A%2F%2Fa.example%2Fp%3Fq%3D1&title=A%20page")]
    [InlineData("text=%22Some%20words%22%0A%20https%3A%2F%2Fa.example%2F", "url=https%3A%2F%2Fa.example%2F&text=Some%20words")]
    [InlineData("title=A%20page&text=A%20page%20https%3A%2F%2Fa.example%2F", "url=https%3A%2F%2Fa.example%2F&title=A%20page")]
    [InlineData("text=%E4%B8%8A%E5%96%84%E8%8B%A5%E6%B0%B4", "text=%E4%B8%8A%E5%96%84%E8%8B%A5%E6%B0%B4")]
    // Words that name an address are words.
    [InlineData("url=https%3A%2F%2Fa.example&text=See%20http%3A%2F%2Fb.ex", "url=https%3A%2F%2Fa.example&text=See%20http%3A%2F%2Fb.ex")]
    [InlineData("text=javascript%3Aalert(1)", "text=javascript%3Aalert(1)")]
    [InlineData("", "")]
    [InlineData("url=%20&text=", "")]
    public async Task They_lead_to_the_form_filled_in(string brought, string filled)
    {
        using var browser = program.Browser();
        using var answer = await browser.GetAsync(new Uri($"/add?{brought}", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var parts = answer.Headers.Location!.ToString().Split('?');
        Assert.Equal("/sources/new", parts[0]);
        Assert.Equal(filled, parts.ElementAtOrDefault(1) ?? "");
    }
}
