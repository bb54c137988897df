using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests.Support;

/// <summary>
/// What a reader of a text does, without scrolling: Playwright brings what it clicks into view, and here the page must not move.
/// </summary>
internal sealed class ReaderHands(IPage page)
{
    private const string Script = """
        globalThis.arrivals = 0;
        addEventListener('load', () => globalThis.Blazor?.addEventListener('enhancednavigationend', () => globalThis.arrivals++));
        globalThis.reader = {
          top: paragraph => document.querySelectorAll('#text p')[paragraph].getBoundingClientRect().top,
          left: paragraph => document.querySelectorAll('#text p')[paragraph].getBoundingClientRect().left,
          // Cards and forms of the margin by what is seen of them, which their place and its column cut off.
          crossings: () => {
            const seen = element => {
              let { left, top, right, bottom } = element.getBoundingClientRect();
              for (let around = element.parentElement; around; around = around.parentElement) {
                if (getComputedStyle(around).overflowY === 'visible') continue;
                const box = around.getBoundingClientRect();
                [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
                [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
              }
              return { element, left, top, right, bottom };
            };
            const boxes = [...document.querySelectorAll('.margin .place')].filter(place => place.checkVisibility()).map(seen)
              .filter(box => box.right - box.left > 1 && box.bottom - box.top > 1);
            const name = box => `${box.element.id} ${Math.round(box.top)}–${Math.round(box.bottom)} ${box.element.className}`;
            const found = [];
            for (const [i, a] of boxes.entries())
              for (const b of boxes.slice(i + 1)) {
                const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                if (across > .5 && down > .5) found.push(`${name(a)} and ${name(b)}`);
              }
            const low = element => element.getBoundingClientRect().bottom;
            for (const place of document.querySelectorAll('.margin .place:not(.is-stub, .is-away)'))
              for (const card of place.querySelectorAll('.card, .composer'))
                if (card.checkVisibility() && low(card) > low(place) + .5) found.push(`${card.id} hangs out of ${place.id}`);
            return found;
          },
          press: element => { element.focus({ preventScroll: true }); element.click(); },
        };
        """;

    /// <summary>Before the page is opened.</summary>
    public static Task PrepareAsync(IPage page) => page.AddInitScriptAsync(Script);

    /// <summary>Which places lie on top of each other.</summary>
    public async Task<string> CrossingsAsync()
    {
        await page.DrawnAsync();
        return string.Join('\n', await page.EvaluateAsync<string[]>("() => reader.crossings()"));
    }

    /// <summary>Where a paragraph stands in the window, in pixels: from the top, and for vertical lines from the left.</summary>
    public async Task<(double Top, double Left)> PositionAsync(int paragraph)
    {
        await page.DrawnAsync();
        var at = await page.EvaluateAsync<double[]>("paragraph => [reader.top(paragraph), reader.left(paragraph)]", paragraph);
        return (at[0], at[1]);
    }

    /// <summary>Scrolls so that a paragraph begins at this share of the height of the window.</summary>
    public async Task ReadAsync(int paragraph, double share)
    {
        await page.EvaluateAsync(
            "([paragraph, share]) => scrollBy({ top: reader.top(paragraph) - innerHeight * share, behavior: 'instant' })",
            new[] { paragraph, share });
        await page.DrawnAsync();
    }

    public async Task SelectAsync(int paragraph, int start, int end) => await page.EvaluateAsync(
        """
        async ([paragraph, start, end]) => {
          const { rangeBetween, unitAt } = await import('/reader/quote.js');
          const text = document.getElementById('text');
          document.activeElement?.blur();
          const first = unitAt(text, text.querySelectorAll('p')[paragraph], 0);
          const range = rangeBetween(text, first + start, first + end);
          getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
        }
        """,
        new[] { paragraph, start, end });

    /// <summary>Presses a button of the bar of the selection, and waits for the page that comes.</summary>
    public async Task ActAsync(string name)
    {
        await Expect(page.Locator($".selected [data-act='{name}']")).ToBeVisibleAsync();
        await FollowAsync($".selected [data-act='{name}']");
    }

    /// <summary>Follows a link or sends a form, and waits for the page that comes.</summary>
    public async Task FollowAsync(string selector)
    {
        await page.EvaluateAsync(
            """
            selector => {
              globalThis.arrivals = 0;
              reader.press([...document.querySelectorAll(selector)].find(one => one.checkVisibility()));
            }
            """,
            selector);
        await page.WaitForFunctionAsync("() => globalThis.arrivals > 0");
    }

    /// <summary>Sends what stands in the composer, and waits until it is stored.</summary>
    public async Task PostAsync(string body)
    {
        var composer = new Composer(page);
        await composer.Body.EvaluateAsync(
            "(field, body) => { field.value = body; field.dispatchEvent(new Event('input', { bubbles: true })); }", body);
        await SendAsync();
        await Expect(page.Card(body.Split('\n')[0]).First).ToBeAttachedAsync();
    }

    public async Task SendAsync()
    {
        await FollowAsync("#composer button[type=submit]");
        await Expect(new Composer(page).Form).ToHaveCountAsync(0);
    }
}
