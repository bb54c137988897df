using System.Globalization;
using Annotator.BrowserTests.Support;
using Annotator.Domain.Kernel;
using Annotator.Domain.Annotations;
using Annotator.Domain.Sources;
using Annotator.Domain.Sources.Texts;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>
/// A walk at random through all that one does in the margin. After each step no two cards lie on top of each other, and the line
/// that one reads is where it was. The environment variable ANNOTATOR_WALK_STEPS makes it longer, ANNOTATOR_WALK_SEED repeats one.
/// </summary>
public sealed class ReaderWalkTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    private const int Paragraphs = 24;
    private const int Paragraph = 9;

    private static readonly int Steps = Given("ANNOTATOR_WALK_STEPS") ?? 20;

    [Theory]
    [InlineData(1400, 900, "en", false, 1)]
    [InlineData(390, 844, "en", false, 2)]
    [InlineData(1200, 800, "ar", false, 3)]
    [InlineData(1200, 800, "en", true, 4)]
    public async Task No_cards_lie_on_top_of_each_other(int width, int height, string language, bool isVertical, int seed)
    {
        seed = Given("ANNOTATOR_WALK_SEED") ?? seed;
        var walk = await WalkAsync(width, height, language, isVertical, new Random(seed));
        var steps = new List<string>();
        try
        {
            // The desk has most to go wrong, and most steps.
            for (var i = 0; i < (width > 1200 ? 2 * Steps : Steps); i++)
            {
                steps.Add(await walk.StepAsync());
                if (await walk.FaultsAsync() is { Length: > 0 } faults)
                    Assert.Fail(faults);
            }

            Say(seed, steps.Count, walk.Most);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What repeats it.
            throw new InvalidOperationException($"Seed {seed}, step {steps.Count} of: {string.Join(", ", steps)}\n{e.Message}", e);
        }
    }

    // With -diagnostics the figures are printed.
    private static void Say(int seed, int steps, double most) => TestContext.Current.SendDiagnosticMessage(
        string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: the read line moved by {most:F1} px at most in {steps} steps."));

    private async Task<Walk> WalkAsync(int width, int height, string language, bool isVertical, Random random)
    {
        var markup = isVertical ? Japanese : English;
        var details = new TextDetails
        {
            Uri = $"https://texts.example/{Guid.CreateVersion7():N}", Title = "A walk", Language = isVertical ? "ja" : "en",
        };
        var ada = await Site.MemberAsync("Ada");
        // Of the two versions the second lacks what some comments are about: they are listed on top of the margin.
        var first = await StoreAsync(markup + Lacking);
        await Site.RemarkAsync("Mei", first, "A tail that goes", "Of words that go.", "en");
        await Site.RemarkAsync("Mei", first, "Another one that", "Of more words that go.", "en");
        var text = await StoreAsync(markup);
        for (var i = 6; i < 14; i++)
            await Site.RemarkAsync("Mei", text, isVertical ? $"第{i}段の一" : $"sentence {i}.0 ", $"Of paragraph {i}.", "en");
        var page = await VisitAsync(
            "Ada",
            new()
            {
                Locale = language, ViewportSize = new() { Width = width, Height = height }, IsMobile = width < 500, HasTouch = width < 500,
            });
        var look = $"3.2.2..1.{PublicId.Of(text.Source)}.1";
        if (isVertical)
            await page.Context.AddCookiesAsync([new() { Name = "annotator-reading", Value = look, Url = Site.Address }]);
        await ReaderHands.PrepareAsync(page);
        await page.GotoAsync(text.Path);
        await Expect(page.Locator(".reader[data-live]")).ToBeVisibleAsync();
        var hands = new ReaderHands(page);
        await hands.ReadAsync(Paragraph, 0.2);
        var walk = new Walk(Site, page, hands, text, random, isVertical);
        await walk.BeginAsync();
        return walk;

        async Task<ReaderTexts.Text> StoreAsync(string html)
        {
            var words = html.Replace("<p>", "", StringComparison.Ordinal).Replace("</p>", "", StringComparison.Ordinal);
            var version = await Site.Snapshots.StoreAsync(ada, new ExtractedText(html, words), details, Ct);
            return new(version.SourceId, version.Id, words);
        }
    }

    private static string English => string.Concat(Enumerable.Range(0, Paragraphs).Select(i => $"<p>{Sentences(i)}</p>\n"));

    private static string Sentences(int paragraph) => string.Concat(
        Enumerable.Range(0, 3).Select(k => $"Here stands the sentence {paragraph}.{k} of a text that many people have read. "));

    private static string Japanese => string.Concat(Enumerable.Range(0, Paragraphs).Select(i =>
        $"<p>第{i}段の一、吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。第{i}段の二、何でも薄暗いじめじめした所だ。</p>\n"));

    private const string Lacking = "<p>A tail that goes with the second version.</p>\n<p>Another one that nobody will miss there.</p>\n";

    private static int? Given(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The steps of somebody who reads, and of others meanwhile.</summary>
    private sealed class Walk(Site site, IPage page, ReaderHands hands, ReaderTexts.Text text, Random random, bool isVertical)
    {
        private readonly List<AnnotationView> _others = [];
        private (double Top, double Left) _line;
        private bool _mayMove;
        private int _number;

        /// <summary>By how many pixels the read line was away from where it must stay.</summary>
        public double Most { get; private set; }

        private bool IsWriting { get; set; }

        private bool IsPhone => page.ViewportSize!.Width < 500;

        public async Task BeginAsync() => _line = await hands.PositionAsync(Paragraph);

        public async Task<string> StepAsync()
        {
            IsWriting = await page.Locator("#composer").CountAsync() > 0;
            (string Name, Func<Task> Act)[] steps = IsWriting
                ?
                [
                    ("post", PostAsync), ("post", PostAsync), ("cancel", CancelAsync), ("type", TypeAsync), ("arrival", ArriveAsync),
                    ("expand", ExpandAsync),
                ]
                :
                [
                    ("compose", ComposeAsync), ("compose", ComposeAsync), ("reply", () => WriteAsync("reply")),
                    ("edit", () => WriteAsync("edit")), ("expand", ExpandAsync), ("expand", ExpandAsync), ("highlight", HighlightAsync),
                    ("delete", DeleteAsync), ("undo", UndoAsync), ("arrival", ArriveAsync), ("answer", AnswerAsync), ("tray", TrayAsync),
                    ("release", () => page.Keyboard.PressAsync("Escape")),
                ];
            var (name, act) = steps[random.Next(steps.Length)];
            // Beside vertical lines the commentary is a list below the text, to which the page has to go.
            _mayMove = isVertical;
            await act();
            return name;
        }

        public async Task<string> FaultsAsync()
        {
            var crossings = await hands.CrossingsAsync();
            var line = await hands.PositionAsync(Paragraph);
            var moved = Math.Max(Math.Abs(line.Top - _line.Top), Math.Abs(line.Left - _line.Left));
            if (_mayMove)
            {
                _line = line;
                return crossings;
            }

            Most = Math.Max(Most, moved);
            if (moved < 0.6)
                return crossings;

            return $"{crossings}\nThe line moved from {_line.Top:F1}, {_line.Left:F1} to {line.Top:F1}, {line.Left:F1}.";
        }

        private async Task ComposeAsync()
        {
            await SelectAsync();
            await hands.ActAsync("comment");
            await Expect(page.Locator("#composer")).ToBeAttachedAsync();
        }

        private async Task HighlightAsync()
        {
            await SelectAsync();
            await hands.ActAsync("highlight");
        }

        private async Task SelectAsync()
        {
            var start = random.Next(0, 50);
            // On a phone only in what the sheet leaves of the window.
            var paragraph = IsPhone ? Paragraph : Paragraph + random.Next(0, 2);
            await hands.SelectAsync(paragraph, start, start + 2 + random.Next(0, 8));
        }

        private async Task PostAsync()
        {
            var more = string.Concat(Enumerable.Repeat("\n\nOne more paragraph of it.", random.Next(0, 5)));
            await hands.PostAsync($"Thought number {++_number}.{more}");
        }

        private Task CancelAsync() => hands.FollowAsync("#composer .row.end a");

        private async Task TypeAsync() => await page.Locator("#body").EvaluateAsync(
            """
            (field, size) => {
              field.style.blockSize = `${size}px`;
              field.value += ' and more';
              field.dispatchEvent(new Event('input', { bubbles: true }));
            }
            """,
            80 + random.Next(0, 300));

        private async Task WriteAsync(string task)
        {
            await ExpandAsync();
            if (await page.Locator($".is-focused a[href*='{task}=']").CountAsync() > 0)
                await hands.FollowAsync($".is-focused a[href*='{task}=']");
        }

        private async Task ExpandAsync()
        {
            // The sheet of a phone shows one place: that where one writes.
            if (IsWriting && IsPhone)
                return;
            // A place whose words are in view, by its words or by its card.
            await page.EvaluateAsync("""
                ([which, byCard]) => {
                  const marks = [...document.querySelectorAll('#text .mark')].filter(mark => {
                    const box = mark.getClientRects()[0];
                    return box.top > 80 && box.bottom < innerHeight * .5 && box.left > 0 && box.right < innerWidth;
                  });
                  const mark = marks[which % marks.length];
                  const id = mark?.dataset.passages.split(' ')[0];
                  const card = byCard ? document.querySelector(`#p-${id}:not(.is-focused)`) : null;
                  const box = card?.getBoundingClientRect();
                  (card?.checkVisibility() && box.bottom < innerHeight && box.top > 0 ? card : mark)?.click();
                  document.querySelector('.candidates button')?.click();
                }
                """, new object[] { random.Next(100), random.Next(2) == 0 });
            _mayMove |= await page.EvaluateAsync<bool>("() => !document.querySelector('#places[data-laid]')");
        }

        private async Task DeleteAsync()
        {
            await ExpandAsync();
            if (await page.Locator(".is-focused button[formaction$='/delete']").CountAsync() > 0)
                await hands.FollowAsync(".is-focused button[formaction$='/delete']");
        }

        private async Task UndoAsync()
        {
            if (await page.Locator(".toast button").CountAsync() > 0)
                await hands.FollowAsync(".toast button");
        }

        private async Task ArriveAsync()
        {
            var number = ++_number;
            var at = text.Words.IndexOf('\n', random.Next(text.Words.Length / 2)) + 1 + random.Next(0, 8);
            var quote = text.Words.Substring(at, 4 + random.Next(0, 6));
            _others.Add(await site.RemarkAsync("Mei", text, at, quote, $"Remark {number} of somebody else.", "en"));
            await ComesAsync($"Remark {number} of somebody else.");
        }

        private async Task AnswerAsync()
        {
            if (_others.Count == 0)
                return;
            var number = ++_number;
            await site.AnswerAsync("Mei", _others[random.Next(_others.Count)], $"Answer {number} of somebody else.", "en");
            await ComesAsync($"Answer {number} of somebody else.");
        }

        // What is in use changes later; the page has asked for it then.
        private Task ComesAsync(string words) => IsWriting ? page.DrawnAsync() : Expect(page.Card(words).First).ToBeAttachedAsync();

        private async Task TrayAsync()
        {
            if (await page.Locator(".tray:visible").CountAsync() > 0)
                await page.EvaluateAsync("() => { const tray = document.querySelector('.tray'); tray.open = !tray.open; }");
        }
    }
}
