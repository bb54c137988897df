namespace Annotator.Benchmarks.Search.Rivals;

/// <summary>One run of a query in an engine.</summary>
/// <param name="Hits">In all; null where the engine does not say.</param>
internal sealed record Run(double Milliseconds, int? Hits = null);

/// <summary>Something that finds the newest 20 of the same records, for comparison.</summary>
internal interface IRival : IAsyncDisposable
{
    public string Name { get; }

    /// <summary>How many times longer the program may take, by the 95th percentile.</summary>
    public double Allowed { get; }

    /// <returns>Null for a query that the engine cannot express.</returns>
    public Task<Run?> AskAsync(SearchCase query, CancellationToken ct);
}
