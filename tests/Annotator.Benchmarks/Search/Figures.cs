namespace Annotator.Benchmarks.Search;

/// <summary>What each query took, in milliseconds: the median of its measured runs.</summary>
internal sealed record Figures(IReadOnlyDictionary<SearchCase, double> Milliseconds)
{
    private const int WarmUp = 2;
    private const int Runs = 5;

    /// <summary>The classes in the order of the queries.</summary>
    public IEnumerable<string> Classes => Milliseconds.Keys.Select(c => c.Class).Distinct(StringComparer.Ordinal);

    /// <summary>Over the queries of a class, or over all.</summary>
    public Spread Of(string? name = null) => Spread.Of(Milliseconds.Where(m => m.Key.IsOf(name)).Select(m => m.Value));

    /// <param name="run">Gives what one run took.</param>
    public static async Task<double> WarmMedianAsync(Func<Task<double>> run)
    {
        for (var i = 0; i < WarmUp; i++)
            await run();
        var measured = new List<double>();
        for (var i = 0; i < Runs; i++)
            measured.Add(await run());
        return Spread.Of(measured).Median;
    }
}
