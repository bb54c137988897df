using Annotator.BrowserTests.Support;
using Microsoft.Playwright;

namespace Annotator.BrowserTests;

/// <summary>What a selection says, asked of the module itself.</summary>
public sealed class ReaderQuoteTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    // The text of each case stands in an article; [ and ] are where the selection begins and ends.
    private const string Quoted = """
        async html => {
          const { quoteOf } = await import('/reader/quote.js');
          const body = document.body;
          body.innerHTML = `<p>Before.</p><article id="text"></article><p>After.</p>`;
          const text = document.getElementById('text');
          text.innerHTML = html;
          const range = document.createRange();
          const find = sign => {
            const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
              const at = walker.currentNode.data.indexOf(sign);
              if (at < 0) continue;
              walker.currentNode.deleteData(at, 1);
              return [walker.currentNode, at];
            }
            return null;
          };
          range.selectNodeContents(body);
          const start = find('[');
          if (start) range.setStart(...start);
          const end = find(']');
          if (end) range.setEnd(...end);
          const quote = quoteOf(text, range);
          return quote && [quote.start, quote.end, quote.exact, quote.prefix, quote.suffix];
        }
        """;

    [Theory]
    [InlineData("<p>one [two] three</p>", 4, 7, "two", "one ", " three")]
    [InlineData("<p>[ one two ] three</p>", 1, 8, "one two", " ", "  three")]
    [InlineData("<p>first [line</p>\n<p>next] line</p>", 6, 15, "line\nnext", "first ", " line")]
    [InlineData("<p><ruby>吾[輩<rt>わがはい</rt></ruby>は<ruby>猫<rt>ねこ</rt></ruby>で]ある</p>", 1, 5, "輩は猫で", "吾", "ある")]
    [InlineData("<p><ruby>吾輩<rt>わ[がはい</rt></ruby>は<ruby>猫<rt>ね]こ</rt></ruby>である</p>", 2, 4, "は猫", "吾輩", "である")]
    [InlineData("<p>𠮷野家 [👩‍👩‍👧] 😀</p>", 4, 9, "👩‍👩‍👧", "𠮷野家 ", " 😀")]
    [InlineData("<p>caf[e]\u0301 noir</p>", 3, 5, "e\u0301", "caf", " noir")]
    [InlineData("<p>e[\u0301t]\u0301e</p>", 0, 4, "e\u0301t\u0301", "", "e")]
    [InlineData("<p>so <em>very [good</em> and <a href='#'>bad]</a></p>", 8, 20, "good and bad", "so very ", "")]
    [InlineData("<p>to the [end</p>", 7, 10, "end", "to the ", "")]
    [InlineData("<p>from be]low</p>", 0, 7, "from be", "", "low")]
    public async Task A_selection_is_quoted_with_its_place_and_surroundings(
        string html, int start, int end, string exact, string prefix, string suffix)
    {
        var quote = await QuoteAsync(html);
        Assert.Equal([$"{start}", $"{end}", exact, prefix, suffix], quote!.Value.EnumerateArray().Select(v => v.ToString()));
    }

    [Theory]
    [InlineData("<p>one[ ]two</p>")]
    [InlineData("<p>one[]two</p>")]
    [InlineData("<p>one</p>[\n]<p>two</p>")]
    [InlineData("<p><ruby>猫<rt>[ねこ]</rt></ruby>である</p>")]
    public async Task What_holds_no_words_is_no_quote(string html) => Assert.Null(await QuoteAsync(html));

    [Fact]
    public async Task Surroundings_are_of_32_code_points()
    {
        var quote =
            (await QuoteAsync(
                $"<p>{string.Concat(Enumerable.Repeat("𠮷", 40))}[x]{string.Concat(Enumerable.Repeat("😀", 40))}</p>"))!.Value;
        Assert.Equal("40", quote[0].ToString());
        Assert.Equal(string.Concat(Enumerable.Repeat("𠮷", 32)), quote[3].GetString());
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 32)), quote[4].GetString());
    }

    [Fact]
    public async Task A_place_in_code_points_is_the_same_words_again()
    {
        var page = await ModuleAsync();
        var words = await page.EvaluateAsync<string[]>("""
            async () => {
              const { quoteOf, rangeOf, textOf } = await import('/reader/quote.js');
              document.body.innerHTML = '<article id="text"><p>𠮷<ruby>野<rt>の</rt></ruby>家 <b>one</b> two</p>\n<p>😀 three</p></article>';
              const text = document.getElementById('text');
              const all = [...textOf(text)];
              return [[0, 3], [2, 7], [4, 11], [12, 15]].map(([start, end]) => {
                const quote = quoteOf(text, rangeOf(text, start, end));
                return `${quote.start}-${quote.end} ${quote.exact === all.slice(start, end).join('')}`;
              });
            }
            """);
        Assert.Equal(["0-3 true", "2-7 true", "4-11 true", "12-15 true"], words);
    }

    [Theory]
    [InlineData("en", "I went, to the pond.", "I|went|to|the|pond")]
    [InlineData("ja", "吾輩は猫である。", "吾輩|は|猫|で|ある")]
    [InlineData("th", "ฉันรักภาษาไทย", "ฉัน|รัก|ภาษา|ไทย")]
    public async Task Words_are_found_in_scripts_without_spaces(string language, string text, string expected)
    {
        var page = await ModuleAsync();
        var words = await page.EvaluateAsync<string[]>(
            "async ([text, language]) => (await import('/reader/quote.js')).segmentsOf(text, 'word', language).map(part => text.slice(part.start, part.end))", new[] { text, language });
        Assert.Equal(expected, string.Join('|', words));
    }

    private async Task<System.Text.Json.JsonElement?> QuoteAsync(string html)
    {
        var page = await ModuleAsync();
        return await page.EvaluateAsync(Quoted, html);
    }

    private async Task<IPage> ModuleAsync()
    {
        var page = await VisitAsync();
        await page.GotoAsync("/sign-in");
        return page;
    }
}
