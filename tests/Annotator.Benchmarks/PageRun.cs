namespace Annotator.Benchmarks;

/// <summary>What a page took, and its queries alone.</summary>
/// <param name="Allocated">Bytes for one request, the few of the benchmark's own client included.</param>
/// <param name="Length">UTF-16 code units of the page.</param>
internal sealed record PageFigures(Spread Served, Spread ByHand, IReadOnlyList<SentQuery> Queries, long Allocated, int Length);

/// <summary>Asks for one page again and again, in turn with its queries, so that what disturbs the one disturbs the other.</summary>
internal sealed class PageRun(Browser browser, ServerTimes times, SentSql sql, HandRun hand)
{
    private const int WarmUp = 40;

    private int _turn;

    public async Task<PageFigures> MeasureAsync(ProgramPage page, int requests, CancellationToken ct)
    {
        var length = 0;
        for (var i = 0; i < WarmUp; i++)
            length = (await browser.GetAsync(Another(page), page.Cookie, ct)).Length;
        // What the program remembers for a while it does not ask for again.
        var queries = await sql.OfAsync(() => browser.SkimAsync(Another(page), page.Cookie, ct));
        var (served, byHand) = (new List<double>(), new List<double>());
        for (var i = 0; i < requests; i++)
        {
            await browser.SkimAsync(Another(page), page.Cookie, ct);
            served.Add(times.Last.TotalMilliseconds);
            byHand.Add(await hand.TimeAsync(queries, ct));
        }

        return new PageFigures(Spread.Of(served), Spread.Of(byHand), queries, await AllocatedAsync(page, ct), length);
    }

    // Each time another address of the same page: what is kept for visitors would not be rendered.
    private string Another(ProgramPage page) =>
        $"{page.Path}{(page.Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}turn={_turn++}";

    private async Task<long> AllocatedAsync(ProgramPage page, CancellationToken ct)
    {
        const int Times = 10;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Times; i++)
            await browser.SkimAsync(Another(page), page.Cookie, ct);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / Times;
    }
}
