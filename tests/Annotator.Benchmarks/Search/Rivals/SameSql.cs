namespace Annotator.Benchmarks.Search.Rivals;

/// <summary>The program's own commands sent through Npgsql alone: what EF Core and the making of objects cost beside it.</summary>
internal sealed class SameSql(HandRun hand, IReadOnlyDictionary<SearchCase, IReadOnlyList<SentQuery>> sent) : IRival
{
    public string Name => "Npgsql";

    public double Allowed => 1.5;

    public async Task<Run?> AskAsync(SearchCase query, CancellationToken ct) => new(await hand.TimeAsync(sent[query], ct));

    public ValueTask DisposeAsync() => hand.DisposeAsync();
}
